/**
 * What commands bring for building what they work with.
 *
 * @module
 */

import type { Config } from "../config/config.ts";
import type { Log } from "../core/log.ts";
import type { Secrets } from "../core/secrets.ts";
import type { System } from "./system.ts";

/** Whose plans, pages and results they are: over stdio there is one caller. */
export const OWNER = "local";

/** What every command that calls Webex brings. */
export interface AssemblyParts {
  readonly config: Config;
  readonly system: System;
  readonly log: Log;
  readonly secrets: Secrets;
  /** The process ends with the call: results of any length are passed on as a whole, and nothing is left to read on. */
  readonly once?: boolean;
}
