/**
 * Describes a tool with all that is needed to call it rightly at the first try.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { JsonObject } from "../../core/json.ts";
import { readToolFor } from "../../webex/errors/read_tool.ts";
import { listedOptions } from "../call_options.ts";
import { risksOf } from "../confirmation/risk.ts";
import { shortened } from "../definitions/definition.ts";
import { inputSchemaOf } from "../definitions/input_schema.ts";
import { WAIT_FOR_JOB } from "../jobs/job_link.ts";
import { exampleOf } from "./example.ts";
import { idSourcesOf } from "./id_sources.ts";
import { responseShapesOf } from "./response_shape.ts";

type Endpoints = readonly Endpoint[];

const indices = new WeakMap<Endpoints, ReadonlyMap<string, string>>();

/** The name of a tool that may be called, by `METHOD /path`. */
function toolAt(methodPath: string, endpoints: Endpoints): string | undefined {
  let index = indices.get(endpoints);
  if (index === undefined) {
    // Of several at the same place, the first wins: the server's own.
    index = new Map(endpoints.toReversed().map(({ method, path, tool }) => [`${method} ${path}`, tool]));
    indices.set(endpoints, index);
  }
  return index.get(methodPath);
}

function scopesOf({ facts }: Endpoint): JsonObject {
  return {
    scopes: [...facts.scopes],
    ...(facts.allScopes === true && facts.scopes.length > 1 ? { all_scopes: true } : {}),
    ...(facts.roles.length === 0 ? {} : { roles: [...facts.roles] }),
  };
}

/** What the answer is like, and how the rest of a list is read. */
function answerOf(endpoint: Endpoint): JsonObject {
  const { facts: { list, paging } } = endpoint;
  const options = Object.keys(listedOptions(endpoint)).filter((name) => name !== "fields");
  const sized = argumentsOf(endpoint).some(({ name, place }) => name === "max" && place === "query");
  const use = [
    ...(sized ? ['"max" sets the page size'] : []),
    ...(options.length === 0 ? [] : [`${options.join(" or ")} of webex_read read on`]),
  ];
  return {
    response: responseShapesOf(endpoint),
    ...(list === undefined ? {} : { list }),
    ...(paging === undefined ? {} : { paging: { ...paging, ...(use.length === 0 ? {} : { use: use.join("; ") }) } }),
  };
}

function jobOf({ facts: { job } }: Endpoint, endpoints: Endpoints): JsonObject {
  const poll = job === undefined ? undefined : toolAt(job.poll, endpoints);
  if (job === undefined || poll === undefined) return {};
  const errors = job.errors === undefined ? undefined : toolAt(job.errors, endpoints);
  return {
    job: { poll_tool: poll, ...(errors === undefined ? {} : { errors_tool: errors }), wait_with: WAIT_FOR_JOB },
  };
}

function relatedOf(endpoint: Endpoint, endpoints: Endpoints): JsonObject {
  const { facts } = endpoint;
  const read = facts.kind === "write" ? readToolFor(endpoint, endpoints) : undefined;
  const answerOnly = facts.answerOnly ?? [];
  const related = {
    ...(read === undefined ? {} : { read_with: read.tool }),
    ...(answerOnly.length === 0 ? {} : { leave_out: [...answerOnly] }),
  };
  return Object.keys(related).length === 0 ? {} : { related };
}

/**
 * Describes a tool: its arguments, where their identifiers come from, an example, what is needed and what comes back.
 *
 * @param endpoint The tool's endpoint.
 * @param endpoints All endpoints that may be called; only their tools are named. Indices of them are kept as long as the
 * array is.
 * @returns A JSON object; what doesn't apply is absent.
 */
export function describeEndpoint(endpoint: Endpoint, endpoints: Endpoints): JsonObject {
  const { tool, title, feature, method, path, deprecated, description, facts } = endpoint;
  const schema = inputSchemaOf(endpoint);
  const ids = idSourcesOf(endpoint, schema, endpoints);
  const risks = risksOf(endpoint);
  return {
    tool,
    title,
    feature,
    method,
    path,
    kind: facts.kind,
    ...(facts.destructive ? { destructive: true } : {}),
    ...(deprecated ? { deprecated: true } : {}),
    description: shortened(description),
    ...(facts.danger === undefined ? {} : { danger: facts.danger }),
    ...(risks.length === 0 ? {} : { risks: risks.map(({ words }) => words) }),
    ...scopesOf(endpoint),
    call_with: facts.kind === "read" ? "webex_read" : "webex_write",
    input_schema: schema,
    ...(Object.keys(ids).length === 0 ? {} : { ids }),
    example: exampleOf(endpoint, schema),
    ...answerOf(endpoint),
    ...jobOf(endpoint, endpoints),
    ...relatedOf(endpoint, endpoints),
  };
}
