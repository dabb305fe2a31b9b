/**
 * What a caller may do.
 *
 * @module
 */

/** It can only narrow what the server allows. */
export interface CallerPolicy {
  readonly profile?: string;
  readonly readOnly?: boolean;
  readonly ratePerMinute?: number;
  readonly burst?: number;
  readonly concurrency?: number;
}
