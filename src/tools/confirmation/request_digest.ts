/**
 * Makes a digest of a request, so that what was consented to is what is sent.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";
import { isDeeperThan, isJsonObject, type Json } from "../../core/json.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";
import { MAX_DEPTH } from "./masked.ts";
import { partsOf, valueOf } from "./sent_parts.ts";

/** Members in the order of their names, so that a model may write its arguments down in another order. */
function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([name, member]) => [name, canonical(member)]));
}

async function contentOf(body: PreparedRequest["body"]): Promise<Json> {
  if (typeof body === "string") {
    const value = valueOf(body);
    if (!isDeeperThan(value, MAX_DEPTH)) return ["text", canonical(value)];
    throw new RefusedError(`The body is nested deeper than ${MAX_DEPTH} levels: nobody could decide on it`, {
      code: "too_deep",
      guidance: "Nothing was sent. No operation takes such a body: pass values as the tool's schema describes them.",
    });
  }
  const parts = await partsOf(body);
  return ["parts", parts.map((part) => "file" in part ? [part.name, { ...part.file }] : [part.name, part.value])];
}

/**
 * Makes the digest of a request.
 *
 * @param request The request.
 * @returns The SHA-256 of its method, address, headers and body: of JSON whatever the order of its members, of a form each
 *   field, of a file its name, type and content.
 * @throws {RefusedError} If the body is nested too deeply.
 */
export async function digestOfRequest({ method, url, headers, body }: PreparedRequest): Promise<string> {
  const whole: Json = [method, url.href, [...headers], await contentOf(body)];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(whole)));
  return new Uint8Array(digest).toBase64({ alphabet: "base64url" });
}
