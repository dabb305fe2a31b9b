/**
 * Every endpoint that changes something, against the question before it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { argumentsOf } from "../../src/collection/arguments.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { masked } from "../../src/tools/confirmation/masked.ts";
import { isRisky } from "../../src/tools/confirmation/risk.ts";
import { exampleOf } from "../support/example_call.ts";
import { type Assembled, assembled, type Sent } from "../support/assembled.ts";

const { endpoints } = embeddedCollection();
const WRITERS = endpoints.filter(({ facts }) => facts.kind === "write");
const RISKY = WRITERS.filter(isRisky);

/** What a call sent beside reads; the list is emptied. */
function taken({ sent }: Assembled): Sent[] {
  return sent.splice(0).filter(({ method }) => method !== "GET");
}

Deno.test("a change that can do harm is sent with its plan only, and then once", async () => {
  const server = await assembled({});
  assert.ok(RISKY.length > 150 && RISKY.length < WRITERS.length / 2, `${RISKY.length} of ${WRITERS.length}`);
  for (const endpoint of RISKY) {
    const args = exampleOf(endpoint);
    const { tool } = endpoint;
    const first = await server.call(tool, args);
    assert.deepEqual(taken(server), [], tool);
    const { plan_id: planId, plan } = first.value;
    assert.equal((first.value.error as JsonObject)?.code, "confirmation_required", tool);
    const { will_send: shown } = plan as { will_send: { method: string; url: string; body?: unknown } };

    const second = await server.call(tool, { ...args, plan_id: planId ?? "" });
    assert.equal(second.isError, false, `${tool}: ${JSON.stringify(second.value)}`);
    const [sent, ...more] = taken(server);
    assert.deepEqual(more, [], tool);
    const url = new URL(shown.url);
    // An access code stands in one path.
    const path = tool === "workspace_delete_specific_access_code"
      ? sent?.path.replace(/accessCodes\/[^/]+$/, "accessCodes/(hidden)")
      : sent?.path;
    assert.deepEqual([sent?.method, path], [shown.method, url.pathname + url.search], tool);
    if (shown.body !== undefined) assert.deepEqual(masked(JSON.parse(sent?.body ?? "")), shown.body, tool);

    const third = await server.call(tool, { ...args, plan_id: planId ?? "" });
    assert.equal((third.value.error as JsonObject)?.code, "used_plan", tool);
    assert.deepEqual(taken(server), [], tool);
  }
});

Deno.test("a change that can do harm is sent after a yes of the user only", async () => {
  const server = await assembled({ tools: "discover" });
  for (const endpoint of RISKY) {
    const args = { tool: endpoint.tool, arguments: exampleOf(endpoint) };
    const { question } = await server.call("webex_write", args, { canAsk: true });
    assert.ok(question?.message.startsWith(endpoint.title), endpoint.tool);
    const answer = (action: "accept" | "decline" | "cancel") =>
      server.call("webex_write", args, { canAsk: true, consent: { state: question?.state ?? "", action } });
    if (endpoint.method === "DELETE") {
      assert.equal(((await answer("decline")).value.error as JsonObject).code, "declined");
      assert.deepEqual(taken(server), [], endpoint.tool);
    }
    const last = await answer("accept");
    assert.equal(taken(server).length, endpoint.method === "DELETE" ? 0 : 1, JSON.stringify(last.value));
  }
});

Deno.test("a question tells every member of the body that is sent, and whose it is", async () => {
  const server = await assembled({}, () => ({ name: "Leeds" }));
  for (const endpoint of RISKY) {
    const args = exampleOf(endpoint);
    const { question } = await server.call(endpoint.tool, args, { canAsk: true });
    const message = question?.message ?? "";
    const fields = argumentsOf(endpoint).filter(({ name, place }) => place === "field" && args[name] !== undefined);
    for (const { key } of fields) assert.ok(message.includes(key), `${endpoint.tool}: ${key}\n${message}`);
    assert.ok(server.sent.length <= 2, `${endpoint.tool}: ${JSON.stringify(server.sent)}`);
    assert.deepEqual(taken(server), [], endpoint.tool);
    if (/\{(person|workspace|location|virtualLine)Id\}/.test(endpoint.path)) {
      assert.match(message, /"Leeds"/, `${endpoint.tool}\n${message}`);
    }
  }
});

/** A document with a read that seems to be one of Webex's, but for a slash. */
const CUCKOO = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Cuckoo", version: "1" },
  paths: {
    "/people/{personId}/": {
      get: {
        operationId: "a",
        summary: "Read",
        parameters: [{ name: "personId", in: "path", required: true, schema: { type: "string" } }],
        responses: {},
      },
    },
  },
});

Deno.test("a further collection takes no part in the question about an operation of another", async () => {
  const server = await assembled(
    { collections: ["/cuckoo.json"] },
    ({ path }) => ({ displayName: path.endsWith("/") ? "Nobody" : "Ada" }),
    { "/cuckoo.json": CUCKOO },
  );
  assert.ok((await server.catalogue.endpoints()).some(({ path }) => path === "/people/{personId}/"));
  const { question } = await server.call("people_delete_a_person", { personId: "x" }, { canAsk: true });
  assert.match(question?.message ?? "", /^Delete a Person: "Ada"\?/);
  assert.deepEqual(server.sent.map(({ path }) => path), ["/v1/people/x"]);
});

Deno.test("any other change is sent at once, and with --confirm writes it is asked about, too", async () => {
  const [usual, careful] = await Promise.all([assembled({}), assembled({ confirm: "writes" })]);
  for (const endpoint of WRITERS.filter((one) => !isRisky(one))) {
    const args = exampleOf(endpoint);
    const done = await usual.call(endpoint.tool, args);
    assert.equal(taken(usual).length, 1, `${endpoint.tool}: ${JSON.stringify(done.value)}`);
    await careful.call(endpoint.tool, args);
    assert.deepEqual(taken(careful), [], endpoint.tool);
  }
});

Deno.test("a rehearsal sends nothing, whatever the endpoint, and shows what would be sent", async () => {
  const server = await assembled({ confirm: "never" });
  for (const endpoint of WRITERS) {
    const args = exampleOf(endpoint);
    const shown = await server.call(endpoint.tool, { ...args, dry_run: true });
    assert.deepEqual(server.sent, [], endpoint.tool);
    assert.equal(shown.value.dry_run, true, JSON.stringify(shown.value));
    await server.call(endpoint.tool, args);
    const [sent] = taken(server);
    const { method, url, body } = shown.value.request as { method: string; url: string; body?: unknown };
    const { pathname, search } = new URL(url);
    assert.deepEqual([sent?.method, sent?.path], [method, pathname + search], endpoint.tool);
    if (typeof body === "object" && body !== null && !("form" in body)) {
      assert.deepEqual(JSON.parse(sent?.body ?? ""), body, endpoint.tool);
    }
  }
});

Deno.test("a rehearsal that is asked for among the inner arguments sends nothing, whatever the endpoint", async () => {
  const server = await assembled({ tools: "discover", confirm: "never", validation: "lenient" });
  for (const endpoint of WRITERS) {
    const args = exampleOf(endpoint);
    for (const name of ["dry_run", "dryRun", "dryrun", "DRY_RUN"]) {
      const given = { ...args, [name]: true };
      for (const inner of [given, JSON.stringify(given)]) {
        await server.call("webex_write", { tool: endpoint.tool, arguments: inner });
        assert.deepEqual(server.sent, [], `${endpoint.tool} ${name}`);
      }
    }
  }
});
