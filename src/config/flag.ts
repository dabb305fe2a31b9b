/**
 * What is known of a flag.
 *
 * @module
 */

import type { EnvironmentName } from "./environment.ts";

/** A flag as it is documented. */
export interface Flag {
  /** As it is typed, for example `--features`. */
  readonly name: `--${string}`;
  /** What its value is called; absent for a flag without a value. */
  readonly value?: string;
  /** The variable that is read when the flag is absent; what is left out of a selection, and read-only, adds up. */
  readonly environment?: EnvironmentName;
  /** The flag can be given several times. */
  readonly repeatable?: true;
  /** The values it takes, the default first. */
  readonly choices?: readonly string[];
  /** One line: what it does. */
  readonly summary: string;
}
