/**
 * Patterns of tools' names, as `hunt_group_*`.
 *
 * @module
 */

/** Tells whether a name matches. */
export type NameTest = (name: string) => boolean;

/**
 * Makes the test of a pattern.
 *
 * @param pattern `*` stands for any number of characters, `?` for one; case does not count.
 * @returns The test; the pattern must match the whole name.
 */
export function namesLike(pattern: string): NameTest {
  const source = pattern.trim().replace(/\*+/g, "*").replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*").replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "is");
  return (name) => expression.test(name);
}
