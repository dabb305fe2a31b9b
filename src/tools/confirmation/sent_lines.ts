/**
 * Lists what a change sends, and what of it is new, for the person who decides.
 *
 * @module
 */

import { objectMembers } from "../../collection/arguments.ts";
import type { Endpoint, Schema } from "../../collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";
import { canCompare, changesIn } from "./comparison.ts";
import { secrecyOf } from "./masked.ts";
import { shortDigest } from "./request_view.ts";
import { partsOf, type SentFile, type SentPart } from "./sent_parts.ts";
import { quoted, visible } from "./visible_text.ts";
import { type Leaf, leavesOf, nameText, valueText } from "./written_value.ts";

/** What is there before a replacement. */
export interface Present {
  /** The object as Webex told it; it may hold secrets. */
  readonly body: JsonObject;
  /** The members that Webex documents: where one of them is missing, it is not set. */
  readonly documented: ReadonlySet<string>;
}

/** What is sent, in lines. */
export interface Sent {
  /** Some lines tell what is there now, too. */
  readonly isCompared: boolean;
  /** At most about forty lines; what is left out is counted. */
  readonly lines: readonly string[];
  /** Members that are there now, and that a replacement leaves out. */
  readonly notSent: readonly string[];
  /** Whose organization the call names: `Organization: "…"`. */
  readonly organizations: readonly string[];
}

/** A member in the lines that it takes. */
interface Member {
  readonly name: string;
  readonly lines: readonly string[];
  /** The same on one line. */
  readonly short: string;
}

const MAX_LINES = 40;
/** So many names are told of what finds no room. */
const MAX_NAMES = 40;
/** More values of one member are not counted. */
const MAX_LEAVES = 1_000;
const MAX_ID = 120;
/** So deep is looked for what is not sent. */
const MAX_LEVELS = 4;
const ORGANIZATION_REGEXP = /org(?:anization)?Id$/i;
/** Every request has them. */
const COMMON_HEADERS: ReadonlySet<string> = new Set(["accept", "content-type"]);

/**
 * Lists names of members.
 *
 * @param names The names.
 * @param max The most of them.
 * @returns The names with commas; what is left out is counted.
 */
export function namesText(names: readonly string[], max: number = MAX_NAMES): string {
  const more = names.length - max;
  return `${names.slice(0, max).map(nameText).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function fileText(file: SentFile): string {
  const name = file.name === undefined ? "a file" : quoted(file.name, 60);
  return `${name}, ${visible(file.type, 40)}, ${file.bytes} bytes, SHA-256 ${shortDigest(file)}…`;
}

function takenOf(leaf: Leaf): string[] {
  const lines: string[] = [];
  for (const { path, value, secrecy } of leavesOf(leaf)) {
    if (lines.push(`${path}: ${valueText(value, secrecy)}`) >= MAX_LEAVES) break;
  }
  return lines;
}

/** Either what changes, or what is sent; no lines where nothing changes. */
function memberOf(part: SentPart, present: Present | undefined): Member & { isCompared: boolean } {
  const name = nameText(part.name);
  if ("file" in part) return { name, lines: [`${name}: ${fileText(part.file)}`], short: name, isCompared: false };
  const leaf: Leaf = { path: name, value: part.value, secrecy: secrecyOf(part.name, part.value, "open") };
  const now = present !== undefined && Object.hasOwn(present.body, part.name) ? present.body[part.name] : undefined;
  const isKnown = now !== undefined || present?.documented.has(part.name) === true;
  if (isKnown && canCompare(part.value, now)) {
    const lines = changesIn(leaf, now);
    return { name, lines, short: `${name}: ${lines.length} values change`, isCompared: true };
  }
  return { name, lines: takenOf(leaf), short: `${name}: ${valueText(leaf.value, leaf.secrecy)}`, isCompared: false };
}

/** Every member gets a line before one gets several: what comes last may be what matters. */
function fitted(members: readonly Member[]): string[] {
  const kept = members.slice(0, MAX_LINES);
  let spare = MAX_LINES - kept.length;
  const lines = kept.flatMap((member) => {
    const own = linesWithin(member, spare + 1);
    spare -= own.length - 1;
    return own;
  });
  const left = members.slice(MAX_LINES).map(({ name }) => name);
  return left.length === 0 ? lines : [...lines, `and ${left.length} more: ${namesText(left)}`];
}

function linesWithin({ name, lines, short }: Member, room: number): readonly string[] {
  if (lines.length <= room) return lines;
  if (room < 3) return [short];
  const more = `${name}: and ${lines.length - room + 1}${lines.length >= MAX_LEAVES ? " or more" : " more values"}`;
  return [...lines.slice(0, room - 1), more];
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** Members of an object that could be sent, are there, and are not sent; of objects that are sent, those in them. */
function missing(schema: Schema, schemas: Endpoint["schemas"], sent: JsonObject, now: JsonObject, level = 0): string[] {
  const known = Object.entries(objectMembers(schema, schemas)?.properties ?? {});
  return known.flatMap(([key, inner]) => {
    const there = Object.hasOwn(now, key) ? now[key] : undefined;
    const own = Object.hasOwn(sent, key) ? sent[key] : undefined;
    if (own === undefined) return isSet(there) ? [key] : [];
    if (!isJsonObject(own) || !isJsonObject(there) || level >= MAX_LEVELS) return [];
    return missing(inner, schemas, own, there, level + 1).map((name) => `${key}.${name}`);
  });
}

/** A PUT replaces the whole: what it leaves out may be gone afterwards. */
function leftOut(endpoint: Endpoint, parts: readonly SentPart[], present: Present | undefined): string[] {
  if (endpoint.method !== "PUT" || present === undefined || endpoint.body === undefined) return [];
  const sent = Object.fromEntries(parts.map((part) => [part.name, "value" in part ? part.value : true]));
  return missing(endpoint.body.schema, endpoint.schemas, sent, present.body);
}

function besideBody({ url, headers }: PreparedRequest): SentPart[] {
  const own = [...headers].filter(([name]) => !COMMON_HEADERS.has(name));
  return [...url.searchParams, ...own].map(([name, value]) => ({ name, value }));
}

/**
 * Lists what a request sends: parameters of the query, and the body.
 *
 * @param endpoint The change.
 * @param request The request.
 * @param present What is there, where it is known and the change replaces it.
 * @returns Lines for a question, without secrets.
 */
export async function sentLines(endpoint: Endpoint, request: PreparedRequest, present?: Present): Promise<Sent> {
  const [beside, body] = [besideBody(request), await partsOf(request.body)];
  const isOrganization = ({ name }: SentPart) => ORGANIZATION_REGEXP.test(name);
  const members = [
    ...beside.filter((part) => !isOrganization(part)).map((part) => memberOf(part, undefined)),
    ...body.map((part) => memberOf(part, present)),
  ];
  const same = members.filter(({ lines }) => lines.length === 0).map(({ name }) => name);
  return {
    isCompared: members.some(({ isCompared }) => isCompared),
    lines: [
      ...fitted(members.filter(({ lines }) => lines.length > 0)),
      ...(same.length === 0 ? [] : [`unchanged: ${namesText(same)}`]),
    ],
    notSent: leftOut(endpoint, body, present),
    organizations: [...beside, ...body].filter(isOrganization).flatMap((part) =>
      "value" in part && typeof part.value === "string" ? [`Organization: ${quoted(part.value, MAX_ID)}`] : []
    ),
  };
}
