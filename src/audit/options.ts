/**
 * What an audit trail works with.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Log } from "../core/log.ts";
import type { Secrets } from "../core/secrets.ts";
import type { AuditFiles } from "./files.ts";

/** When a file of the trail is full. */
export interface AuditLimits {
  /** Default 10 MiB. */
  readonly maxBytes?: number;
  /** How old its first line may get, in milliseconds; default 30 days. */
  readonly maxAgeMs?: number;
}

/** What an audit trail needs. */
export interface AuditTrailOptions {
  /** The file that lines are added to. */
  readonly path: string;
  readonly files: AuditFiles;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** This process, for the names of its announcements. */
  readonly pid: number;
  /** Makes an id that no other process makes, such as a UUID. */
  readonly randomId: () => string;
  readonly limits?: AuditLimits;
  readonly log: Log;
}
