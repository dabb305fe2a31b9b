/**
 * Shows one tool in full.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import type { JsonObject } from "../core/json.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import { risksOf } from "../tools/confirmation/risk.ts";
import { annotationsOf, describe } from "../tools/definitions/definition.ts";
import type { ObjectSchema, PlainSchema } from "../tools/definitions/input_schema.ts";
import { inputSchemaOf } from "../tools/definitions/input_schema.ts";
import { exampleOf } from "../tools/discovery/example.ts";
import { idSourcesOf } from "../tools/discovery/id_sources.ts";
import { responseShapesOf } from "../tools/discovery/response_shape.ts";
import { columns } from "./columns.ts";

/** The part of a tool's definition that a machine reads beside its summary. */
export interface ToolDescription {
  readonly description: string;
  readonly inputSchema: ObjectSchema | undefined;
  /** The tools that supply each identifier among the arguments. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** Arguments of a plausible call; what stands in angle brackets has to be replaced. */
  readonly example: JsonObject;
  /** The shape of the answer by status code. */
  readonly response: Readonly<Record<string, string>>;
}

type Usage = Pick<ToolDescription, "ids" | "example" | "response">;

async function usageOf(endpoint: Endpoint, catalogue: Catalogue): Promise<Usage> {
  const schema = inputSchemaOf(endpoint);
  return {
    ids: idSourcesOf(endpoint, schema, await catalogue.endpoints()),
    example: exampleOf(endpoint, schema),
    response: responseShapesOf(endpoint),
  };
}

function definitionOf(endpoint: Endpoint, catalogue: Catalogue): ObjectSchema | undefined {
  return catalogue.definitions().find(({ name }) => name === endpoint.tool)?.inputSchema;
}

/**
 * Describes a tool for machines.
 *
 * @param endpoint The tool's endpoint.
 * @param catalogue The catalogue that it is in.
 * @returns Its description and input schema, where its identifiers come from, an example and the answer's shape.
 */
export async function describeTool(endpoint: Endpoint, catalogue: Catalogue): Promise<ToolDescription> {
  return {
    description: describe(endpoint),
    inputSchema: definitionOf(endpoint, catalogue),
    ...await usageOf(endpoint, catalogue),
  };
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

/** Where the identifiers come from, an example and the answer: what a person needs for a first call. */
function usageText({ ids, example, response }: Usage): string {
  const sources = Object.entries(ids).map(([place, tools]) => [place, tools.join(" or ")]);
  const answers = Object.entries(response);
  return [
    ...(sources.length === 0 ? [] : [`Ids from\n${columns(sources, "  ")}`]),
    `Example\n  ${JSON.stringify(example)}\n`,
    ...(answers.length === 0 ? [] : [`Response\n${columns(answers, "  ")}`]),
  ].join("");
}

/**
 * Describes a tool for people.
 *
 * @param endpoint The tool's endpoint.
 * @param catalogue The catalogue that it is in.
 * @returns Its name, description, request, effects, scopes and arguments, and what a first call needs.
 */
export async function toolPage(endpoint: Endpoint, catalogue: Catalogue): Promise<string> {
  const { tool, method, path, facts } = endpoint;
  const hints = annotationsOf(endpoint);
  const effects = hints.readOnlyHint ? "read" : hints.destructiveHint ? "write, destructive" : "write";
  const risks = risksOf(endpoint);
  const rows = argumentRows(definitionOf(endpoint, catalogue));
  const lines = columns([
    ["Request", `${method} ${path}`],
    ["Effect", hints.idempotentHint && !hints.readOnlyHint ? `${effects}, idempotent` : effects],
    ...(risks.length === 0 ? [] : [["Asked first", risks.map(({ words }) => words).join(". ")]]),
    ["Scopes", facts.scopes.join(" or ") || "none documented"],
    ...(facts.roles.length === 0 ? [] : [["Roles", facts.roles.join(", ")]]),
  ]);
  const table = rows.length === 0 ? "Arguments: none\n" : `Arguments\n${columns(rows, "  ")}`;
  const usage = usageText(await usageOf(endpoint, catalogue));
  return `${tool}\n${describe(endpoint)}\n\n${lines}\n${table}${usage}`;
}
