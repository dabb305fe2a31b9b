/**
 * What the trail tells of a call's arguments: their names, and the values of those that are ids.
 *
 * @module
 */

import type { Json, JsonObject } from "../core/json.ts";
import type { AuditDraft } from "./entry.ts";

/** More than these are not told. */
const MAX_IDS = 20;

const ID_NAME_REGEXP = /(?:Id|ID|_id|^id)$/;
/** What a called phone shows is no id, although it is called one. */
const SHOWN_REGEXP = /caller_?id$/i;
/** Letters and digits, and nothing else that ids of Webex don't have: no phone number, access code, address or word. */
const ID_REGEXP = /^(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w=-]{8,}$/;
/** Long, so that it is an id whatever its name says. */
const MIN_OPAQUE = 16;

/** Stands for what a name calls an id, and what is none: a model may have put a name or an address there. */
const NOT_AN_ID = "[not an id]";

/** What is told of an argument; `undefined` if nothing is. */
function toldOf(name: string, value: string, isInPath: boolean): string | undefined {
  const looksLikeId = ID_REGEXP.test(value);
  if (!ID_NAME_REGEXP.test(name)) return isInPath && looksLikeId && value.length >= MIN_OPAQUE ? value : undefined;
  if (SHOWN_REGEXP.test(name)) return undefined;
  return looksLikeId ? value : NOT_AN_ID;
}

/** An object or a list below such a name is no id. */
function textOf(value: Json): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/**
 * Tells what of a call's arguments belongs into the trail.
 *
 * An id is what a name that ends in `Id` holds if it looks like one, else it is told as `[not an id]`. In the path it is
 * also what looks like one under another name, since other parts of a path can be a phone number or an access code.
 *
 * @param args The arguments as they were given.
 * @param pathNames The names of those that are part of the path.
 * @param withValues Whether the values are asked for, too (`--audit-values`).
 * @returns The ids by name; all names, sorted; the values.
 */
export function factsOfArguments(
  args: JsonObject,
  pathNames: readonly string[],
  withValues: boolean,
): Pick<AuditDraft, "ids" | "argumentNames" | "values"> {
  const ids = Object.entries(args).flatMap(([name, value]): [string, string][] => {
    const text = textOf(value);
    const told = text === undefined ? undefined : toldOf(name, text, pathNames.includes(name));
    return told === undefined ? [] : [[name, told]];
  });
  return {
    ids: Object.fromEntries(ids.slice(0, MAX_IDS)),
    argumentNames: Object.keys(args).sort(),
    ...(withValues ? { values: args } : {}),
  };
}
