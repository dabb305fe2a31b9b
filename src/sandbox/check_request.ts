/**
 * Checks a request's path values and query as the specification declares them.
 *
 * @module
 */

import type { Endpoint, Parameter, Schema } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";
import { Refusal } from "./answer.ts";

const NUMBER_REGEXP = /^-?\d+(\.\d+)?$/;

/** Parameters that are clamped instead of refused when they are out of bounds. */
const CLAMPED = new Set(["max", "start", "offset", "count", "startIndex"]);

function problem(schema: Schema, value: string, name: string): string | undefined {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (schema.enum !== undefined && !schema.enum.some((choice) => String(choice) === value)) {
    return `must be one of ${schema.enum.slice(0, 12).join(", ")}`;
  }
  if (type === "boolean" && value !== "true" && value !== "false") return "must be true or false";
  if (type === "integer" && !/^-?\d+$/.test(value)) return "must be an integer";
  if (type === "number" && !NUMBER_REGEXP.test(value)) return "must be a number";
  if (type !== "number" && type !== "integer") return undefined;
  if (CLAMPED.has(name)) return Number(value) < 0 ? "must not be negative" : undefined;
  if (schema.minimum !== undefined && Number(value) < schema.minimum) return `must be at least ${schema.minimum}`;
  if (schema.maximum !== undefined && Number(value) > schema.maximum) return `must be at most ${schema.maximum}`;
  return undefined;
}

/**
 * Reads the values of a query parameter, in either form of an array.
 *
 * @param parameter The parameter.
 * @param query The request's query.
 */
export function queryValues(parameter: Parameter, query: URLSearchParams): string[] {
  const values = query.getAll(parameter.name);
  return parameter.schema.type === "array" ? values.flatMap((value) => value.split(",")) : values;
}

/**
 * Checks the query and the path values.
 *
 * Unknown query parameters are let through, as Webex does.
 *
 * @param endpoint The endpoint.
 * @param params The decoded path values.
 * @param query The query.
 * @throws {Refusal} 400 if a required parameter is missing or a value is of the wrong type.
 */
export function checkParameters(
  endpoint: Endpoint,
  params: Readonly<Record<string, string>>,
  query: URLSearchParams,
): void {
  for (const parameter of endpoint.parameters) {
    const { name, schemas } = { name: parameter.name, schemas: endpoint.schemas };
    if (parameter.in === "header") continue;
    const values = parameter.in === "path" ? [params[name] ?? ""] : queryValues(parameter, query);
    if (parameter.required && values.every((value) => value === "")) {
      throw new Refusal(400, `Missing required ${parameter.in} parameter: ${name}`, { errorCode: 25008 });
    }
    const schema = resolveSchema(parameter.schema, schemas);
    const single = schema.type === "array" ? resolveSchema(schema.items ?? {}, schemas) : schema;
    for (const value of values) {
      const found = value === "" ? undefined : problem(single, value, name);
      if (found !== undefined) throw new Refusal(400, `Invalid value for ${parameter.in} parameter ${name}: ${found}`);
    }
  }
}
