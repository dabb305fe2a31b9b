import assert from "node:assert/strict";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { problemsOf } from "../../src/sandbox/conform.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { successOf } from "../../src/sandbox/success.ts";
import { LegalRequests } from "../sandbox/legal_request.ts";

const NOW = Date.UTC(2026, 5, 17, 15);
const clock = { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() };

/** Endpoints that answer one of several documented statuses, depending on what was sent. */
const OTHER_STATUS: Readonly<Record<string, number>> = {
  "POST /telephony/config/jobs/person/moveLocation": 201,
  "PUT /telephony/config/locations/{locationId}": 200,
};

/** Calls an endpoint with everything it requires; answers what is wrong, or nothing. */
async function problemOf(
  endpoint: Endpoint,
  legal: LegalRequests,
  sandbox: ReturnType<typeof createSandbox>,
): Promise<string | undefined> {
  const key = `${endpoint.method} ${endpoint.path}`;
  const response = await sandbox.fetch(await legal.make(endpoint));
  const text = await response.text();
  const { status } = successOf(endpoint, response.status);
  const others = Object.keys(endpoint.responses).filter((code) => code.startsWith("2"));
  if (
    !(response.status === status && (others.length === 0 || others.includes(String(response.status)))) &&
    OTHER_STATUS[key] !== response.status
  ) {
    return `${key}: ${response.status} instead of ${status}: ${text.slice(0, 300)}`;
  }
  const { schema } = endpoint.responses[String(response.status)] ?? {};
  if (schema === undefined || !/json/.test(response.headers.get("content-type") ?? "")) return undefined;
  const problems = problemsOf(JSON.parse(text), schema, endpoint.schemas);
  return problems.length === 0 ? undefined : `${key}: ${problems.join("; ").slice(0, 300)}`;
}

async function findProblems(endpoints: readonly Endpoint[], isShared: boolean): Promise<string[]> {
  const all = embeddedCollection().endpoints;
  const problems: string[] = [];
  let sandbox = createSandbox(all, { clock });
  let legal = new LegalRequests(all, sandbox.fetch, NOW);
  for (const endpoint of endpoints) {
    if (!isShared) {
      sandbox = createSandbox(all, { clock });
      legal = new LegalRequests(all, sandbox.fetch, NOW);
    }
    const problem = await problemOf(endpoint, legal, sandbox);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

Deno.test("createSandbox() answers every reading endpoint in its documented shape", async () => {
  const endpoints = embeddedCollection().endpoints.filter((endpoint) => endpoint.method === "GET");
  assert.deepEqual(await findProblems(endpoints, true), []);
});

Deno.test("createSandbox() answers every writing endpoint in its documented shape", async () => {
  const endpoints = embeddedCollection().endpoints.filter((endpoint) => endpoint.method !== "GET");
  assert.deepEqual(await findProblems(endpoints, false), []);
});
