/**
 * Small endpoints for tests, with only what a test says about them.
 *
 * @module
 */

import type { Endpoint, Facts, Parameter, Schema } from "../../src/collection/endpoint.ts";

/** What most tests leave as it is. */
const FACTS: Facts = { kind: "read", destructive: false, idempotent: true, scopes: [], roles: [] };

/**
 * Makes an endpoint: `GET /things` unless told otherwise.
 *
 * @param parts What differs.
 * @param facts The facts that differ.
 * @returns The endpoint.
 */
export function endpointOf(parts: Partial<Endpoint> = {}, facts: Partial<Facts> = {}): Endpoint {
  return {
    tool: "things_list",
    id: "1",
    title: "List Things",
    feature: "Things",
    method: "GET",
    path: "/things",
    description: "",
    deprecated: false,
    parameters: [],
    responses: {},
    schemas: {},
    ...parts,
    facts: { ...FACTS, ...facts },
  };
}

/**
 * Makes a parameter: optional in the query, required in the path.
 *
 * @param name Its name.
 * @param parts What differs.
 * @returns The parameter.
 */
export function parameterOf(name: string, parts: Partial<Parameter> = {}): Parameter {
  return { name, in: "query", required: parts.in === "path", schema: { type: "string" }, explode: true, ...parts };
}

/**
 * Makes an endpoint with a body of fields: `POST /things` unless told otherwise.
 *
 * @param properties The body's fields.
 * @param required The names of the required ones.
 * @param parts What differs.
 * @returns The endpoint.
 */
export function writerOf(
  properties: Record<string, Schema>,
  required: string[] = [],
  parts: Partial<Endpoint> = {},
): Endpoint {
  const schema: Schema = { type: "object", properties, required };
  return endpointOf({
    tool: "things_create",
    title: "Create a Thing",
    method: "POST",
    body: { contentType: "application/json", required: false, schema },
    ...parts,
  }, { kind: "write", idempotent: false });
}
