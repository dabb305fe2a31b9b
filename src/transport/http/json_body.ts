/**
 * Reads the JSON of a request within limits of length and depth.
 *
 * @module
 */

import { readRequestBody } from "@modelcontextprotocol/server";

/** As much as a message on standard input may have. */
export const MAX_BODY_BYTES: number = 16 * 1024 * 1024;

/** Webex's deepest body has about a dozen levels, and a message of the protocol five around it. */
export const MAX_DEPTH = 64;

/** What came of a body. */
export type JsonBody =
  | { readonly value: unknown }
  | { readonly problem: "too_large" | "too_deep" | "no_json" | "broken_off" };

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Tells whether brackets stand within each other too deeply. What walks through such a value afterwards would run out of
 * stack, so this is found out in the text.
 *
 * @param text JSON, or anything else.
 * @param most How many levels are allowed.
 */
export function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) isText = !isText;
    else if (isText) index += code === BACKSLASH ? 1 : 0;
    else if (OPENING.has(code)) depth++;
    else if (CLOSING.has(code)) depth--;
    if (depth > most) return true;
  }
  return false;
}

/**
 * Reads a body.
 *
 * @param request The request.
 * @returns The value, or what is wrong with it.
 */
export async function readJsonBody(request: Request): Promise<JsonBody> {
  let body: Awaited<ReturnType<typeof readRequestBody>>;
  try {
    body = await readRequestBody(request, MAX_BODY_BYTES);
  } catch {
    return { problem: "broken_off" };
  }
  if (body.tooLarge) return { problem: "too_large" };
  if (isDeeperThan(body.text, MAX_DEPTH)) return { problem: "too_deep" };
  try {
    return { value: JSON.parse(body.text) };
  } catch {
    return { problem: "no_json" };
  }
}
