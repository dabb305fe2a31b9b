/**
 * Chance without a state: every value follows from a text, so that the same organization appears in every run.
 *
 * @module
 */

/**
 * Mixes a text into a number, by FNV-1a with a final avalanche.
 *
 * @param text Any text.
 * @returns An integer from 0 to 2^32 - 1.
 */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * Chooses one of several.
 *
 * @param key What the choice follows from.
 * @param items What to choose from.
 * @returns One of them; `undefined` only if there are none.
 */
export function pick<T>(key: string, items: readonly T[]): T | undefined {
  return items[hash(key) % Math.max(1, items.length)];
}

/**
 * Chooses an integer.
 *
 * @param key What the choice follows from.
 * @param from The least value.
 * @param to The greatest value.
 */
export function integer(key: string, from: number, to: number): number {
  return from + (hash(key) % (to - from + 1));
}

/**
 * Writes random hexadecimal digits.
 *
 * @param key What they follow from.
 * @param length How many.
 */
export function hex(key: string, length: number): string {
  let digits = "";
  for (let round = 0; digits.length < length; round++) digits += hash(`${key}#${round}`).toString(16).padStart(8, "0");
  return digits.slice(0, length);
}

/**
 * Makes a UUID in the form of version 4.
 *
 * @param key What it follows from.
 */
export function uuid(key: string): string {
  const digits = hex(key, 32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join("-");
}
