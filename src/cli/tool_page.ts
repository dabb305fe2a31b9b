/**
 * Shows one tool in full.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import { annotationsOf, describe } from "../tools/definitions/definition.ts";
import type { ObjectSchema, PlainSchema } from "../tools/definitions/input_schema.ts";
import { columns } from "./columns.ts";

/** The part of a tool's definition that a machine reads beside its summary. */
export interface ToolDescription {
  readonly description: string;
  readonly inputSchema: ObjectSchema | undefined;
}

function definitionOf(endpoint: Endpoint, catalogue: Catalogue): ObjectSchema | undefined {
  return catalogue.definitions().find(({ name }) => name === endpoint.tool)?.inputSchema;
}

/**
 * Describes a tool for machines.
 *
 * @param endpoint The tool's endpoint.
 * @param catalogue The catalogue that it is in.
 * @returns Its description and input schema.
 */
export function describeTool(endpoint: Endpoint, catalogue: Catalogue): ToolDescription {
  return { description: describe(endpoint), inputSchema: definitionOf(endpoint, catalogue) };
}

function typeText(schema: PlainSchema): string {
  const type = [schema.type ?? "any"].flat().join(" or ");
  if (schema.items !== undefined) return `${type} of ${typeText(schema.items)}`;
  const values = schema.enum;
  if (!Array.isArray(values)) return type;
  const shown = values.slice(0, 6).map((value) => JSON.stringify(value)).join(" | ");
  return values.length > 6 ? `${shown} | …` : shown;
}

function argumentRows(schema: ObjectSchema | undefined): string[][] {
  const required = new Set(schema?.required);
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => [
    name,
    required.has(name) ? "required" : "",
    typeText(property),
    property.description ?? "",
  ]);
}

/**
 * Describes a tool for people.
 *
 * @param endpoint The tool's endpoint.
 * @param catalogue The catalogue that it is in.
 * @returns Its name, description, request, effects, scopes and arguments.
 */
export function toolPage(endpoint: Endpoint, catalogue: Catalogue): string {
  const { tool, method, path, facts } = endpoint;
  const hints = annotationsOf(endpoint);
  const effects = hints.readOnlyHint ? "read" : hints.destructiveHint ? "write, destructive" : "write";
  const rows = argumentRows(definitionOf(endpoint, catalogue));
  const lines = columns([
    ["Request", `${method} ${path}`],
    ["Effect", hints.idempotentHint && !hints.readOnlyHint ? `${effects}, idempotent` : effects],
    ["Scopes", facts.scopes.join(" or ") || "none documented"],
    ...(facts.roles.length === 0 ? [] : [["Roles", facts.roles.join(", ")]]),
  ]);
  const table = rows.length === 0 ? "Arguments: none\n" : `Arguments\n${columns(rows, "  ")}`;
  return `${tool}\n${describe(endpoint)}\n\n${lines}\n${table}`;
}
