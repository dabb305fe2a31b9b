/**
 * Functions of JMESPath that make long texts, or take long over short ones, within bounds.
 *
 * @module
 */

import { isLargerThan } from "./work_budget.ts";

type Library = typeof import("@jmespath-community/jmespath");

/** The longest text that a function may make. */
const MAX_TEXT = 1_048_576;

/** What `trim` takes away unless told: blanks, and "next line", which JMESPath counts among them. */
const BLANK_REGEXP = /[\s\x85]/;

function checkLength(name: string, length: number): void {
  if (length > MAX_TEXT) throw new RangeError(`${name}() would make more than ${MAX_TEXT} characters`);
}

/** The library has checked what there must be; an argument that was left out counts as empty. */
function textOf(argument: unknown): string {
  return typeof argument === "string" ? argument : "";
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

function padded(name: string, text: string, width: unknown, padding: string): string {
  if (!isCount(width)) throw new Error("invalid-value: expecting a non-negative integer.");
  if ([...padding].length > 1) {
    throw new Error(`invalid value, ${name} expects its 'pad' parameter to be one character`);
  }
  checkLength(name, Math.max(text.length, width));
  if (text === "") return "";
  const filling = padding === "" ? " " : padding;
  return name === "pad_left" ? text.padStart(width, filling) : text.padEnd(width, filling);
}

function replaced(text: string, search: string, by: string, count: unknown): string {
  if (count !== undefined && !isCount(count)) throw new Error("invalid-value: expecting a non-negative integer.");
  const parts = text.split(search);
  const times = Math.min(count ?? Infinity, parts.length - 1);
  if (times <= 0) return text;
  const growth = times * (by.length - search.length);
  if (growth > 0) checkLength("replace", text.length + growth);
  const head = parts.slice(0, times + 1).join(by);
  return times + 1 < parts.length ? [head, ...parts.slice(times + 1)].join(search) : head;
}

/** The library's own takes quadratic time over blanks in the middle. */
function trimmed(text: string, characters: string, sides: "left" | "right" | "both"): string {
  const goes = (character: string) => characters === "" ? BLANK_REGEXP.test(character) : characters.includes(character);
  let start = 0;
  let end = text.length;
  if (sides !== "right") { while (start < end && goes(text.charAt(start))) start++; }
  if (sides !== "left") { while (start < end && goes(text.charAt(end - 1))) end--; }
  return text.slice(start, end);
}

function joined(separator: string, list: unknown): string {
  const texts = Array.isArray(list) ? list.map(textOf) : [];
  checkLength("join", texts.reduce((sum, text) => sum + text.length + separator.length, -separator.length));
  return texts.join(separator);
}

function written(value: unknown): string {
  if (typeof value === "string") return value;
  if (isLargerThan(value, MAX_TEXT)) checkLength("to_string", Infinity);
  return JSON.stringify(value);
}

/**
 * Puts the bounded functions in the place of the library's own.
 *
 * @param library The library; the change is to all of its interpreters.
 */
export function boundFunctions(library: Library): void {
  const { registerFunction, TYPE_ANY, TYPE_ARRAY_STRING, TYPE_NUMBER, TYPE_STRING } = library;
  const text = { types: [TYPE_STRING] };
  const number = { types: [TYPE_NUMBER] };
  const optional = { optional: true };
  const override = { override: true };
  const list = { types: [TYPE_ARRAY_STRING] };
  const any = { types: [TYPE_ANY] };
  for (const name of ["pad_left", "pad_right"]) {
    const pad = ([subject, width, padding]: unknown[]) => padded(name, textOf(subject), width, textOf(padding));
    registerFunction(name, pad, [text, number, { ...text, ...optional }], override);
  }
  for (const [name, sides] of [["trim", "both"], ["trim_left", "left"], ["trim_right", "right"]] as const) {
    const trim = ([subject, characters]: unknown[]) => trimmed(textOf(subject), textOf(characters), sides);
    registerFunction(name, trim, [text, { ...text, ...optional }], override);
  }
  const replace = ([subject, search, by, count]: unknown[]) =>
    replaced(textOf(subject), textOf(search), textOf(by), count);
  registerFunction("replace", replace, [text, text, text, { ...number, ...optional }], override);
  registerFunction("join", ([separator, texts]: unknown[]) => joined(textOf(separator), texts), [text, list], override);
  registerFunction("to_string", ([value]: unknown[]) => written(value), [any], override);
}
