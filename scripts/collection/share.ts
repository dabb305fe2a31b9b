/**
 * Moves schema parts that occur more than once into one place, so that the file stays small.
 *
 * @module
 */

import type { Schema } from "../../src/collection/endpoint.ts";
import { componentNames } from "./schema.ts";

/** Shorter parts cost less in place than a reference does. */
const MIN_LENGTH = 150;

interface Part {
  count: number;
  name: string;
}

function children(schema: Schema): [string, Schema][] {
  const own: [string, Schema][] = Object.entries(schema.properties ?? {});
  return schema.items === undefined ? own : [...own, ["", schema.items]];
}

function pascal(text: string): string {
  return text.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Collects the parts of many schemas and replaces those that repeat by references. */
export class SharedSchemas {
  readonly #parts = new Map<string, Part>();
  readonly #names = new Map<string, string>();

  /**
   * Counts a schema's parts; call it for all schemas before {@linkcode reduce}.
   *
   * @param schema A schema free of references.
   * @param hint What to call it when nothing better is known.
   */
  count(schema: Schema, hint: string): void {
    const text = JSON.stringify(schema);
    if (text.length < MIN_LENGTH) return;
    const part = this.#parts.get(text) ?? { count: 0, name: componentNames.get(schema) ?? pascal(hint) };
    part.count++;
    this.#parts.set(text, part);
    // A part that is shared as a whole need not share its own parts for its further occurrences.
    if (part.count === 1) {
      for (const [name, child] of children(schema)) this.count(child, name === "" ? `${hint}Item` : name);
    }
  }

  /**
   * Replaces the parts that occur more than once.
   *
   * @param schema A schema that was counted.
   * @returns The schema, or a reference to `#/schemas/Name`.
   */
  reduce(schema: Schema): Schema {
    const text = JSON.stringify(schema);
    const part = this.#parts.get(text);
    if (part === undefined || part.count < 2) return this.#inner(schema);
    return { $ref: `#/schemas/${this.#nameOf(text, part.name)}` };
  }

  /** All shared parts by name, sorted. */
  schemas(): Record<string, Schema> {
    const shared: Record<string, Schema> = {};
    const done = new Set<string>();
    // Reducing a part can name further parts.
    while (done.size < this.#names.size) {
      for (const [text, name] of [...this.#names]) {
        if (done.has(text)) continue;
        done.add(text);
        const schema: Schema = JSON.parse(text);
        shared[name] = this.#inner(schema);
      }
    }
    return Object.fromEntries(Object.entries(shared).sort(([a], [b]) => a < b ? -1 : 1));
  }

  #inner(schema: Schema): Schema {
    const copy: Schema = { ...schema };
    if (schema.properties !== undefined) {
      copy.properties = Object.fromEntries(
        Object.entries(schema.properties).map(([name, child]) => [name, this.reduce(child)]),
      );
    }
    if (schema.items !== undefined) copy.items = this.reduce(schema.items);
    return copy;
  }

  #nameOf(text: string, hint: string): string {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    let name = hint || "Part";
    for (let number = 2; taken.has(name); number++) name = `${hint}${number}`;
    this.#names.set(text, name);
    return name;
  }
}
