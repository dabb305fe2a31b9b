/**
 * Adds to a configuration file what a login found out, and leaves the rest of it as it is.
 *
 * @module
 */

import type { Document } from "yaml";

/** What is added to a profile; a member that is there already stays. */
export interface ProfileAddition {
  readonly credential: Readonly<Record<string, string>>;
  readonly partner?: boolean;
  readonly base_url?: string;
}

/** A key without a value reads as an empty mapping, and can hold nothing. */
function ensureMapping(document: Document, path: readonly string[]): void {
  if (document.getIn(path) === undefined || document.getIn(path) === null) {
    if (path.length === 0) document.contents = document.createNode({});
    else document.setIn(path, document.createNode({}));
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Adds to a profile.
 *
 * @param text The file's text, which was read without an error before; `undefined` when there is no file.
 * @param name The profile's name.
 * @param addition What to add.
 * @returns The new text: comments and order are kept; JSON stays JSON.
 */
export async function addToProfile(
  text: string | undefined,
  name: string,
  addition: ProfileAddition,
): Promise<string> {
  const { parseDocument } = await import("yaml");
  const document: Document = parseDocument(text ?? "");
  for (const path of [[], ["profiles"], ["profiles", name]]) ensureMapping(document, path);
  for (const [key, value] of Object.entries(addition)) {
    const path = ["profiles", name, key];
    if (!document.hasIn(path)) document.setIn(path, document.createNode(value));
  }
  if (text !== undefined && isJson(text)) return `${JSON.stringify(document.toJS(), null, 2)}\n`;
  return document.toString({ lineWidth: 0 });
}
