/**
 * Every endpoint through the tools of discovery: it is reached, and the same request leaves as by its own tool.
 *
 * @module
 */

import assert from "node:assert/strict";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { type Assembled, assembled, type Sent } from "../support/assembled.ts";
import { exampleOf } from "../support/example_call.ts";

const { endpoints } = embeddedCollection();

function shapes(sent: readonly Sent[]): string[] {
  return sent.map(({ method, path, body }) =>
    `${method} ${path.replace(/\d{4}-.*?Z/g, "<time>")} ${body.includes("form-data") ? "" : body}`
  );
}

function pair(): Promise<[Assembled, Assembled]> {
  return Promise.all([assembled({ confirm: "never" }), assembled({ confirm: "never", tools: "discover" })]);
}

Deno.test("every endpoint is described and called by the tools of discovery, as by its own", async () => {
  const shared = await pair();
  for (const endpoint of endpoints) {
    // Call records may be asked for once a minute only.
    const [own, discovery] = endpoint.path.startsWith("/cdr_") ? await pair() : shared;
    const { tool } = endpoint;
    const { value: described } = await discovery.call("webex_describe", { tool });
    assert.deepEqual([described.tool, described.path], [tool, endpoint.path]);
    const args = exampleOf(endpoint);
    const [first, second] = [
      await own.call(tool, args),
      await discovery.call(String(described.call_with), { tool, arguments: args }),
    ];
    assert.deepEqual(second, first, tool);
    const [direct, enveloped] = [own.sent.splice(0), discovery.sent.splice(0)];
    assert.deepEqual(shapes(enveloped), shapes(direct), tool);
    assert.ok(direct.length > 0, `${tool}: ${JSON.stringify(first.value)}`);
  }
});
