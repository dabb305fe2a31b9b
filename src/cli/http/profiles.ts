/**
 * The configurations of the profiles that callers work with.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import type { FlagValues } from "../../config/flags.ts";
import { loadConfig } from "../config_file.ts";
import type { System } from "../system.ts";

/** Gives the configuration of a profile; without a name that of the process. */
export type ConfigFor = (profile: string | undefined) => Promise<Config>;

/**
 * Makes what gives the configurations; each is read once.
 *
 * @param flags The flags of the process, which hold for every profile.
 * @param system The outside of the program.
 * @param own The configuration of the process.
 * @returns Gives configurations; throws a `UsageError` where a profile isn't there.
 */
export function configsOf(flags: FlagValues, system: System, own: Config): ConfigFor {
  const configs = new Map<string, Promise<Config>>();
  return (profile) => {
    // The simulated organization has no profiles.
    if (profile === undefined || own.sandbox || profile === own.profile.name) return Promise.resolve(own);
    const config = configs.get(profile) ?? loadConfig({ ...flags, profile }, system);
    configs.set(profile, config);
    config.catch(() => configs.delete(profile));
    return config;
  };
}
