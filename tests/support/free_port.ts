/**
 * Finds ports for processes that must be told theirs.
 *
 * @module
 */

/** @returns A port of loopback that nobody has now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
