/**
 * Finds message and code in the bodies of failed calls.
 *
 * Webex has several forms: `{message, errors: [{description, errorCode}], trackingId}`, `{errorCode, message}`,
 * `{error: {key, message: [{code, description}]}}`, `{error: [{code, message}]}`, `{errors: [{description}]}`,
 * `{failureReason}`, a bare list, and gateways' HTML.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";

/** What a failed call's body says. */
export interface ErrorBody {
  readonly message?: string;
  readonly code?: string;
  readonly trackingId?: string;
}

const MAX_TEXT_LENGTH = 500;

function text(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function firstText(object: JsonObject, names: readonly string[]): string | undefined {
  return names.map((name) => text(object[name])).find((found) => found !== undefined);
}

function plainText(markup: string): string | undefined {
  // Both patterns end at whatever comes first, so that no markup makes them slow.
  const plain = markup.replace(/<(style|script)\b[\s\S]*?(?:<\/\1>|$)/gi, " ").replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ").trim();
  // A cut can part a surrogate pair.
  return plain === "" ? undefined : plain.slice(0, MAX_TEXT_LENGTH).replace(/[\ud800-\udbff]$/, "");
}

/** The first of the entries that hold the particulars, whichever form they come in. */
function particulars(body: JsonObject): JsonObject {
  const { errors, error } = body;
  const nested = isJsonObject(error) && typeof error.message === "object" && error.message !== null
    ? error.message
    : error;
  const entries = [errors, nested].flat();
  const [message] = [errors].flat().filter((entry) => typeof entry === "string");
  return entries.find((entry) => isJsonObject(entry)) ?? (message === undefined ? {} : { message });
}

/**
 * Reads the body of a failed call.
 *
 * @param body The parsed body.
 * @returns Webex's own message, business code and tracking id, as far as they are there.
 */
export function readErrorBody(body: Json): ErrorBody {
  if (typeof body === "string") {
    const message = plainText(body);
    return message === undefined ? {} : { message };
  }
  if (Array.isArray(body)) return readErrorBody({ errors: body });
  if (!isJsonObject(body)) return {};
  const entry = particulars(body);
  const general = firstText(body, ["message", "failureReason", "error_description"]) ?? text(body.error);
  const special = firstText(entry, ["description", "message", "reason"]);
  const message = special !== undefined && general !== undefined && special !== general && !general.includes(special)
    ? `${general} (${special})`
    : special ?? general;
  const code = firstText(entry, ["errorCode", "code"]) ?? firstText(body, ["errorCode", "code"]);
  const trackingId = firstText(body, ["trackingId", "trackingid"]);
  return {
    ...(message === undefined ? {} : { message }),
    ...(code === undefined ? {} : { code }),
    ...(trackingId === undefined ? {} : { trackingId }),
  };
}
