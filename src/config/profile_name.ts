/**
 * What profiles can be called.
 *
 * @module
 */

/** What the credential of the environment goes by where no profile is chosen. */
export const ENVIRONMENT_PROFILE = "environment";

const NAME_REGEXP = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What a name must look like, for messages. */
export const PROFILE_NAME_RULE =
  '1 to 64 letters, digits, dots, hyphens and underscores, a letter or a digit first, and not "environment"';

/**
 * Tells whether a profile can have this name; a file is named after it.
 *
 * @param name Any text.
 * @returns Whether it follows {@linkcode PROFILE_NAME_RULE}.
 */
export function isProfileName(name: string): boolean {
  return NAME_REGEXP.test(name) && name.toLowerCase() !== ENVIRONMENT_PROFILE;
}
