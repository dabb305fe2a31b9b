/**
 * The lean form of tool definitions, for clients that pay for every token of a thousand tools.
 *
 * Every argument and every nested field stays, with type, enum and required mark. Left out is what a client can do
 * without: nested descriptions, those of optional arguments and of ids in the path, defaults, lower bounds, hints that
 * equal the protocol's defaults. What is sent is still checked against the complete schema.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { scopeText } from "../../collection/scopes.ts";
import { isRecord } from "../../core/json.ts";
import { type Annotations, type ListedTool, shortened, type ToolDefinition } from "./definition.ts";
import type { InputSchema, ObjectSchema, PlainSchema } from "./input_schema.ts";

const LEFT_OUT = new Set(["description", "default", "minimum", "minLength", "minItems"]);

function bare(schema: PlainSchema): PlainSchema {
  const lean: PlainSchema = {};
  for (const [keyword, value] of Object.entries(schema)) if (!LEFT_OUT.has(keyword)) lean[keyword] = value;
  if (schema.properties !== undefined) {
    lean.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, bare(inner)]));
  }
  if (schema.items !== undefined) lean.items = bare(schema.items);
  if (schema.anyOf !== undefined) lean.anyOf = schema.anyOf.map(bare);
  if (isRecord(schema.additionalProperties)) lean.additionalProperties = bare(schema.additionalProperties);
  return lean;
}

function compactSchema(endpoint: Endpoint, { properties, required }: InputSchema): ObjectSchema {
  const lean: Record<string, PlainSchema> = {};
  for (const { name, place, required: needed } of argumentsOf(endpoint)) {
    const full = properties[name];
    if (full === undefined) continue;
    lean[name] = bare(full);
    if (needed && place !== "path" && full.description !== undefined) lean[name].description = full.description;
  }
  return { type: "object", properties: lean, ...(required === undefined ? {} : { required }) };
}

/** A scope is known by its form, `spark-admin:people_read`, without being called one a thousand times. */
function compactDescription({ feature, title, description, facts }: Endpoint): string {
  const { danger, scopes } = facts;
  const known = [danger === undefined ? "" : `${danger}.`, scopes.length === 0 ? "" : `${scopeText(facts)}.`];
  const sentences = known.filter((sentence) => sentence !== "");
  // Where nothing is known, as of an operation of another API, the description's own first sentence has to do.
  const text = sentences.length > 0 ? sentences.join(" ") : description.split(/(?<=[.!?])\s/, 1)[0] ?? "";
  return shortened(`[${feature}] ${title}${text === "" ? "" : `: ${text}`}`);
}

/** The protocol takes a tool for one that writes, destroys, and does so again at each call. */
function compactAnnotations({ readOnlyHint, destructiveHint, idempotentHint }: Annotations): Partial<Annotations> {
  if (readOnlyHint) return { readOnlyHint };
  return { ...(destructiveHint ? {} : { destructiveHint }), ...(idempotentHint ? { idempotentHint } : {}) };
}

/**
 * Makes the lean form of a definition.
 *
 * @param endpoint The tool's endpoint.
 * @param definition Its complete definition.
 * @returns The lean one.
 */
export function compactDefinition(endpoint: Endpoint, definition: ToolDefinition): ListedTool {
  return {
    name: definition.name,
    description: compactDescription(endpoint),
    inputSchema: compactSchema(endpoint, definition.inputSchema),
    annotations: compactAnnotations(definition.annotations),
  };
}
