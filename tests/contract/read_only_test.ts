/**
 * Every endpoint against a read-only server, by every tool and in every mode: nothing that changes anything is sent.
 *
 * @module
 */

import assert from "node:assert/strict";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { exampleOf } from "../support/example_call.ts";
import { type Assembled, assembled } from "../support/assembled.ts";

const { endpoints } = embeddedCollection();

/** The shape of every request that only reads. */
const READS = endpoints.filter(({ facts }) => facts.kind === "read").map(({ method, path }) => ({
  method,
  shape: new RegExp(`^/v1${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]*\}/g, "[^/?]+")}/?(?:\\?|$)`),
}));

function changes({ sent }: Assembled): string[] {
  return sent.filter(({ method, path }) => !READS.some((read) => read.method === method && read.shape.test(path)))
    .map(({ method, path }) => `${method} ${path}`);
}

/** Calls a tool in every way there is; what is refused as a whole is fine. */
async function tryAll(server: Assembled, endpoint: Endpoint): Promise<void> {
  const args = exampleOf(endpoint);
  const { tool } = endpoint;
  const ways: [string, JsonObject][] = [
    [tool, args],
    [tool, { ...args, plan_id: "x" }],
    [tool, { ...args, dry_run: true }],
    ["webex_read", { tool, arguments: args }],
    ["webex_write", { tool, arguments: args }],
    ["webex_write", { tool, arguments: args, plan_id: "x", dry_run: false }],
    ["webex_wait_for_job", { poll_tool: tool, job_id: "1", timeout_seconds: 1 }],
    ["webex_next_page", { next: tool }],
  ];
  for (const [name, given] of ways) {
    await server.call(name, given, { canAsk: true, consent: { state: "x", action: "accept" } }).catch((error) => {
      assert.match(String(error), /Tool|Unknown/, name);
    });
  }
}

for (const tools of ["all", "discover"] as const) {
  for (const flags of [{ readOnly: true }, { preset: ["read-only-audit"] }]) {
    const mode = `--tools ${tools} ${JSON.stringify(flags)}`;
    Deno.test(`a read-only server sends no change, whichever of all endpoints is called: ${mode}`, async () => {
      const server = await assembled(
        { tools, confirm: "never", validation: "lenient", idCheck: "warn", ...flags },
        () => ({
          latestExecutionStatus: "COMPLETED",
        }),
      );
      const writers = endpoints.filter(({ facts }) => facts.kind === "write");
      assert.ok(writers.length > 600);
      for (const endpoint of writers) await tryAll(server, endpoint);
      assert.deepEqual(server.sent, []);
      // The same ways do send what only reads, or the test would prove nothing.
      for (const endpoint of endpoints.filter(({ facts }) => facts.kind === "read").slice(0, 40)) {
        await tryAll(server, endpoint);
      }
      assert.ok(server.sent.length >= 40);
      assert.deepEqual(changes(server), []);
    });
  }
}

Deno.test("a server that may write sends the changes that a read-only one does not", async () => {
  const server = await assembled({ confirm: "never" });
  for (const endpoint of endpoints.filter(({ facts }) => facts.kind === "write").slice(0, 40)) {
    await server.call(endpoint.tool, exampleOf(endpoint));
  }
  assert.ok(changes(server).length >= 38, `${changes(server).length}`);
});
