/**
 * Turns what is known about a call into the members of its line: bounded, and without secrets.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import type { Secrets } from "../core/secrets.ts";
import type { AuditDraft, AuditEntry } from "./entry.ts";
import { safeText } from "./text.ts";
import { safeValues } from "./values.ts";

/** The most characters of an id, a tool's name and the like: a model can send anything in their place. */
const MAX_TEXT = 200;
const MAX_CLIENT = 80;
const MAX_NAME = 100;
const MAX_NAMES = 200;

/** Members that are not known are left out. */
function known(members: Readonly<Record<string, JsonObject[string] | undefined>>): JsonObject {
  const present: JsonObject = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) present[name] = value;
  return present;
}

function namesOf(names: readonly string[], secrets: Secrets): string[] {
  const kept = names.slice(0, MAX_NAMES).map((name) => safeText(name, MAX_NAME, secrets)).sort();
  return names.length > MAX_NAMES ? [...kept, "…"] : kept;
}

/**
 * Writes down what is known before a call is carried out.
 *
 * @param draft The call.
 * @param secrets What must not be written.
 * @returns The members of its line.
 */
export function recordOfDraft(draft: AuditDraft, secrets: Secrets): JsonObject {
  const text = (value: string | undefined) => value === undefined ? undefined : safeText(value, MAX_TEXT, secrets);
  // `fromEntries` defines members, so that a name such as `__proto__` is one like any other.
  const ids: JsonObject = Object.fromEntries(
    Object.entries(draft.ids).slice(0, MAX_NAMES).map(([name, id]) => [
      safeText(name, MAX_NAME, secrets),
      safeText(id, MAX_TEXT, secrets),
    ]),
  );
  return known({
    time: new Date(draft.time).toISOString(),
    profile: text(draft.profile),
    client: safeText(draft.client, MAX_CLIENT, secrets),
    caller: text(draft.caller),
    request: text(draft.request),
    tool: text(draft.tool),
    method: text(draft.method),
    path: text(draft.path),
    ids,
    arguments: namesOf(draft.argumentNames, secrets),
    kind: draft.kind,
    values: draft.values === undefined ? undefined : safeValues(draft.values, secrets),
  });
}

/**
 * Writes down a call.
 *
 * @param entry The call.
 * @param secrets What must not be written.
 * @param call The id of its announcement, if it was announced.
 * @returns The members of its line.
 */
export function recordOf(entry: AuditEntry, secrets: Secrets, call?: string): JsonObject {
  const { values, ...draft } = recordOfDraft(entry, secrets);
  const { outcome, code, status, trackingId, durationMs, attempts, consent } = entry;
  return known({
    ...draft,
    outcome,
    code: code === undefined ? undefined : safeText(code, MAX_TEXT, secrets),
    status,
    tracking_id: trackingId === undefined ? undefined : safeText(trackingId, MAX_TEXT, secrets),
    duration_ms: Math.round(durationMs),
    attempts,
    consent,
    values,
    call,
  });
}
