/**
 * Every endpoint through the executor and a real socket: what arrives must be the request that the specification means.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { argumentsOf } from "../../src/collection/arguments.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { systemClock } from "../../src/core/clock.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.ts";
import type { LoggedRequest } from "../../src/sandbox/request_log.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { type ExecutorTrial, executorTrial } from "../support/executor.ts";
import { LegalRequests } from "../sandbox/legal_request.ts";

const NOW = Date.UTC(2026, 5, 17, 15);
const clock = { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() };
const SILENT = { debug() {}, info() {}, warning() {}, error() {} };
const ALL = embeddedCollection().endpoints;

function pathValues(endpoint: Endpoint, url: URL): JsonObject {
  const actual = url.pathname.replace(/^\/v1/, "").split("/");
  const pairs = endpoint.path.split("/").flatMap((segment, index): [string, Json][] => {
    const name = /^\{(.*)\}$/.exec(segment)?.[1];
    return name === undefined ? [] : [[name, decodeURIComponent(actual[index] ?? "")]];
  });
  return Object.fromEntries(pairs);
}

function queryValues(endpoint: Endpoint, url: URL): JsonObject {
  const values: JsonObject = {};
  for (const { name, key, place, schema, parameter } of argumentsOf(endpoint)) {
    const sent = place === "query" ? url.searchParams.getAll(key) : [];
    if (sent.length === 0) continue;
    const list = parameter?.explode === false ? sent.flatMap((text) => text.split(",")) : sent;
    values[name] = schema.type === "array" ? list : sent[0] ?? "";
  }
  return values;
}

/** The fields of a body that are declared; some of the sandbox's requests name a call that the endpoint does not take. */
async function bodyValues(endpoint: Endpoint, request: Request): Promise<JsonObject> {
  const type = request.headers.get("content-type") ?? "";
  const fields = argumentsOf(endpoint).filter(({ place }) => place === "field");
  const values: JsonObject = {};
  if (type.startsWith("multipart/form-data")) {
    const form = await request.formData();
    for (const { name, key } of fields) {
      const value = form.get(key);
      const accepted = endpoint.body?.encoding?.[key]?.contentType?.split(",")[0];
      if (typeof value === "string") values[name] = value;
      else if (value !== null) {
        values[name] = { base64: btoa("content"), name: value.name, type: accepted ?? value.type };
      }
    }
    return values;
  }
  const text = await request.text();
  const body: Json = text === "" ? {} : JSON.parse(text);
  if (!isJsonObject(body)) return { body };
  for (const { name, key } of fields) if (body[key] !== undefined) values[name] = body[key];
  // A blind transfer names one call, the one that the sandbox's request knows as its call.
  if ("callId1" in values && body.callId !== undefined) {
    values.callId1 = body.callId;
    delete values.callId2;
  }
  return values;
}

/** A sandbox on a socket that can be replaced by a fresh one between calls. */
async function serveFresh() {
  let current: Sandbox = createSandbox(ALL, { clock });
  const served = await serveSandbox({
    get fetch() {
      return current.fetch;
    },
    get faults() {
      return current.faults;
    },
    get requests() {
      return current.requests;
    },
    get grants() {
      return current.grants;
    },
  });
  return {
    served,
    current: () => current,
    renew() {
      current = createSandbox(ALL, { clock });
    },
  };
}

function executorFor(url: string): ExecutorTrial {
  return executorTrial({
    fetch: (request) => fetch(request),
    baseUrl: url,
    endpoints: ALL,
    log: SILENT,
    realTime: true,
    // The windows of call records are checked by the sandbox's time.
    clock: { ...systemClock, now: () => NOW },
  });
}

/** Calls the tool with what the request means, and tells where the request that arrives differs from it. */
async function differences(
  endpoint: Endpoint,
  meant: Request,
  executor: ExecutorTrial,
  received: () => LoggedRequest | undefined,
): Promise<string[]> {
  const url = new URL(meant.url);
  const fields = await bodyValues(endpoint, meant);
  const { isError, value } = await executor.call(endpoint, {
    ...pathValues(endpoint, url),
    ...queryValues(endpoint, url),
    ...fields,
  });
  const sent = received();
  const query = Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name)]),
  );
  const type = endpoint.body?.contentType;
  const isBody = type?.includes("json") === true && meant.headers.has("content-type");
  const checks: readonly (readonly [string, unknown, unknown])[] = [
    ["result", isError ? value : "success", "success"],
    ["method", sent?.method, endpoint.method],
    ["path", `/v1${sent?.path}`, url.pathname],
    ["query", sent?.query, query],
    ["content type", meant.headers.has("content-type") ? sent?.headers["content-type"]?.split(";")[0] : type, type],
    ["body", isBody ? sent?.body : fields, fields],
  ];
  return checks.filter(([, is, should]) => !isDeepStrictEqual(is, should)).map(([what, is]) =>
    `${endpoint.method} ${endpoint.path}: ${what} ${JSON.stringify(is)?.slice(0, 300)}`
  );
}

Deno.test("createExecutor() sends for every endpoint the request that the specification means", async () => {
  const { served, current, renew } = await serveFresh();
  const executor = executorFor(served.url);
  const received = () => current().requests.entries.at(-1);
  const problems: string[] = [];
  try {
    const readers = ALL.filter(({ method }) => method === "GET");
    let legal = new LegalRequests(ALL, current().fetch, NOW);
    for (const endpoint of readers) {
      // Call records can be asked for once a minute, whichever way.
      const own = endpoint.path.startsWith("/cdr_") ? executorFor(served.url) : executor;
      problems.push(...await differences(endpoint, await legal.make(endpoint), own, received));
    }
    for (const endpoint of ALL.filter(({ method }) => method !== "GET")) {
      renew();
      legal = new LegalRequests(ALL, current().fetch, NOW);
      problems.push(...await differences(endpoint, await legal.make(endpoint), executor, received));
    }
  } finally {
    await served.close();
  }
  assert.deepEqual(problems, []);
});
