/**
 * Fills path templates.
 *
 * @module
 */

import { RefusedError } from "../../core/errors.ts";

/** The longest value of a path: ids of Webex have some hundred characters. */
const MAX_LENGTH = 4_000;

const PLACEHOLDER_REGEXP = /\{([^{}]+)\}/g;

/** A proxy that decodes slashes would resolve them. */
const DOT_SEGMENT_REGEXP = /(?:^|[\\/])\.\.?(?:[\\/]|$)/;

function refuse(name: string, problem: string): never {
  throw new RefusedError(`Argument "${name}" ${problem}`, {
    code: "invalid_path_value",
    guidance: `Pass the complete value of "${name}" as another call returned it.`,
  });
}

/**
 * Writes a value as one segment of a path.
 *
 * An empty value or dot segments would address another resource than the one meant, and is refused.
 *
 * @param name The parameter, for messages.
 * @param value Its value.
 * @returns The percent-encoded segment; a slash in the value stays inside of it.
 * @throws {RefusedError} If the value is empty, has dot segments such as `..` or `../x`, is longer than 4,000 characters, or no valid Unicode.
 */
export function pathSegment(name: string, value: string): string {
  if (value.trim() === "") refuse(name, "is empty: expected a value for the path");
  if (value === "." || value === "..") refuse(name, `is "${value}": expected a value for the path`);
  if (DOT_SEGMENT_REGEXP.test(value)) refuse(name, "holds a path with dot segments: expected a value for the path");
  if (value.length > MAX_LENGTH) {
    refuse(name, `is too long: ${value.length} characters, at most ${MAX_LENGTH} are accepted`);
  }
  if (!value.isWellFormed()) refuse(name, "is not valid Unicode text");
  return encodeURIComponent(value);
}

/**
 * Fills a path template.
 *
 * @param template A path with `{name}` in place of values.
 * @param values The values by name.
 * @returns The path.
 * @throws {RefusedError} If a value is missing or cannot be a segment.
 */
export function fillPath(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(PLACEHOLDER_REGEXP, (_, name: string) => pathSegment(name, values.get(name) ?? ""));
}
