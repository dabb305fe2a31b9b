/**
 * Shows a request that was not sent.
 *
 * @module
 */

import { isDeeperThan, type Json, type JsonObject } from "../../core/json.ts";
import { isSecretArgument } from "../../core/redaction.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";
import { hiddenText, masked, MAX_DEPTH } from "./masked.ts";
import { fileOf, partsOf, type SentFile, valueOf } from "./sent_parts.ts";

/**
 * Whether secrets are shown.
 *
 * `exact` is for a rehearsal: whoever calls gave the values, and wants to see them as they would go out. `masked` is for a
 * plan, which goes before the eyes of others.
 */
export type ViewMode = "exact" | "masked";

/** A longer body would crowd out what it comes with. */
const MAX_BODY = 40_000;

/** Enough of a long body to know it again. */
const BEGINNING = 4_000;

/** So many digits tell two files apart for a person. */
const SHOWN_DIGITS = 12;

/**
 * Shortens the digest of a file for a person.
 *
 * @param file The file.
 * @returns The first digits.
 */
export function shortDigest({ sha256 }: SentFile): string {
  return sha256.slice(0, SHOWN_DIGITS);
}

function shownFile(file: SentFile): JsonObject {
  return { ...file, sha256: shortDigest(file) };
}

function shownText(name: string, value: string, mode: ViewMode): string {
  return mode === "masked" && isSecretArgument(name) ? hiddenText(value) : value;
}

async function formOf(body: FormData, mode: ViewMode): Promise<Json> {
  const fields = await partsOf(body);
  return {
    form: fields.map((part): JsonObject => {
      if ("file" in part) return { field: part.name, ...shownFile(part.file) };
      return { field: part.name, value: shownText(part.name, String(part.value), mode) };
    }),
  };
}

async function bodyOf(body: NonNullable<PreparedRequest["body"]>, mode: ViewMode): Promise<Json> {
  if (typeof body === "string") {
    const value = valueOf(body);
    if (mode === "masked") return masked(value);
    // What is nested without end cannot be part of a result; as the text that it is, it can.
    return isDeeperThan(value, MAX_DEPTH) ? body : value;
  }
  if (body instanceof URLSearchParams) {
    return new URLSearchParams([...body].map(([name, value]) => [name, shownText(name, value, mode)])).toString();
  }
  return body instanceof Blob ? { file: shownFile(await fileOf(body)) } : await formOf(body, mode);
}

function shortened(body: Json): Json {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  if (text.length <= MAX_BODY) return body;
  return { shortened: true, characters: text.length, begins: text.slice(0, BEGINNING) };
}

/** In an address blanks would be encoded. */
const HIDDEN_SEGMENT = "(hidden)";

/** A base URL may stand before the path, so both are read from their ends. */
function shownPath(pathname: string, template: string): string {
  const names = template.split("/").map((segment) => /^\{(.+)\}$/.exec(segment)?.[1]).toReversed();
  const segments = pathname.split("/").toReversed().map((segment, index) => {
    const name = names[index];
    return name === undefined || !isSecretArgument(name) ? segment : HIDDEN_SEGMENT;
  });
  return segments.toReversed().join("/");
}

/**
 * Shows an address.
 *
 * @param url The address.
 * @param template The endpoint's path, which names what stands in the address.
 * @param mode Whether secrets in it are shown.
 * @returns A copy.
 */
export function addressOf(url: URL, template: string, mode: ViewMode): URL {
  const shown = new URL(url);
  if (mode === "exact") return shown;
  shown.pathname = shownPath(url.pathname, template);
  for (const [name, value] of url.searchParams) {
    if (shownText(name, value, mode) !== value) shown.searchParams.set(name, shownText(name, value, mode));
  }
  return shown;
}

/**
 * Shows the request as it would go out, without the credential.
 *
 * @param request The request.
 * @param template The path of its endpoint.
 * @param mode Whether secrets among the values are shown.
 * @returns `{method, url, headers?, body?}`; a JSON body as its value, files by name, type, length and the beginning of their
 *   SHA-256. Of a body of more than 40,000 characters `{shortened, characters, begins}`: how long it is, and its beginning.
 */
export async function viewOf(
  { method, url, headers, body }: PreparedRequest,
  template: string,
  mode: ViewMode,
): Promise<JsonObject> {
  const named = [...headers].map(([name, value]) => [name, shownText(name, value, mode)]);
  return {
    method,
    url: addressOf(url, template, mode).href,
    ...(named.length === 0 ? {} : { headers: Object.fromEntries(named) }),
    ...(body === undefined ? {} : { body: shortened(await bodyOf(body, mode)) }),
  };
}
