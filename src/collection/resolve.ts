/**
 * Follows the `$ref`s of schemas.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { describe } from "./check.ts";
import type { Schema } from "./endpoint.ts";
import { pointerSteps } from "./pointer.ts";

const PREFIX_REGEXP = /^#\/(?:components\/)?schemas\//;
const MAX_HOPS = 32;

/** Named schemas. */
export type Schemas = Readonly<Record<string, Schema>>;

function own(schemas: Schemas | undefined, name: string): Schema | undefined {
  return schemas !== undefined && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
}

/** Follows steps that lead from one schema to another; a step to anything else than a schema leads nowhere. */
function inside(schema: Schema, steps: Iterator<string>): Schema | undefined {
  let current: Schema | undefined = schema;
  for (let step = steps.next(); !step.done && current !== undefined; step = steps.next()) {
    const keyword: string = step.value;
    if (keyword === "items") current = current.items;
    else if (keyword === "additionalProperties") {
      current = typeof current.additionalProperties === "object" ? current.additionalProperties : undefined;
    } else {
      const key = steps.next();
      if (key.done) return undefined;
      if (keyword === "properties") current = own(current.properties, key.value);
      else if (keyword === "allOf" || keyword === "anyOf" || keyword === "oneOf") {
        current = current[keyword]?.[Number(key.value)];
      } else return undefined;
    }
  }
  return current;
}

function target(ref: string, schemas: Schemas): Schema | undefined {
  const pointer = ref.replace(PREFIX_REGEXP, "");
  if (pointer === ref) return undefined;
  const named = own(schemas, pointer);
  if (named !== undefined) return named;
  const [name = "", ...steps] = pointerSteps(pointer);
  const schema = own(schemas, name);
  return schema === undefined ? undefined : inside(schema, steps.values());
}

/** A reference that leads nowhere. */
interface Fault {
  readonly ref: string;
  readonly reason: string;
}

function follow(schema: Schema, schemas: Schemas): { readonly found: Schema } | Fault {
  let current = schema;
  for (let hops = 0; current.$ref !== undefined; hops++) {
    const ref = current.$ref;
    if (hops === MAX_HOPS) return { ref, reason: "expected a schema, got references in a circle" };
    const next = target(ref, schemas);
    if (next === undefined) {
      return { ref, reason: `expected the name of a schema in the same file, got ${describe(ref)}` };
    }
    current = next;
  }
  return { found: current };
}

/**
 * Tells what is wrong with a reference.
 *
 * @param ref The reference.
 * @param schemas The named schemas, by name.
 * @returns What was expected instead, or `undefined` when {@linkcode resolveSchema} can follow it.
 */
export function referenceFault(ref: string, schemas: Schemas): string | undefined {
  const result = follow({ $ref: ref }, schemas);
  return "found" in result ? undefined : result.reason;
}

/**
 * Follows a schema's `$ref`, and that of its target, to a schema without one.
 *
 * A reference is `#/schemas/Name` or, as OpenAPI writes it, `#/components/schemas/Name`; it can go on into the named
 * schema (`…/Name/properties/id`). Members beside a `$ref` do not come along; read a `description` there before.
 *
 * @param schema Any schema; one without `$ref` is answered itself.
 * @param schemas The named schemas, by name.
 * @returns The schema that is meant, shared and not copied. Its parts can have `$ref`s, also back to itself.
 * @throws {UsageError} If a name is unknown, or the references lead in a circle.
 */
export function resolveSchema(schema: Schema, schemas: Schemas): Schema {
  if (schema.$ref === undefined) return schema;
  const result = follow(schema, schemas);
  if ("found" in result) return result.found;
  throw new UsageError(`Cannot resolve "$ref" ${describe(result.ref)}: ${result.reason}`, {
    code: "bad_reference",
  });
}
