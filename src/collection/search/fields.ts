/**
 * The texts of an endpoint by which it is found.
 *
 * @module
 */

import type { Endpoint, Schema } from "../endpoint.ts";
import type { Speech } from "./speech.ts";

/** The fields in which endpoints are searched. */
export type FieldName =
  | "title"
  | "feature"
  | "path"
  | "purpose"
  | "parameters"
  | "members"
  | "answers"
  | "notes"
  | "everyday"
  | "sayings";

/** An endpoint's texts by field. */
export type FieldTexts = Readonly<Record<FieldName, readonly string[]>>;

const MOST_DEPTH = 6;
const MOST_TEXTS = 250;

/** Words of paths that stand in every other path. */
const PATH_FILLER = new Set(["telephony", "config", "features", "settings", "actions", "invoke", "v1", "v2", "api"]);

/** Sentences of the descriptions that say the same of many endpoints, or repeat what another field has. */
const BOILERPLATE_REGEXP =
  /(?:^|\s)(?:Scope|Admin role|Role|Pages of|Filters|Starts a job|Lists sent replace|Deletes for good|Deprecated|Replaces the greeting that is there|Changes only|Takes no PIN)\b[^.]*(?:\.(?!\s)[^.]*)*\.?/g;

const RETURNS_REGEXP = /(?:^|\s)Returns\b[^.]*\.?/g;

/**
 * The part of a description that tells what the endpoint is for.
 *
 * @param description The description.
 * @returns Its own sentences, without those of scope, role, paging and effects.
 */
export function purposeOf(description: string): string {
  return description.replace(BOILERPLATE_REGEXP, " ").replace(RETURNS_REGEXP, " ").trim();
}

/** Collects names and descriptions out of schemas. */
class SchemaTexts {
  readonly names: string[] = [];
  readonly notes: string[] = [];
  readonly #seen = new Set<Schema>();

  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  add(schema: Schema | undefined, depth = 0): void {
    if (schema === undefined || depth > MOST_DEPTH || this.names.length > MOST_TEXTS) return;
    if (schema.$ref !== undefined) {
      const name = schema.$ref.replace("#/schemas/", "");
      if (Object.hasOwn(this.schemas, name)) this.#inner(this.schemas[name], depth);
      return;
    }
    this.#inner(schema, depth);
  }

  #inner(schema: Schema | undefined, depth: number): void {
    if (schema === undefined || this.#seen.has(schema)) return;
    this.#seen.add(schema);
    if (schema.description !== undefined) this.notes.push(schema.description);
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      this.names.push(name);
      this.add(member, depth + 1);
    }
    this.add(schema.items, depth + 1);
    for (const part of [...schema.allOf ?? [], ...schema.anyOf ?? [], ...schema.oneOf ?? []]) this.add(part, depth + 1);
    for (const value of schema.enum ?? []) if (typeof value === "string") this.notes.push(value);
  }
}

/** A path without what stands in braces. What it ends with is what it is about, and is said twice. */
function pathText(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.startsWith("{"));
  const telling = segments.filter((segment) => !PATH_FILLER.has(segment));
  return [...telling, telling.at(-1) ?? ""].join(" ");
}

/**
 * Collects an endpoint's texts.
 *
 * @param endpoint The endpoint.
 * @param aliases Other names of its feature.
 * @param speech How people speak of it.
 * @returns The texts of each field.
 */
export function fieldTexts(endpoint: Endpoint, aliases: readonly string[], speech: Speech | undefined): FieldTexts {
  const { title, feature, path, description, parameters, body, responses, schemas } = endpoint;
  const sent = new SchemaTexts(schemas);
  sent.add(body?.schema);
  const got = new SchemaTexts(schemas);
  for (const [status, response] of Object.entries(responses)) if (status.startsWith("2")) got.add(response.schema);
  const queried = parameters.filter((parameter) => parameter.in !== "path" && parameter.name !== "orgId");
  const notes = [...sent.notes, ...queried.map((parameter) => parameter.description ?? "")];
  return {
    title: [title],
    feature: [feature, ...aliases],
    path: [pathText(path)],
    purpose: [purposeOf(description)],
    everyday: speech?.phrases(endpoint) ?? [],
    sayings: speech?.sayings(endpoint) ?? [],
    parameters: queried.map(({ name }) => name),
    members: sent.names,
    answers: got.names,
    notes: notes.slice(0, MOST_TEXTS),
  };
}
