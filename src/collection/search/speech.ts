/**
 * How people speak of the operations of a collection.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";

/** What an operation is called by; nothing else of an endpoint is needed. */
export type Spoken = Pick<Endpoint, "method" | "path">;

/** How people speak of the operations of one collection. */
export interface Speech {
  /**
   * @param endpoint An operation.
   * @returns Words and phrases that requests for it, or for its whole family, are made of.
   */
  phrases(endpoint: Spoken): readonly string[];
  /**
   * @param endpoint An operation.
   * @returns Whole sentences in which people ask for it.
   */
  sayings(endpoint: Spoken): readonly string[];
}
