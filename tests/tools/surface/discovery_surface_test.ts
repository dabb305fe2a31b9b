import assert from "node:assert/strict";
import type { Limiter } from "../../../src/config/limiter.ts";
import { absenceFrom } from "../../../src/tools/absence.ts";
import { createCatalogue } from "../../../src/tools/catalogue.ts";
import { createDiscoverySurface } from "../../../src/tools/surface/discovery_surface.ts";
import type { Resolution } from "../../../src/tools/surface/surface.ts";
import { echo } from "../../support/desk.ts";
import { endpointOf, writerOf } from "../../support/endpoints.ts";

const LIST = endpointOf({ tool: "things_list", formerly: ["things_read"] }, { list: "items" });
const CREATE = writerOf({ name: { type: "string" } });

function surface(readOnly = false, by: Limiter = "server") {
  const absence = absenceFrom(() => Promise.resolve([LIST, CREATE]), readOnly);
  const catalogue = createCatalogue(readOnly ? [LIST] : [LIST, CREATE], "full", absence);
  return createDiscoverySurface({ catalogue, builtIns: [echo()], readOnlyBy: readOnly ? by : undefined });
}

function errorOf(resolution: Resolution | undefined): string {
  assert.equal(resolution?.kind, "refused");
  return resolution?.kind === "refused" ? JSON.stringify(resolution.result.value) : "";
}

Deno.test("definitions() lists a few tools, and none that changes anything on a read-only server", () => {
  const names = (readOnly: boolean) => surface(readOnly).definitions().map(({ name }) => name);
  assert.deepEqual(names(false), ["webex_echo", "webex_read", "webex_write"]);
  assert.deepEqual(names(true), ["webex_echo", "webex_read"]);
});

Deno.test("resolve() opens webex_read: the endpoint, its arguments, and the options beside them", async () => {
  assert.deepEqual(
    await surface().resolve("webex_read", { tool: "things_list", arguments: { a: 1 }, max_items: "5" }),
    {
      kind: "endpoint",
      endpoint: LIST,
      args: { a: 1 },
      options: { maxItems: 5 },
      control: { dryRun: false, planId: undefined },
    },
  );
  const bare = await surface().resolve("webex_read", { tool: " things_read ", all_pages: true });
  assert.deepEqual(bare?.kind === "endpoint" && [bare.endpoint, bare.args, bare.options], [LIST, {}, {
    allPages: true,
  }]);
});

Deno.test("resolve() takes arguments that come as JSON text", async () => {
  const resolution = await surface().resolve("webex_write", { tool: "things_create", arguments: '{"name": "x"}' });
  assert.deepEqual(resolution, {
    kind: "endpoint",
    endpoint: CREATE,
    args: { name: "x" },
    control: { dryRun: false, planId: undefined },
  });
});

Deno.test("resolve() opens webex_write with its controls", async () => {
  const args = { tool: "things_create", arguments: {}, dry_run: "true", plan_id: "p" };
  const resolution = await surface().resolve("webex_write", args);
  assert.deepEqual(resolution?.kind === "endpoint" && resolution.control, { dryRun: true, planId: "p" });
});

Deno.test("resolve() takes controls among the inner arguments for controls, however they come", async () => {
  const within = [{ name: "x", dry_run: true, plan_id: "p" }, '{"name": "x", "dry_run": true, "plan_id": "p"}'];
  for (const args of within) {
    assert.deepEqual(
      await surface().resolve("webex_write", { tool: "things_create", arguments: args, dry_run: false }),
      { kind: "endpoint", endpoint: CREATE, args: { name: "x" }, control: { dryRun: true, planId: "p" } },
    );
  }
  const slip = { tool: "things_create", arguments: { dryRun: true } };
  assert.match(errorOf(await surface().resolve("webex_write", slip)), /did you mean \\"dry_run\\"/);
  const twice = { tool: "things_create", arguments: { plan_id: "a" }, plan_id: "b" };
  assert.equal((await surface().resolve("webex_write", twice))?.kind, "refused");
});

Deno.test("resolve() sends a change to webex_write and a read to webex_read", async () => {
  assert.match(errorOf(await surface().resolve("webex_read", { tool: "things_create" })), /Call it with webex_write/);
  assert.match(errorOf(await surface().resolve("webex_write", { tool: "things_list" })), /Call it with webex_read/);
});

Deno.test("resolve() lists the nearest of an unknown name, and says why a tool that exists is not there", async () => {
  assert.match(
    errorOf(await surface().resolve("webex_read", { tool: "thing_list" })),
    /did you mean \\"things_list\\"/,
  );
  assert.match(errorOf(await surface(true).resolve("webex_read", { tool: "things_create" })), /started read-only/);
});

Deno.test("resolve() refuses an envelope that makes no sense", async () => {
  for (const args of [{}, { tool: 5 }, { tool: "things_list", arguments: [] }, { tool: "things_list", name: "x" }]) {
    assert.match(errorOf(await surface().resolve("webex_read", args)), /_argument|unknown_tool/);
  }
});

Deno.test("resolve() calls no endpoint by its own name, and nothing that changes on a read-only server", async () => {
  assert.equal(await surface().resolve("things_list", {}), undefined);
  assert.equal(await surface(true).resolve("webex_write", { tool: "things_create" }), undefined);
});

Deno.test("explain() says how a tool is called", async () => {
  assert.match(await surface().explain("things_list"), /through webex_read, as \{"tool": "things_list"/);
  assert.match(await surface().explain("things_create"), /through webex_write/);
  assert.equal(
    await surface(true).explain("webex_write"),
    'Tool "webex_write" is not available: this server was started read-only',
  );
  assert.match(
    await surface(true, "caller").explain("webex_write"),
    /^Tool "webex_write" is not available: your access here is read-only; whoever runs .* read_only, .* of your policy/,
  );
  assert.match(await surface(true).explain("things_create"), /started read-only/);
  assert.match(await surface().explain("webex_find"), /did you mean "webex_echo" or "webex_read" or "webex_write"\?$/);
  assert.match(await surface().explain("thing_list"), /did you mean "things_list"/);
  assert.ok((await surface().explain("x".repeat(10_000))).length < 200);
});
