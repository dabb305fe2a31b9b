import assert from "node:assert/strict";
import type { Confirm } from "../../../src/config/config.ts";
import { RefusedError } from "../../../src/core/errors.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { createSeal } from "../../../src/core/seal.ts";
import {
  createWriteGate,
  type GateOptions,
  type PendingWrite,
  type WriteControl,
} from "../../../src/tools/confirmation/gate.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import { createPlans } from "../../../src/tools/confirmation/plan.ts";
import type { ToolResult } from "../../../src/tools/results/result.ts";
import { contextOf } from "../../support/calls.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const ID = parameterOf("thingId", { in: "path" });
const GET = endpointOf({ tool: "things_get", path: "/things/{thingId}", parameters: [ID] });
const DELETE = endpointOf(
  { tool: "things_delete", title: "Delete a Thing", method: "DELETE", path: "/things/{thingId}", parameters: [ID] },
  { kind: "write", destructive: true, danger: "Its parts go with it" },
);
const CREATE = writerOf({ name: { type: "string" } });

const CONTROL: WriteControl = { dryRun: false, canAsk: false, via: "things_delete" };

function writeOf(endpoint = DELETE, args: JsonObject = { thingId: "7" }): PendingWrite {
  const url = new URL(`https://webexapis.com/v1/things/${args.thingId ?? ""}`);
  const { thingId: _, ...body } = args;
  const request = { method: endpoint.method, url, headers: new Headers({ accept: "application/json" }) };
  return {
    endpoint,
    args,
    request: Object.keys(body).length === 0 ? request : { ...request, body: JSON.stringify(body) },
    warnings: [],
  };
}

function bench(confirm: Confirm = "destructive", parts: Partial<GateOptions> = {}) {
  const clock = new FakeClock();
  const read: string[] = [];
  const gate = createWriteGate({
    readOnlyBy: undefined,
    confirm,
    plans: createPlans({
      seal: createSeal({ clock }),
      clock,
      store: createMemoryStore({ clock }),
      owner: "ann",
      profile: "acme",
      place: "",
    }),
    subject: {
      clock,
      endpoints: () => Promise.resolve([GET]),
      read(endpoint) {
        read.push(endpoint.tool);
        return Promise.resolve({ isError: false, value: { status_code: 200, body: { name: "Pump 7" } } });
      },
    },
    place: "Profile acme",
    once: false,
    ...parts,
  });
  const pass = (write = writeOf(), control: Partial<WriteControl> = {}, context = contextOf()) =>
    gate.pass(write, { ...CONTROL, ...control }, context);
  return { clock, read, pass };
}

async function codeOf(passing: Promise<ToolResult | undefined>): Promise<string> {
  try {
    const held = await passing;
    return held === undefined ? "sent" : String((held.value.error as JsonObject | undefined)?.code ?? "shown");
  } catch (error) {
    assert.ok(error instanceof RefusedError);
    return error.code;
  }
}

Deno.test("pass() lets changes through that can do no harm, and reads nothing for them", async () => {
  const { pass, read } = bench();
  assert.equal(await pass(writeOf(CREATE, { name: "x" })), undefined);
  assert.deepEqual(read, []);
});

Deno.test("pass() lets everything through with never, and asks before everything with writes", async () => {
  assert.equal(await bench("never").pass(), undefined);
  assert.equal(await codeOf(bench("writes").pass(writeOf(CREATE, { name: "x" }))), "confirmation_required");
});

Deno.test("pass() gives a plan that names the object, what happens to it and what would be sent", async () => {
  const { pass, clock } = bench();
  const held = await pass();
  assert.equal(held?.isError, true);
  assert.equal(held?.question, undefined);
  const { plan_id: planId, plan, guidance } = held?.value ?? {};
  assert.match(String(planId), /^[\w-]{60,}$/);
  assert.deepEqual(plan, {
    will_send: {
      method: "DELETE",
      url: "https://webexapis.com/v1/things/7",
      headers: { accept: "application/json" },
    },
    effects: ["Deletes it; that cannot be undone", "Its parts go with it"],
    object: { name: "Pump 7" },
    place: "Profile acme",
    expires_at: new Date(clock.now() + 600_000).toISOString(),
  });
  assert.match(String(guidance), /things_delete again with the same arguments and this plan_id/);
});

Deno.test("pass() takes a plan for the same change, once", async () => {
  const { pass } = bench();
  const planId = String((await pass())?.value.plan_id);
  assert.equal(await codeOf(pass(writeOf(DELETE, { thingId: "8" }), { planId })), "other_plan");
  assert.equal(await codeOf(pass(writeOf(), { planId })), "sent");
  assert.equal(await codeOf(pass(writeOf(), { planId })), "used_plan");
  assert.equal(await codeOf(pass(writeOf(), { planId: "made up" })), "bad_plan");
});

Deno.test("pass() needs no plan where nobody is asked, and minds none", async () => {
  assert.equal(await codeOf(bench("never").pass(writeOf(), { planId: "made up" })), "sent");
});

Deno.test("pass() gives a question where the client can ask, and no plan", async () => {
  const { pass, read } = bench();
  const held = await pass(writeOf(), { canAsk: true });
  assert.deepEqual(read, ["things_get"]);
  assert.equal(held?.value.plan_id, undefined);
  assert.equal(
    held?.question?.message,
    'Delete a Thing: "Pump 7"?\nDeletes it; that cannot be undone.\nIts parts go with it.\n' +
      "Profile acme: DELETE /v1/things/7",
  );
  const state = held?.question?.state ?? "";
  assert.equal(await codeOf(pass(writeOf(), { canAsk: true, consent: { state, action: "accept" } })), "sent");
  assert.deepEqual(read, ["things_get"]);
});

Deno.test("pass() asks a client that can ask even where it brings a plan", async () => {
  const { pass } = bench();
  const planId = String((await pass())?.value.plan_id);
  assert.notEqual((await pass(writeOf(), { canAsk: true, planId }))?.question, undefined);
});

Deno.test("pass() takes a no for final: the same question cannot be answered again", async () => {
  for (const [action, code] of [["decline", "declined"], ["cancel", "dismissed"]] as const) {
    const { pass } = bench();
    const state = (await pass(writeOf(), { canAsk: true }))?.question?.state ?? "";
    assert.equal(await codeOf(pass(writeOf(), { canAsk: true, consent: { state, action } })), code);
    assert.equal(await codeOf(pass(writeOf(), { canAsk: true, consent: { state, action: "accept" } })), "used_plan");
  }
});

Deno.test("pass() takes no consent that it did not ask for, or that was for something else", async () => {
  const { pass } = bench();
  const planId = String((await pass())?.value.plan_id);
  for (const state of ["", "made up", planId]) {
    assert.equal(await codeOf(pass(writeOf(), { canAsk: true, consent: { state, action: "accept" } })), "bad_state");
  }
  const state = (await pass(writeOf(), { canAsk: true }))?.question?.state ?? "";
  const other = pass(writeOf(DELETE, { thingId: "8" }), { canAsk: true, consent: { state, action: "accept" } });
  assert.equal(await codeOf(other), "other_plan");
});

Deno.test("pass() refuses every change of a read-only server, whatever comes with it", async () => {
  const { pass } = bench("never", { readOnlyBy: "server" });
  assert.equal(await codeOf(pass()), "read_only");
  assert.equal(await codeOf(pass(writeOf(CREATE), { dryRun: true })), "read_only");
});

Deno.test("pass() says whether the server is read-only or the caller's own access, and who decides", async () => {
  await assert.rejects(bench("never", { readOnlyBy: "server" }).pass(), {
    message: "Cannot call things_delete: this server was started read-only, and that tool changes something",
    guidance: "Nothing was sent. Whoever runs the server decides whether it may change anything.",
  });
  await assert.rejects(bench("never", { readOnlyBy: "caller" }).pass(), {
    message: "Cannot call things_delete: your access here is read-only, and that tool changes something",
    guidance: /^Nothing was sent\. Whoever runs the server can change that by read_only, .* in the file of callers/,
  });
});

Deno.test("pass() shows the request of a rehearsal and reads, asks and spends nothing", async () => {
  const { pass, read } = bench();
  const planId = String((await pass())?.value.plan_id);
  read.length = 0;
  const shown = await pass({ ...writeOf(), warnings: ["odd"] }, { dryRun: true, planId });
  assert.deepEqual(shown, {
    isError: false,
    value: {
      dry_run: true,
      request: { method: "DELETE", url: "https://webexapis.com/v1/things/7", headers: { accept: "application/json" } },
      needs_confirmation: true,
      effects: ["Deletes it; that cannot be undone", "Its parts go with it"],
      warnings: ["odd"],
    },
  });
  assert.deepEqual(read, []);
  assert.equal(await codeOf(pass(writeOf(), { planId })), "sent");
  assert.equal((await pass(writeOf(CREATE, {}), { dryRun: true }))?.value.needs_confirmation, false);
});

Deno.test("pass() gives no plan where no later call could bring it", async () => {
  const held = await bench("destructive", { once: true }).pass();
  assert.equal(held?.value.plan_id, undefined);
  assert.match(String(held?.value.guidance), /--confirm never/);
});

Deno.test("pass() leaves no trace of its own reading in the call", async () => {
  const context = contextOf();
  const { pass } = bench("destructive", {
    subject: {
      clock: new FakeClock(),
      endpoints: () => Promise.resolve([GET]),
      read(_endpoint, _args, { trace }) {
        trace.attempts++;
        trace.status = 200;
        return Promise.resolve({ isError: false, value: { body: {} } });
      },
    },
  });
  await pass(writeOf(), {}, context);
  assert.deepEqual(context.trace, { attempts: 0, waitedMs: 0 });
});

Deno.test("pass() shows in plan and question what changes and what is left out, and no secret", async () => {
  const fields = { name: { type: "string" }, hostPin: { type: "string" }, roles: { type: "array" } };
  const put = writerOf(fields, [], { method: "PUT", path: "/things/{thingId}", parameters: [ID] });
  const read = { isError: false, value: { status_code: 200, body: { name: "Pump", hostPin: "999999", roles: ["a"] } } };
  const subject = {
    clock: new FakeClock(),
    endpoints: () => Promise.resolve([GET]),
    read: () => Promise.resolve(read),
  };
  const { pass } = bench("writes", { subject });
  const write = writeOf(put, { thingId: "7", name: "Pump 2", hostPin: "471147" });
  const { will_send: shown, changes, not_sent: notSent, object } = (await pass(write))?.value.plan as JsonObject;
  assert.deepEqual((shown as JsonObject).body, { name: "Pump 2", hostPin: "(hidden, 6 characters)" });
  assert.deepEqual(changes, ['name: "Pump" → "Pump 2"', "hostPin: changes to (hidden, 6 characters)"]);
  assert.deepEqual([notSent, object], [["roles"], { name: "Pump" }]);
  const message = (await pass(write, { canAsk: true }))?.question?.message ?? "";
  assert.match(message, /Changes:\n {2}name: "Pump" → "Pump 2"\n {2}hostPin: changes.*\n {2}not sent: roles\n/);
  assert.doesNotMatch(message, /471147|999999/);
});

Deno.test("pass() shows a rehearsal the caller's own secrets, as they would go out", async () => {
  const shown = await bench().pass(writeOf(CREATE, { hostPin: "471147" }), { dryRun: true });
  assert.deepEqual((shown?.value.request as JsonObject).body, { hostPin: "471147" });
});

Deno.test("pass() keeps a plan small whose body is large, and binds it to the whole body", async () => {
  const { pass } = bench("writes");
  const list = Array.from({ length: 20_000 }, (_, index) => `entry ${index}`);
  const held = await pass(writeOf(CREATE, { list }));
  assert.ok(JSON.stringify(held?.value).length < 10_000);
  const planId = String(held?.value.plan_id);
  assert.equal(await codeOf(pass(writeOf(CREATE, { list: [...list.slice(1), "x"] }), { planId })), "other_plan");
  assert.equal(await codeOf(pass(writeOf(CREATE, { list }), { planId })), "sent");
});

Deno.test("pass() refuses a body that is nested without end instead of breaking", async () => {
  const write = writeOf(CREATE, { a: 1 });
  const body = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  for (const canAsk of [true, false]) {
    const held = bench("writes").pass({ ...write, request: { ...write.request, body } }, { canAsk });
    assert.equal(await codeOf(held), "too_deep");
  }
});

Deno.test("pass() asks before a change that does harm by what it sends, and lets the others through", async () => {
  const path = "/telephony/config/locations/{locationId}/huntGroups/{thingId}";
  const update = endpointOf({ method: "PUT", path }, { kind: "write" });
  const { pass } = bench();
  assert.equal(await codeOf(pass(writeOf(update, { thingId: "7", name: "x" }))), "sent");
  assert.equal(await codeOf(pass(writeOf(update, { thingId: "7", enabled: false }))), "confirmation_required");
  const held = await pass(writeOf(update, { thingId: "7", agents: [] }), { dryRun: true });
  assert.equal(held?.value.needs_confirmation, true);
});
