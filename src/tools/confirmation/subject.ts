/**
 * Reads the object that a change is about, so that a person can be told what it is and not only its id.
 *
 * @module
 */

import { argumentsOf, objectMembers } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { Clock } from "../../core/clock.ts";
import { beginCall, type CallContext } from "../../core/context.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { readArguments, readToolFor } from "../../webex/errors/read_tool.ts";
import { itemsOf } from "../results/answer_result.ts";
import type { ToolResult } from "../results/result.ts";
import { endsInId, keyOf, type NamedId, namedIdsOf } from "./named_ids.ts";
import { nameOf } from "./object_name.ts";
import type { Present } from "./sent_lines.ts";

/** What else an id of the call means. */
export interface Beside {
  /** For example `Location`. */
  readonly label: string;
  readonly name?: string;
  /** Why it could not be read. */
  readonly problem?: string;
}

/** What is known of the object, as Webex told it just now. */
export interface Subject {
  /** Its name, number or address: at most 80 visible characters. */
  readonly name?: string;
  /** Of a collection: how many things are in it. */
  readonly count?: number;
  /** The collection holds more than were counted. */
  readonly isPartial?: boolean;
  /** Of a collection: the names of the first few. */
  readonly names?: readonly string[];
  /** Why nothing could be read of it. */
  readonly problem?: string;
  /** What it belongs to, and whom else the call names. */
  readonly beside: readonly Beside[];
  /** For a replacement: what is there now. It may hold secrets. */
  readonly present?: Present;
}

/** Reads with an endpoint. */
export type ReadBack = (endpoint: Endpoint, args: JsonObject, context: CallContext) => Promise<ToolResult>;

/** What reads subjects. */
export interface SubjectOptions {
  /**
   * Gives the endpoints that reading back may use: those of the collection that the change is from, since another one tells
   * of another system. The same array each time.
   */
  readonly endpoints: (endpoint: Endpoint) => Promise<readonly Endpoint[]>;
  readonly read: ReadBack;
  readonly clock: Clock;
}

/** A question must not take up the time of its call, in milliseconds. */
const READ_MS = 5_000;
/** The object, and what it belongs to. */
const MAX_READS = 2;
const MAX_NAMES = 5;

/** A read, and what to call it with. */
interface Source {
  readonly read: Endpoint;
  readonly args: JsonObject;
}

/** What the object itself tells. */
type Own = Omit<Subject, "beside">;

const NO_ANSWER = "no answer";

/** What a read answered, or why it didn't. */
type Answer = { readonly value: JsonObject } | { readonly problem: string };

/** The last id in a path is the object's own. */
function ownId(endpoint: Endpoint, args: JsonObject): Json | undefined {
  const last = argumentsOf(endpoint).findLast(({ place }) => place === "path");
  return last === undefined || !endsInId(endpoint.path) ? undefined : args[last.name];
}

function isSame(a: Endpoint, b: Endpoint): boolean {
  return keyOf(a.path) === keyOf(b.path);
}

/** All of a collection goes, unless the call says which of it. */
function isWhole(endpoint: Endpoint, args: JsonObject): boolean {
  const isPicked = argumentsOf(endpoint).some(({ name, place }) => place === "field" && Array.isArray(args[name]));
  return endpoint.method === "DELETE" && !endsInId(endpoint.path) && !isPicked;
}

/** What a change replaces or deletes can be read; of what it starts or adds there is nothing to tell. */
function ownSource(endpoint: Endpoint, args: JsonObject, endpoints: readonly Endpoint[]): Source | undefined {
  const read = readToolFor(endpoint, endpoints);
  if (read === undefined) return undefined;
  const isReplaced = endpoint.method === "PUT" || endpoint.method === "PATCH";
  const isOwn = endsInId(endpoint.path) || (isSame(endpoint, read) && (isReplaced || isWhole(endpoint, args)));
  const own = readArguments(args, read);
  const isComplete = argumentsOf(read).every(({ name, required }) => !required || own[name] !== undefined);
  return isOwn && isComplete ? { read, args: own } : undefined;
}

function presentIn({ method }: Endpoint, read: Endpoint, value: JsonObject): Present | undefined {
  const { body, complete } = value;
  if ((method !== "PUT" && method !== "PATCH") || !isJsonObject(body) || complete === false) return undefined;
  const { schema } = read.responses["200"] ?? {};
  const members = schema === undefined ? undefined : objectMembers(schema, read.schemas);
  return { body, documented: new Set(Object.keys(members?.properties ?? {})) };
}

function itemWith(id: Json, body: Json): Json | undefined {
  const lists = isJsonObject(body) ? Object.values(body).filter(Array.isArray) : [];
  return lists.flat().find((item) => isJsonObject(item) && item.id === id);
}

function collectionIn(read: Endpoint, { body, complete }: JsonObject): Partial<Subject> {
  const items = itemsOf(read, body ?? null);
  if (items === undefined) return {};
  const names = items.slice(0, MAX_NAMES).map(nameOf).filter((text) => text !== undefined);
  return {
    count: items.length,
    ...(complete === false ? { isPartial: true } : {}),
    ...(names.length === 0 ? {} : { names }),
  };
}

/** What the object's own read tells. */
function ownIn(endpoint: Endpoint, args: JsonObject, { read, args: asked }: Source, answer: Answer): Own {
  if ("problem" in answer) return answer;
  const { value } = answer;
  const id = ownId(endpoint, args);
  const name = id === undefined ? undefined : nameOf(
    // What is read may as well be what the object is a part of.
    id === ownId(read, asked) ? value.body : itemWith(id, value.body ?? null),
  );
  const present = isSame(endpoint, read) ? presentIn(endpoint, read, value) : undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(isWhole(endpoint, args) ? collectionIn(read, value) : {}),
    ...(present === undefined ? {} : { present }),
  };
}

/** A message of Webex's repeats what the caller sent, so only the status is told. */
function answerOf({ isError, value }: ToolResult): Answer {
  if (!isError) return { value };
  const status = value.status_code;
  return { problem: typeof status === "number" ? `Webex answered ${status}` : NO_ANSWER };
}

function besideOf({ label }: NamedId, answer: Answer): Beside[] {
  if ("problem" in answer) return [{ label, problem: answer.problem }];
  const name = nameOf(answer.value.body);
  return name === undefined ? [] : [{ label, name }];
}

/** Whether the title speaks of what is known by this label. */
function isMeant({ title }: Endpoint, label: string): boolean {
  const noun = label.toLowerCase().split(" ").at(-1) ?? "";
  const words = noun === "person" ? ["person", "people", "user"] : [noun];
  return words.some((word) => title.toLowerCase().includes(word));
}

/** A setting or an action has no name of its own: whose it is stands for it. What is created belongs to nobody yet. */
function standsFor(endpoint: Endpoint, { label, inPath }: NamedId): boolean {
  if (endsInId(endpoint.path)) return false;
  const isOf = inPath && (endpoint.method !== "POST" || endpoint.path.includes("/actions/"));
  return isOf || isMeant(endpoint, label);
}

/** Several ids can mean one object. */
function distinct(named: readonly NamedId[]): NamedId[] {
  const byRead = new Map(named.toReversed().map((one) => [`${one.read.tool} ${JSON.stringify(one.args)}`, one]));
  return [...byRead.values()].toReversed();
}

/** Puts the first of what the ids mean in the place of a name, where it stands for it. */
function assigned(endpoint: Endpoint, own: Own, named: readonly NamedId[], told: readonly Beside[][]): Subject {
  const [first] = named;
  // A collection is told by what is in it.
  if (first === undefined || own.count !== undefined || !standsFor(endpoint, first)) {
    return { ...own, beside: told.flat() };
  }
  const [[holder] = [], ...others] = told;
  return {
    ...own,
    ...(holder?.name === undefined ? {} : { name: holder.name }),
    ...(holder?.problem === undefined ? {} : { problem: holder.problem }),
    beside: others.flat(),
  };
}

/**
 * Reads what a change is about: the object itself, and what it belongs to, or else what the ids of the call mean.
 *
 * @param endpoint The change.
 * @param args Its arguments, checked.
 * @param options How to read.
 * @param context The call's limits; reading takes at most five seconds of them, and leaves no trace in them.
 * @returns What is known; a problem where the object cannot be read, which is no reason to ask nobody.
 */
export async function readSubject(
  endpoint: Endpoint,
  args: JsonObject,
  { endpoints: endpointsOf, read, clock }: SubjectOptions,
  context: CallContext,
): Promise<Subject> {
  const endpoints = await endpointsOf(endpoint);
  const own = ownSource(endpoint, args, endpoints);
  const named = distinct(namedIdsOf(endpoint, args, endpoints)).slice(0, MAX_READS - (own === undefined ? 0 : 1));
  const deadlineMs = Math.min(READ_MS, context.deadline - clock.monotonic());
  using limited = beginCall({ clock, deadlineMs, signal: context.signal, progress: context.progress });
  const answers = await Promise.all(
    [...(own === undefined ? [] : [own]), ...named].map((one) => read(one.read, one.args, limited).then(answerOf)),
  );
  const object = own === undefined ? undefined : answers.shift();
  const told = named.map((one, index) => besideOf(one, answers[index] ?? { problem: NO_ANSWER }));
  return assigned(
    endpoint,
    own === undefined || object === undefined ? {} : ownIn(endpoint, args, own, object),
    named,
    told,
  );
}
