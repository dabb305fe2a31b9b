/**
 * Small endpoints for tests.
 *
 * @module
 */

import type { Endpoint, Method } from "../../src/collection/endpoint.ts";

/** Makes an endpoint with what a test needs of it. */
export function makeEndpoint(method: Method, path: string, members: Partial<Endpoint> = {}): Endpoint {
  return {
    tool: `${method}_${path}`.toLowerCase().replace(/\W+/g, "_"),
    id: `${method} ${path}`,
    title: path,
    feature: "Test",
    method,
    path,
    description: "",
    deprecated: false,
    parameters: [],
    responses: { "200": {} },
    schemas: {},
    ...members,
    facts: {
      kind: method === "GET" ? "read" : "write",
      destructive: false,
      idempotent: true,
      scopes: [],
      roles: [],
      ...members.facts,
    },
  };
}
