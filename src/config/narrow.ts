/**
 * Narrows a configuration to what a caller may do.
 *
 * @module
 */

import type { CallerPolicy } from "../access/policy.ts";
import type { Config } from "./config.ts";

/** Narrows. */
export function narrowConfig(config: Config, policy: CallerPolicy): Config {
  return Object.freeze({ ...config, readOnly: config.readOnly || policy.readOnly === true });
}
