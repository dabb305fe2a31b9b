/**
 * Reads Webex's identifiers: base64 of `ciscospark://<cluster>/<TYPE>/<uuid>`.
 *
 * @module
 */

/** What an identifier tells. */
export interface WebexId {
  /** For example `us` or `urn:TEAM:eu-central-1_k`. */
  readonly cluster: string;
  /** The kind of object, for example `PEOPLE`. */
  readonly type: string;
  /** Mostly a UUID; whatever follows the type. */
  readonly value: string;
}

const URI_REGEXP = /^ciscospark:\/\/([^/]*)\/([A-Za-z][A-Za-z0-9_-]*)\/(.+)$/s;
const BASE64_REGEXP = /^[A-Za-z0-9+/_-]+={0,2}$/;
const UUID_REGEXP = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** No identifier of Webex's comes near it; a file's content given by mistake need not be decoded. */
const MAX_LENGTH = 2_000;

/**
 * Reads an identifier, with or without padding, in either base64 alphabet.
 *
 * @param id Any text.
 * @returns Its parts, or `undefined` if it isn't such an identifier: many are bare.
 */
export function decodeId(id: string): WebexId | undefined {
  if (id.length > MAX_LENGTH || !BASE64_REGEXP.test(id)) return undefined;
  let uri: string;
  try {
    uri = atob(id.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return undefined;
  }
  const [, cluster, type, value] = URI_REGEXP.exec(uri) ?? [];
  return cluster === undefined || type === undefined || value === undefined
    ? undefined
    : { cluster, type: type.toUpperCase(), value };
}

/**
 * Tells the kind of object that an identifier means.
 *
 * @param id Any text.
 * @returns For example `PEOPLE`, or `undefined` where the text doesn't tell.
 */
export function kindOf(id: string): string | undefined {
  return decodeId(id)?.type;
}

/**
 * Finds the UUID of an identifier, in lower case.
 *
 * @param id An identifier, encoded or bare.
 * @returns The UUID, or `undefined` if there is none.
 */
export function uuidOf(id: string): string | undefined {
  const value = decodeId(id)?.value ?? id;
  return UUID_REGEXP.test(value) ? value.toLowerCase() : undefined;
}

/**
 * Tells whether two identifiers mean the same object, however they are written.
 *
 * @param one An identifier, encoded or bare.
 * @param other Another.
 */
export function isSameId(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [decodeId(one), decodeId(other)];
  if (first !== undefined && second !== undefined && first.type !== second.type) return false;
  return (first?.value ?? one).toLowerCase() === (second?.value ?? other).toLowerCase();
}
