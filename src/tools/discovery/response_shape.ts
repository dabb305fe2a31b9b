/**
 * Writes the shape of a tool's answers in few words, after the manner of TypeScript's types.
 *
 * @module
 */

import type { Endpoint, ResponseShape, Schema } from "../../collection/endpoint.ts";
import { resolveSchema } from "../../collection/resolve.ts";
import type { Json } from "../../core/json.ts";

type Schemas = Endpoint["schemas"];

/** An object whose members are still to be shown, or are shown. */
interface ObjectNode {
  readonly schema: Schema;
  readonly path: readonly Schema[];
  shown?: readonly (readonly [string, Node])[];
  /** How many members are left out. */
  hidden: number;
}

/** A part of a shape; `suffix` closes what `prefix` opens around the object in it. */
interface Node {
  readonly prefix: string;
  readonly object?: ObjectNode;
  readonly suffix: string;
}

/** The most members of one answer, and the most characters. */
const MAX_LEAVES = 60;
const MAX_CHARACTERS = 1_500;
/** Of a long list of values, so many are shown. */
const MAX_VALUES = 8;
const MAX_VALUES_TEXT = 120;
const MAX_DEPTH = 12;
const MAX_NAME = 60;

const IDENTIFIER_REGEXP = /^[A-Za-z_$][\w$]*$/;

function nameText(name: string): string {
  const short = name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).replace(/[\ud800-\udbff]$/, "")}…` : name;
  return IDENTIFIER_REGEXP.test(short) ? short : `'${short}'`;
}

function valuesText(values: readonly Json[]): string {
  const texts = values.map((value) => typeof value === "string" ? value : JSON.stringify(value));
  let shown = texts.slice(0, MAX_VALUES);
  while (shown.length > 1 && shown.join("|").length > MAX_VALUES_TEXT) shown = shown.slice(0, -1);
  const text = shown.join("|").slice(0, MAX_VALUES_TEXT);
  return shown.length < texts.length ? `${text}|…` : text;
}

/** Brings the members of all parts together; of several choices, all members can come. */
function membersOf(schema: Schema, schemas: Schemas, seen = new Set<Schema>()): ReadonlyMap<string, Schema> {
  const members = new Map(Object.entries(schema.properties ?? {}));
  if (seen.has(schema)) return members;
  seen.add(schema);
  for (const part of [...schema.allOf ?? [], ...schema.oneOf ?? [], ...schema.anyOf ?? []]) {
    for (const [name, member] of membersOf(resolveSchema(part, schemas), schemas, seen)) {
      if (!members.has(name)) members.set(name, member);
    }
  }
  return members;
}

function scalarText(schema: Schema): string {
  if (schema.const !== undefined) return valuesText([schema.const]);
  if (schema.enum !== undefined) return valuesText(schema.enum);
  const types = schema.type === undefined ? [] : [schema.type].flat();
  const known = types.filter((type) => type !== "null");
  return known.length === 0 ? "any" : known.join("|");
}

/** Writes the shapes of one endpoint's answers within a budget that they share. */
class Writer {
  #leaves = MAX_LEAVES;
  #characters = MAX_CHARACTERS;
  readonly #waiting: ObjectNode[] = [];

  constructor(readonly schemas: Schemas) {}

  /** Objects are opened level by level, so that what lies deep is left out first. */
  write(schema: Schema): string {
    const root = this.#node(schema, []);
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#open(next);
    return this.#text(root);
  }

  #node(schema: Schema, path: readonly Schema[], depth = 0): Node {
    const own = resolveSchema(schema, this.schemas);
    const recursive = path.includes(own) || path.length > MAX_DEPTH || depth > MAX_DEPTH;
    if (!recursive && own.items !== undefined) {
      const { prefix, object, suffix } = this.#node(own.items, path, depth + 1);
      return { prefix: `[${prefix}`, ...(object === undefined ? {} : { object }), suffix: `${suffix}]` };
    }
    const members = membersOf(own, this.schemas);
    if (members.size > 0) {
      const object: ObjectNode = { schema: own, path: [...path, own], hidden: members.size };
      if (!recursive) this.#waiting.push(object);
      return { prefix: "", object, suffix: "" };
    }
    if (!recursive && typeof own.additionalProperties === "object") {
      const { prefix, object, suffix } = this.#node(own.additionalProperties, path, depth + 1);
      return { prefix: `{[key]: ${prefix}`, ...(object === undefined ? {} : { object }), suffix: `${suffix}}` };
    }
    const only = [own.oneOf, own.anyOf, own.allOf].flatMap((parts) => parts ?? [])[0];
    if (!recursive && own.type === undefined && only !== undefined) return this.#node(only, path, depth + 1);
    return { prefix: own.items === undefined ? scalarText(own) : "[…]", suffix: "" };
  }

  #open(object: ObjectNode): void {
    const shown: (readonly [string, Node])[] = [];
    for (const [name, member] of membersOf(object.schema, this.schemas)) {
      if (this.#leaves <= 0 || this.#characters <= 0) break;
      const node = this.#node(member, object.path);
      this.#leaves--;
      this.#characters -= nameText(name).length + node.prefix.length + node.suffix.length + ": , {…}".length;
      shown.push([nameText(name), node]);
      object.hidden--;
    }
    if (shown.length > 0) object.shown = shown;
  }

  #text({ prefix, object, suffix }: Node): string {
    if (object === undefined) return prefix + suffix;
    const { shown, hidden } = object;
    if (shown === undefined) return `${prefix}{… ${hidden === 1 ? "1 member" : `${hidden} members`}}${suffix}`;
    const parts = shown.map(([name, node]) => `${name}: ${this.#text(node)}`);
    if (hidden > 0) parts.push(`… ${hidden} more`);
    return `${prefix}{${parts.join(", ")}}${suffix}`;
  }
}

function answerText({ contentType, schema }: ResponseShape, schemas: Schemas): string {
  if (contentType === undefined) return "no body";
  if (schema === undefined || !/json/i.test(contentType)) return contentType;
  return new Writer(schemas).write(schema);
}

/**
 * Writes the shape of every documented 2xx answer.
 *
 * @param endpoint The endpoint.
 * @returns By status code, such as `{items: [{id: string, type: work|mobile}]}`; `no body` where none comes. Large ones
 * are cut at 60 members or about 1,500 characters, and say how many members are left out.
 */
export function responseShapesOf({ responses, schemas }: Endpoint): Record<string, string> {
  const successes = Object.entries(responses).filter(([status]) => /^2/.test(status));
  const shown = successes.length > 0 ? successes : Object.entries(responses).filter(([status]) => status === "default");
  return Object.fromEntries(shown.map(([status, shape]) => [status, answerText(shape, schemas)]));
}
