/**
 * Decides what the endpoints of a file are called, and which operations can be endpoints.
 *
 * @module
 */

import { type Checker, describe } from "./check.ts";
import type { Endpoint, Method } from "./endpoint.ts";
import { MAX_NAME_LENGTH, nameEndpoints } from "./names.ts";

/** An endpoint whose name is not decided yet. */
export type Draft = { -readonly [Key in keyof Endpoint]: Endpoint[Key] };

const METHODS: readonly Method[] = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS"];

const TOOL_REGEXP = /^[a-z][a-z0-9_]*$/;

/** Segments of word characters or one name in braces, none beginning with a dot: nearly every path. */
const PLAIN_PATH_REGEXP = /^(?:\/(?:\w[\w.-]*|\{\w+\}))+$/;

/** No query, fragment, backslash, white space or lone brace; a doubled slash at the start would name another host. */
const PATH_REGEXP = /^\/(?!\/)(?:[^?#\\{}\s\p{C}]|\{[^{}/\p{Cc}\p{Cs}]+\})*$/u;
const DOT_SEGMENT_REGEXP = /\/(?:\.|%2e){1,2}(?=\/|$)/i;

/**
 * Finds a method by its name in upper case.
 *
 * @param name The name.
 * @returns The method, or `undefined` when no endpoint can have it.
 */
export function methodNamed(name: string): Method | undefined {
  return METHODS.find((method) => method === name);
}

/**
 * Tells whether a path template can be called safely.
 *
 * @param path The template.
 * @returns Whether it begins with one slash, and leads neither out of the base URL nor into its query.
 */
export function isPathTemplate(path: string): boolean {
  return PLAIN_PATH_REGEXP.test(path) || (PATH_REGEXP.test(path) && !DOT_SEGMENT_REGEXP.test(path));
}

/**
 * Names a file's endpoints.
 *
 * The name that a file itself proposes is taken where it is legal and cannot be mistaken for another.
 *
 * @param drafts The endpoints in the order of the file, with the proposed name or an empty one; gets the final names.
 * @param namespace The prefix of all names.
 * @param check Receives a problem for each operation that the file has twice.
 * @returns The endpoints.
 */
export function assemble(drafts: readonly Draft[], namespace: string, check: Checker): readonly Endpoint[] {
  const seen = new Map<string, string>();
  for (const { method, path, feature } of drafts) {
    const key = `${method} ${path}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, feature);
    else check.problem(`endpoint "${key}"`, `expected once, got it in ${describe(first)} and in ${describe(feature)}`);
  }
  const tools = toolNames(drafts, namespace);
  for (const [index, draft] of drafts.entries()) {
    draft.tool = tools[index] ?? "";
    // Without the namespace, a former name could be that of another collection's tool.
    if (namespace !== "") delete draft.formerly;
  }
  return drafts;
}

/**
 * The proposed names where they are legal and cannot be mistaken, and derived names elsewhere.
 *
 * With a namespace, all are derived: a proposed name has no namespace and could be another collection's.
 */
function toolNames(drafts: readonly Draft[], namespace: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { tool } of drafts) {
    if (isToolName(tool)) counts.set(tool, (counts.get(tool) ?? 0) + 1);
  }
  const proposed = drafts.flatMap(({ tool }) => isToolName(tool) ? tool : []);
  if (namespace === "" && proposed.length === drafts.length && counts.size === drafts.length) return proposed;

  const derived = nameEndpoints(drafts, namespace);
  if (namespace !== "") return derived;
  const places = new Map(derived.map((name, index) => [name, index]));
  return drafts.map(({ tool }, index) => {
    const usable = isToolName(tool) && counts.get(tool) === 1 && (places.get(tool) ?? index) === index;
    return usable ? tool : derived[index] ?? "";
  });
}

function isToolName(name: string): boolean {
  return name.length <= MAX_NAME_LENGTH && TOOL_REGEXP.test(name);
}
