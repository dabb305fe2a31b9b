/**
 * Reads the object that a change is about, so that a person can be told what it is and not only its id.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { CallContext } from "../../core/context.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { isSecretName } from "../../core/redaction.ts";
import { readArguments, readToolFor } from "../../webex/errors/read_tool.ts";
import { itemsOf } from "../results/answer_result.ts";
import type { ToolResult } from "../results/result.ts";

/** What is known of the object, as Webex told it just now. */
export interface Subject {
  /** Its name, number or address: at most 80 visible characters. */
  readonly name?: string;
  /** Of a collection: how many things are in it. */
  readonly count?: number;
  /** Of a collection: the names of the first few. */
  readonly names?: readonly string[];
  /** For a replacement: which members change, `[now, then]`, as text. */
  readonly changes?: Readonly<Record<string, readonly [now: string, then: string]>>;
  /** Why nothing could be read. */
  readonly problem?: string;
}

/** Reads with an endpoint. */
export type ReadBack = (endpoint: Endpoint, args: JsonObject, context: CallContext) => Promise<ToolResult>;

/** What reads subjects. */
export interface SubjectOptions {
  /** All endpoints that reading back may use. */
  readonly endpoints: () => Promise<readonly Endpoint[]>;
  readonly read: ReadBack;
}

/** What tells one object from another, the best first. */
const NAME_MEMBERS = [
  "displayName",
  "name",
  "label",
  "title",
  "phoneNumber",
  "number",
  "extension",
  "mac",
  "description",
];

const MAX_NAME = 80;
const MAX_VALUE = 60;
const MAX_NAMES = 5;
const MAX_CHANGES = 12;

/** Runs of what cannot be seen: controls, line breaks, blanks of any width. */
const INVISIBLE_REGEXP = /[\p{C}\p{Z}]+/gu;

/** Names come from Webex and go before a person's eyes: no line break may make one look like a sentence of ours. */
function visible(text: string, max: number): string {
  const plain = [...text.slice(0, 4 * max).replace(INVISIBLE_REGEXP, " ").trim()];
  return plain.length > max ? `${plain.slice(0, max - 1).join("")}…` : plain.join("");
}

function textIn(value: Json | undefined): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" ? visible(text, MAX_NAME) : undefined;
}

function nameOf(value: Json): string | undefined {
  if (!isJsonObject(value)) return undefined;
  for (const member of NAME_MEMBERS) {
    const text = textIn(value[member]);
    if (text !== undefined) return text;
  }
  const full = textIn(`${textIn(value.firstName) ?? ""} ${textIn(value.lastName) ?? ""}`);
  return full ?? (Array.isArray(value.emails) ? textIn(value.emails[0]) : undefined);
}

/** The id of the object itself: the last one in the path. */
function ownId(endpoint: Endpoint, args: JsonObject): Json | undefined {
  const last = argumentsOf(endpoint).findLast(({ place }) => place === "path");
  return last === undefined || !/\}\/*$/.test(endpoint.path) ? undefined : args[last.name];
}

function shown(value: Json | undefined): string {
  return value === undefined ? "(not set)" : visible(JSON.stringify(value), MAX_VALUE);
}

function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The members of the body whose values differ from what is there. */
function changesOf(endpoint: Endpoint, args: JsonObject, body: JsonObject): Subject["changes"] {
  const members = argumentsOf(endpoint).filter(({ place }) => place === "field");
  const changed = members.filter(({ name, key }) => args[name] !== undefined && !isEqual(args[name], body[key]));
  return Object.fromEntries(
    changed.slice(0, MAX_CHANGES).map(({ name, key }) => [
      name,
      isSecretName(name) ? ["(hidden)", "(hidden)"] : [shown(body[key]), shown(args[name])],
    ]),
  );
}

function isSame(a: Endpoint, b: Endpoint): boolean {
  const plain = ({ path }: Endpoint) => path.replace(/\{[^}]*\}/g, "{}").replace(/\/+$/, "");
  return plain(a) === plain(b);
}

function subjectIn(endpoint: Endpoint, read: Endpoint, args: JsonObject, body: Json): Subject {
  const items = itemsOf(read, body);
  if (items !== undefined) {
    const id = ownId(endpoint, args);
    const own = id === undefined ? undefined : items.find((item) => isJsonObject(item) && item.id === id);
    const name = own === undefined ? undefined : nameOf(own);
    if (name !== undefined) return { name };
    if (!isSame(endpoint, read)) return {};
    const names = items.slice(0, MAX_NAMES).map(nameOf).filter((text) => text !== undefined);
    return { count: items.length, ...(names.length === 0 ? {} : { names }) };
  }
  if (!isJsonObject(body)) return {};
  const name = nameOf(body);
  const isChange = (endpoint.method === "PUT" || endpoint.method === "PATCH") && isSame(endpoint, read);
  const changes = isChange ? changesOf(endpoint, args, body) : undefined;
  return {
    ...(name === undefined ? {} : { name }),
    ...(changes === undefined || Object.keys(changes).length === 0 ? {} : { changes }),
  };
}

function problemOf({ value }: ToolResult): string {
  const { status_code: status, error } = value;
  const message = isJsonObject(error) && typeof error.message === "string" ? visible(error.message, MAX_NAME) : "";
  return typeof status === "number" ? `Webex answered ${status}: ${message}` : message;
}

/**
 * Reads what a change is about.
 *
 * @param endpoint The change.
 * @param args Its arguments, checked.
 * @param options How to read.
 * @param context The call's limits.
 * @returns What is known; a problem where the object cannot be read, which is no reason to ask nobody.
 */
export async function readSubject(
  endpoint: Endpoint,
  args: JsonObject,
  { endpoints, read }: SubjectOptions,
  context: CallContext,
): Promise<Subject> {
  const source = readToolFor(endpoint, await endpoints());
  if (source === undefined) return {};
  const own = readArguments(args, source);
  const isComplete = argumentsOf(source).every(({ name, required }) => !required || own[name] !== undefined);
  if (!isComplete) return {};
  const result = await read(source, own, context);
  if (result.isError) return { problem: problemOf(result) };
  return subjectIn(endpoint, source, args, result.value.body ?? null);
}
