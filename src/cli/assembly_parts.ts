/**
 * What commands bring for building what they work with.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import type { Log } from "../core/log.ts";
import type { Secrets } from "../core/secrets.ts";
import type { Meter } from "../telemetry/meter.ts";
import type { System } from "./system.ts";

/** Whose plans, pages and results they are where callers are not told apart. */
export const LOCAL = "local";

/** What every command that calls Webex brings. */
export interface AssemblyParts {
  readonly config: Config;
  readonly system: System;
  readonly log: Log;
  readonly secrets: Secrets;
  /** The process ends with the call: results of any length are passed on as a whole, and nothing is left to read on. */
  readonly once?: boolean;
  /** Whoever calls may be elsewhere: files of this machine are none of theirs. */
  readonly remote?: boolean;
  /** Whose plans, pages and results they are; by default {@linkcode LOCAL}. */
  readonly caller?: string;
  /** How much memory the results of a caller may take, in bytes. */
  readonly maxResultBytes?: number;
  /** Learns what happens, where somebody can ask for it. */
  readonly meter?: Meter | undefined;
}
