/**
 * What is known of a request besides itself.
 *
 * @module
 */

/** A request as it arrived. */
export interface Arrival {
  /** The address of the other end of the connection. */
  readonly remoteAddress: string;
  /** The request target as it was sent, for example `/mcp`. */
  readonly target: string;
  /** Resolves when the answer has left as a whole, or the connection is gone; tells which. */
  readonly ended: Promise<"answered" | "gone">;
}
