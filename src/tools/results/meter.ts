/**
 * Weighs values against a limit of both tokens and characters.
 *
 * @module
 */

import type { Json } from "../../core/json.ts";
import { weigh } from "./token_estimate.ts";

/** What weighs 1. */
export interface Limit {
  /** By the estimate of `token_estimate.ts`. */
  readonly tokens: number;
  /** UTF-16 code units of the JSON text. */
  readonly characters: number;
}

/** Weighs in shares of a limit: 1 is all of it. */
export interface Meter {
  /** The weight of a text; those of parts add up to that of the whole, or a little more. */
  text(text: string): number;
  /**
   * The weight of a value's JSON text, in time that depends on `most` and not on the value.
   *
   * @param value The value.
   * @param most More than this need not be known.
   * @returns The weight, or `Infinity` if it is more than `most`.
   */
  value(value: Json, most: number): number;
}

/** Deeper values count as too heavy. */
const MAX_DEPTH = 500;

/** Counts at least how long the JSON text is, as far as `left` reaches; negative if it is longer. */
function remaining(value: Json, left: number, depth: number): number {
  if (typeof value === "string") return left - value.length - 2;
  if (typeof value !== "object" || value === null) return left - 1;
  if (depth > MAX_DEPTH) return -Infinity;
  let rest = left - 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      rest = remaining(item, rest - 1, depth + 1);
      if (rest < -1) return rest;
    }
    return rest + (value.length > 0 ? 1 : 0);
  }
  let comma = 0;
  // Not by entries: an object can have a million members.
  for (const key in value) {
    rest = remaining(value[key] ?? null, rest - key.length - 3 - comma, depth + 1);
    comma = 1;
    if (rest < -1) return rest;
  }
  return rest;
}

/**
 * Makes a meter.
 *
 * @param limit What weighs 1; either part can be `Infinity`, not both.
 * @returns The meter.
 */
export function createMeter({ tokens, characters }: Limit): Meter {
  const text = (part: string) => Math.max(part.length / characters, tokens === Infinity ? 0 : weigh(part) / tokens);
  return {
    text,
    value(value, most) {
      // Every token has a character at least, and the heaviest characters are a few tokens.
      const longest = Number.isFinite(characters) ? most * characters : most * tokens * 64;
      if (remaining(value, Math.ceil(longest), 0) < 0) return Infinity;
      const weight = text(JSON.stringify(value));
      return weight > most ? Infinity : weight;
    },
  };
}
