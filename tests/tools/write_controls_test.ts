import assert from "node:assert/strict";
import { RefusedError } from "../../src/core/errors.ts";
import type { Json } from "../../src/core/json.ts";
import { defineTool } from "../../src/tools/definitions/definition.ts";
import { listedControls, readControls, splitControls, withPlanId } from "../../src/tools/write_controls.ts";
import { endpointOf, writerOf } from "../support/endpoints.ts";

const CREATE = writerOf({ name: { type: "string" } });
const DELETE = endpointOf({ method: "DELETE", path: "/things/{id}" }, { kind: "write" });
const OWN = writerOf({ dry_run: { type: "string" }, plan_id: { type: "string" } }, [], { method: "DELETE" });

Deno.test("listedControls() offers a rehearsal of every change, and a plan where one is usual", () => {
  assert.deepEqual(Object.keys(listedControls(endpointOf())), []);
  assert.deepEqual(Object.keys(listedControls(CREATE)), ["dry_run"]);
  assert.deepEqual(Object.keys(listedControls(DELETE)), ["dry_run", "plan_id"]);
});

Deno.test("listedControls() leaves an operation's own arguments alone", () => {
  assert.deepEqual(listedControls(OWN), {});
  assert.deepEqual(splitControls(OWN, { dry_run: "x", plan_id: "y" }), {
    control: { dryRun: false, planId: undefined },
    rest: { dry_run: "x", plan_id: "y" },
  });
});

Deno.test("splitControls() parts the controls from the arguments of a change, and touches no read", () => {
  assert.deepEqual(splitControls(CREATE, { name: "x", dry_run: true, plan_id: " p " }), {
    control: { dryRun: true, planId: "p" },
    rest: { name: "x" },
  });
  const args = { dry_run: true };
  assert.deepEqual(splitControls(endpointOf(), args), { control: { dryRun: false }, rest: args });
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

Deno.test("withPlanId() adds the plan to what changes something, once", () => {
  const names = (definition: ReturnType<typeof withPlanId>) => Object.keys(definition.inputSchema.properties);
  assert.deepEqual(names(withPlanId(defineTool(CREATE))), ["name", "dry_run", "plan_id"]);
  const [read, risky] = [defineTool(endpointOf()), defineTool(DELETE)];
  assert.equal(withPlanId(read), read);
  assert.equal(withPlanId(risky), risky);
});
