/**
 * JSON Pointer (RFC 6901) in the URI fragment form that `$ref` uses.
 *
 * @module
 */

/**
 * Splits a pointer into its steps.
 *
 * @param pointer The steps joined by `/`, without a leading one.
 * @returns The steps with their escapes undone.
 */
export function pointerSteps(pointer: string): string[] {
  return pointer.split("/").map((step) => percentDecoded(step).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A name with a percent sign that nobody escaped.
    return text;
  }
}

/**
 * Follows a pointer through parsed JSON.
 *
 * Only own members are followed, so that names such as `constructor` find nothing that isn't in the file.
 *
 * @param root Where to start.
 * @param pointer The steps joined by `/`, without a leading one.
 * @returns What is there, or `undefined`.
 */
export function followPointer(root: unknown, pointer: string): unknown {
  let current = root;
  for (const step of pointerSteps(pointer)) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}
