/**
 * Words a guess at what a wrong name may have meant.
 *
 * @module
 */

/**
 * Words a guess.
 *
 * @param nearest The nearest names, the closest first.
 * @param mark What parts it from the text before: `:`, or `;` where a colon stands there already.
 * @returns For example `: did you mean "a" or "b"?`; nothing where there are no names.
 */
export function guessText(nearest: readonly string[], mark: ":" | ";" = ":"): string {
  return nearest.length === 0 ? "" : `${mark} did you mean ${nearest.map((name) => `"${name}"`).join(" or ")}?`;
}
