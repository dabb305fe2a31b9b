/**
 * Reads the JSON of a request within limits of length, depth and number.
 *
 * @module
 */

import { readRequestBody } from "@modelcontextprotocol/server";

/** As much as a message on standard input may have. */
export const MAX_BODY_BYTES: number = 16 * 1024 * 1024;

/** Webex's deepest body has about a dozen levels, and a message of the protocol five around it. */
export const MAX_DEPTH = 64;

/** A bulk change has some thousands; each costs time to check, in which nobody else is answered. */
export const MAX_VALUES = 50_000;

/** What came of a body. */
export type JsonBody =
  | { readonly value: unknown }
  | { readonly problem: "too_large" | "too_deep" | "too_many" | "no_json" | "broken_off" };

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** How much a text holds, as far as that shows without understanding it. */
export interface Extent {
  /** Levels of brackets within each other. */
  readonly depth: number;
  /** Values: each comma and each bracket begins one. */
  readonly values: number;
}

/**
 * Tells how much a text holds. What walks through a value that is too deep would run out of stack, and what checks one of
 * too many parts would take long, so both are found out in the text.
 *
 * @param text JSON, or anything else.
 * @param most Where the counting ends.
 * @returns What it holds; one of the figures is beyond its limit where the counting ended early.
 */
export function extentOf(text: string, most: Extent): Extent {
  let [level, depth, values] = [0, 0, 1];
  let isText = false;
  for (let index = 0; index < text.length && depth <= most.depth && values <= most.values; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) isText = !isText;
    else if (isText) index += code === BACKSLASH ? 1 : 0;
    else if (code === COMMA) values++;
    else if (CLOSING.has(code)) level--;
    else if (OPENING.has(code)) {
      values++;
      depth = Math.max(depth, ++level);
    }
  }
  return { depth, values };
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
  const { depth, values } = extentOf(body.text, { depth: MAX_DEPTH, values: MAX_VALUES });
  if (depth > MAX_DEPTH) return { problem: "too_deep" };
  if (values > MAX_VALUES) return { problem: "too_many" };
  try {
    return { value: JSON.parse(body.text) };
  } catch {
    return { problem: "no_json" };
  }
}
