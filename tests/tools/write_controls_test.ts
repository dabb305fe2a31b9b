import assert from "node:assert/strict";
import { RefusedError } from "../../src/core/errors.ts";
import type { Json } from "../../src/core/json.ts";
import { defineTool } from "../../src/tools/definitions/definition.ts";
import { joinControls, listedControls, readControls, splitControls } from "../../src/tools/write_controls.ts";
import { endpointOf, writerOf } from "../support/endpoints.ts";

const CREATE = writerOf({ name: { type: "string" } });
const DELETE = endpointOf({ method: "DELETE", path: "/things/{id}" }, { kind: "write" });
const OWN = writerOf({ dry_run: { type: "string" }, plan_id: { type: "string" } }, [], { method: "DELETE" });

Deno.test("listedControls() offers a rehearsal of every change, and a plan where one is usual", () => {
  assert.deepEqual(Object.keys(listedControls(endpointOf())), []);
  assert.deepEqual(Object.keys(listedControls(CREATE)), ["dry_run"]);
  assert.deepEqual(Object.keys(listedControls(DELETE)), ["dry_run", "plan_id"]);
});

Deno.test("listedControls() stand beside an operation's own arguments of these names, which yield", () => {
  assert.deepEqual(Object.keys(defineTool(OWN).inputSchema.properties), [
    "body_dry_run",
    "body_plan_id",
    "dry_run",
    "plan_id",
  ]);
  assert.deepEqual(splitControls(OWN, { dry_run: true, body_dry_run: "x" }), {
    control: { dryRun: true, planId: undefined },
    rest: { body_dry_run: "x" },
  });
});

Deno.test("splitControls() parts the controls from the arguments of a call", () => {
  assert.deepEqual(splitControls(CREATE, { name: "x", dry_run: true, plan_id: " p " }), {
    control: { dryRun: true, planId: "p" },
    rest: { name: "x" },
  });
  assert.deepEqual(splitControls(endpointOf(), { max: 1 }).rest, { max: 1 });
});

Deno.test("splitControls() refuses to rehearse what only reads", () => {
  assert.throws(() => splitControls(endpointOf(), { dry_run: true }), {
    message: /only reads: there is nothing to rehearse$/,
  });
});

Deno.test("splitControls() lets no slip turn a rehearsal into the real thing", () => {
  for (const name of ["dryRun", "dryrun", "DRY_RUN", "dry-run", "_dry_run_", "planId", "PLAN_ID"]) {
    assert.throws(
      () => splitControls(CREATE, { [name]: true }),
      { message: /did you mean "(dry_run|plan_id)"\?$/ },
      name,
    );
  }
});

Deno.test("joinControls() takes a rehearsal that is asked for anywhere for one, and no two plans", () => {
  const of = (dryRun: boolean, planId?: string) => ({ dryRun, planId });
  assert.deepEqual(joinControls(of(false), of(true)), of(true));
  assert.deepEqual(joinControls(of(true), of(false)), of(true));
  assert.deepEqual(joinControls(of(false, "a"), of(false, "a")), of(false, "a"));
  assert.deepEqual(joinControls(of(false), of(false, "b")), of(false, "b"));
  assert.throws(() => joinControls(of(false, "a"), of(false, "b")), RefusedError);
});

Deno.test("readControls() takes what isn't clearly a no for no real call", () => {
  for (const value of [true, "true"]) assert.equal(readControls({ dry_run: value }).dryRun, true);
  for (const value of [false, "false", "", null]) assert.equal(readControls({ dry_run: value }).dryRun, false);
  for (const value of ["yes", 1, 0, [], {}, "TRUE "] satisfies Json[]) {
    assert.throws(() => readControls({ dry_run: value }), RefusedError);
  }
  assert.throws(() => readControls({ plan_id: 5 }), { message: /^Argument "plan_id" is not / });
  assert.equal(readControls({ plan_id: "" }).planId, undefined);
});
