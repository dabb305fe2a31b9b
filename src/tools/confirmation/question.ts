/**
 * Words the question whether a change may be made.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { Risk } from "./risk.ts";
import type { Subject } from "./subject.ts";

/** What a person decides on. */
export interface Matter {
  readonly endpoint: Endpoint;
  readonly risks: readonly Risk[];
  readonly subject: Subject;
  /** The address of the request. */
  readonly url: URL;
  /** Whose phone system it is. */
  readonly place: string;
}

const MAX_ADDRESS = 300;

function quoted(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

function subjectText({ name, count, names, problem }: Subject): string {
  if (name !== undefined) return `: ${quoted(name)}`;
  if (count !== undefined) {
    const list = names === undefined ? "" : ` (${names.map(quoted).join(", ")}${count > names.length ? ", …" : ""})`;
    return `: ${count} ${count === 1 ? "entry" : "entries"}${list}`;
  }
  return problem === undefined ? "" : ` (what it is could not be read: ${problem})`;
}

/**
 * Says what a change would do.
 *
 * @param matter The change.
 * @returns Sentences: what it does by its kind, and what an administrator has to know of this very operation.
 */
export function effectsOf({ endpoint, risks }: Pick<Matter, "endpoint" | "risks">): string[] {
  const { danger } = endpoint.facts;
  // "Something" is said only where nobody knows what.
  const told = risks.filter(({ kind }) => kind !== "destructive" || danger === undefined).map(({ words }) => words);
  return [...told, ...(danger === undefined ? [] : [danger])];
}

/**
 * Words the question.
 *
 * @param matter What it is about.
 * @returns A few lines. What Webex or the caller has told stands in quotation marks, on one line.
 */
export function questionOf(matter: Matter): string {
  const { endpoint, subject, url, place } = matter;
  const changes = Object.entries(subject.changes ?? {}).map(([name, [now, then]]) => `  ${name}: ${now} → ${then}`);
  const address = `${endpoint.method} ${url.pathname}${url.search}`;
  return [
    `${endpoint.title}${subjectText(subject)}?`,
    ...effectsOf(matter).map((effect) => `${effect}.`),
    ...(changes.length === 0 ? [] : ["Changes:", ...changes]),
    `${place}: ${address.length > MAX_ADDRESS ? `${address.slice(0, MAX_ADDRESS)}…` : address}`,
  ].join("\n");
}
