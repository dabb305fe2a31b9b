/**
 * Tells why a request got no answer, in the words of what carries it and without the address it went to.
 *
 * @module
 */

/** Deno names the whole address, whose query can hold anybody's address or number. */
const ADDRESS_REGEXP = /^error sending request .*?\): |\bhttps?:\/\/[^\s"')]+/g;
/** Who made the connection, in words of the library. */
const LAYER_REGEXP = /client error \((?:Connect|SendRequest)\): /g;
/** A chain is short; one that leads back to itself has no end. */
const MAX_DEPTH = 8;

/**
 * Finds what really happened: Deno puts it into the cause.
 *
 * @param error What `fetch` threw.
 * @returns The innermost message as it is, with the address.
 */
export function innermostMessage(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < MAX_DEPTH && inner instanceof Error && inner.cause instanceof Error; depth++) {
    inner = inner.cause;
  }
  return inner instanceof Error ? inner.message : String(inner);
}

/**
 * Tells why no answer came, for example `dns error: failed to lookup address information`.
 *
 * @param error What `fetch` threw.
 * @returns The reason, without the address and without words of the library about itself.
 */
export function connectionReason(error: unknown): string {
  return innermostMessage(error).replace(ADDRESS_REGEXP, "").replace(LAYER_REGEXP, "");
}
