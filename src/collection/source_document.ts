/**
 * One file's parsed content, with what all readers of its parts need.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import { Checker, type Fields } from "./check.ts";
import type { Facts, Schema } from "./endpoint.ts";
import { followPointer } from "./pointer.ts";
import { referenceFault } from "./resolve.ts";
import { copySchema } from "./schema_copy.ts";

const MAX_HOPS = 32;

/** How a file is read. */
export interface ReadOptions {
  /** The prefix of its tools; empty by default. */
  readonly namespace?: string;
  /**
   * The file is this program's own: schemas and facts are taken as they are, without a copy and without a look at the
   * references, and problems are told without their whole place. It saves most of the reading time.
   */
  readonly trusted?: boolean;
}

function isTrustedSchema(value: unknown): value is Schema {
  return isRecord(value);
}

function areTrustedFacts(value: unknown): value is Facts {
  return isRecord(value);
}

function areTrustedSchemas(value: unknown): value is Record<string, Schema> {
  return isRecord(value);
}

/** A parsed file: its root, its named schemas and its problems. */
export class SourceDocument {
  /** The root of the file. */
  readonly root: Fields;
  /** Collects what is wrong with it. */
  readonly check: Checker;
  readonly #trusted: boolean;
  readonly #refs = new Map<string, string>();

  /**
   * Begins the reading of a file.
   *
   * @param root The root of the file.
   * @param source The file's name, for messages.
   * @param trusted See {@linkcode ReadOptions.trusted}.
   */
  constructor(root: Fields, source: string, trusted = false) {
    this.root = root;
    this.check = new Checker(source);
    this.#trusted = trusted;
  }

  /**
   * Names a place in the file.
   *
   * @param at The place of the holder.
   * @param name The member's name.
   * @param index The position in the member, if it is an array.
   * @returns The place; empty in a trusted file, where a thousand of them would be made for nobody.
   */
  place(at: string, name: string, index?: number): string {
    if (this.#trusted) return "";
    return index === undefined ? at + name : `${at}${name}[${index}]`;
  }

  /**
   * Reads the facts of a trusted file.
   *
   * @param value What the file has there.
   * @returns The facts, or `undefined` when they must be read with care.
   */
  trustedFacts(value: unknown): Facts | undefined {
    return this.#trusted && areTrustedFacts(value) ? value : undefined;
  }

  /**
   * Reads a schema.
   *
   * @param value What the file has there.
   * @param place Where it is, for messages.
   * @returns The schema; an empty one where the file has none.
   */
  schema(value: unknown, place: string): Schema {
    if (value === undefined || value === null) return {};
    if (this.#trusted && isTrustedSchema(value)) return value;
    return copySchema(value, place, { check: this.check, refs: this.#refs });
  }

  /**
   * Reads named schemas.
   *
   * @param holder What has them as its member `schemas`.
   * @param at Where the holder is.
   * @returns The schemas by name.
   */
  schemas(holder: Fields, at: string): Record<string, Schema> {
    const named = this.check.record(holder.schemas, at, "schemas") ?? {};
    if (this.#trusted && areTrustedSchemas(named)) return named;
    return Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, this.schema(value, `${at}schemas.${name}`)]),
    );
  }

  /**
   * Reads an object that may be written as a reference to another place of the file.
   *
   * @param value What the file has there.
   * @param place Where it is, for messages.
   * @returns The object that is meant, or `undefined` after noting a problem.
   */
  object(value: unknown, place: string): Fields | undefined {
    if (isRecord(value) && value.$ref === undefined) return value;
    let current = value;
    for (let hops = 0; hops <= MAX_HOPS; hops++) {
      if (!isRecord(current)) {
        this.check.expected(place, "an object", current);
        return undefined;
      }
      const ref = current.$ref;
      if (typeof ref !== "string") return current;
      const found = ref.startsWith("#/") ? followPointer(this.root, ref.slice(2)) : undefined;
      if (found === undefined) {
        this.check.expected(`${place}.$ref`, "a place in the same file", ref);
        return undefined;
      }
      current = found;
    }
    this.check.problem(`${place}.$ref`, "expected an object, got references in a circle");
    return undefined;
  }

  /**
   * Ends the reading.
   *
   * @param schemas The named schemas that the file's references must lead to.
   * @throws {UsageError} If the file has a problem.
   */
  finish(schemas: Readonly<Record<string, Schema>>): void {
    for (const [ref, place] of this.#refs) {
      const fault = referenceFault(ref, schemas);
      if (fault !== undefined) this.check.problem(place, fault);
    }
    this.check.finish();
  }
}
