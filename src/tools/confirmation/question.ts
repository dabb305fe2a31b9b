/**
 * Words the question whether a change may be made.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { addressOf } from "./request_view.ts";
import type { Risk } from "./risk.ts";
import { namesText, type Sent } from "./sent_lines.ts";
import type { Beside, Subject } from "./subject.ts";
import { quoted, visible } from "./visible_text.ts";
import { entriesText } from "./written_value.ts";

/** What a person decides on. */
export interface Matter {
  readonly endpoint: Endpoint;
  readonly risks: readonly Risk[];
  readonly subject: Subject;
  readonly sent: Sent;
  /** The address of the request. */
  readonly url: URL;
  /** Whose phone system it is. */
  readonly place: string;
}

const MAX_ADDRESS = 300;
const MAX_TITLE = 200;
const MAX_EFFECT = 300;
const MAX_NAME = 80;
/** What goes unseen is lost, so more of it is told than of what is sent. */
const MAX_NOT_SENT = 24;

function subjectText({ name, count, isPartial, names, problem }: Subject): string {
  if (count !== undefined) {
    const list = names === undefined
      ? ""
      : ` (${names.map((one) => quoted(one, MAX_NAME)).join(", ")}${count > names.length ? ", …" : ""})`;
    return `: ${isPartial === true ? "at least " : ""}${entriesText(count)}${list}`;
  }
  if (name !== undefined) return `: ${quoted(name, MAX_NAME)}`;
  return problem === undefined ? "" : ` (what it is could not be read: ${problem})`;
}

function besideLine({ label, name, problem }: Beside): string {
  return `${label}: ${name === undefined ? `could not be read: ${problem}` : quoted(name, MAX_NAME)}`;
}

/** What is sent, and what that changes. */
function sentSection({ isCompared, lines, notSent }: Sent): string[] {
  const all = [...lines, ...(notSent.length === 0 ? [] : [`not sent: ${namesText(notSent, MAX_NOT_SENT)}`])];
  return all.length === 0 ? [] : [isCompared ? "Changes:" : "Sends:", ...all.map((line) => `  ${line}`)];
}

/**
 * Says what a change would do.
 *
 * @param matter The change.
 * @returns Sentences: what it does by its kind, and what an administrator has to know of this very operation.
 */
export function effectsOf({ endpoint, risks }: Pick<Matter, "endpoint" | "risks">): string[] {
  const known = visible(endpoint.facts.danger ?? "", MAX_EFFECT);
  // "Something" is said only where nobody knows what.
  const told = risks.filter(({ kind }) => kind !== "destructive" || known === "").map(({ words }) => words);
  return [...told, ...(known === "" ? [] : [known])];
}

/**
 * Words the question.
 *
 * @param matter What it is about.
 * @returns A few lines. What Webex or the caller has told stands in quotation marks, on one line.
 */
export function questionOf(matter: Matter): string {
  const { endpoint, subject, sent, place } = matter;
  const url = addressOf(matter.url, endpoint.path, "masked");
  const address = `${endpoint.method} ${url.pathname}${url.search}`;
  return [
    `${visible(endpoint.title, MAX_TITLE)}${subjectText(subject)}?`,
    ...subject.beside.map(besideLine),
    ...effectsOf(matter).map((effect) => `${effect}.`),
    // Without it the lines below can't tell what changes.
    ...(subject.name !== undefined && subject.problem !== undefined
      ? [`What is set now could not be read: ${subject.problem}.`]
      : []),
    ...sentSection(sent),
    ...sent.organizations,
    `${place}: ${address.length > MAX_ADDRESS ? `${address.slice(0, MAX_ADDRESS)}…` : address}`,
  ].join("\n");
}
