/**
 * The addresses of resources.
 *
 * @module
 */

/** What is there, in numbers. */
export const CATALOGUE_URI = "webex://catalogue";

/** The beginning of each feature's address. */
const FEATURE_URI = "webex://features/";

/** The beginning of each tool's address. */
const TOOL_URI = "webex://tools/";

/** The form of features' addresses (RFC 6570). */
export const FEATURE_TEMPLATE: string = `${FEATURE_URI}{feature}`;

/** The form of tools' addresses (RFC 6570). */
export const TOOL_TEMPLATE: string = `${TOOL_URI}{tool}`;

/** No name is longer; what comes as one can be of any length. */
const MAX_NAME = 120;

/** Escaping makes nine characters of one at the most: three bytes, each `%XX`. */
const MAX_GROWTH = 9;

/** As RFC 6570 expands a variable: whatever is reserved is escaped, parentheses too. */
function escaped(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * Makes the address of a feature.
 *
 * @param feature Its name, for example `User Call Settings (1/2)`.
 */
export function featureUri(feature: string): string {
  return FEATURE_URI + escaped(feature);
}

/**
 * Makes the address of a tool.
 *
 * @param tool Its name.
 */
export function toolUri(tool: string): string {
  return TOOL_URI + escaped(tool);
}

/** Names are also taken as they are: people type them, and not every client escapes. */
function nameAfter(start: string, uri: string): string | undefined {
  if (!uri.startsWith(start)) return undefined;
  const rest = uri.slice(start.length, start.length + MAX_NAME * MAX_GROWTH);
  try {
    return decodeURIComponent(rest).slice(0, MAX_NAME).toWellFormed();
  } catch {
    return rest.slice(0, MAX_NAME).toWellFormed();
  }
}

/** What an address stands for. */
export type Address =
  | { readonly kind: "catalogue" }
  | { readonly kind: "feature" | "tool"; readonly name: string }
  | { readonly kind: "other" };

/**
 * Reads an address.
 *
 * @param uri Any text.
 * @returns What it stands for; names are at most 120 characters long.
 */
export function readAddress(uri: string): Address {
  if (uri === CATALOGUE_URI) return { kind: "catalogue" };
  const feature = nameAfter(FEATURE_URI, uri);
  if (feature !== undefined) return { kind: "feature", name: feature };
  const tool = nameAfter(TOOL_URI, uri);
  return tool === undefined ? { kind: "other" } : { kind: "tool", name: tool };
}
