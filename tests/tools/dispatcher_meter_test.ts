import assert from "node:assert/strict";
import { createPrometheusMeter } from "../../src/telemetry/prometheus.ts";
import { CALLER, deskOf, DONE, echo, sending, WRITE } from "../support/desk.ts";
import { readExposition, seriesOf } from "../support/exposition.ts";
import { recordedSpan, recordingMeter } from "../support/recording_telemetry.ts";

Deno.test("call() measures what it records: tool, kind, outcome, status and consent", async () => {
  const meter = recordingMeter();
  const desk = deskOf({
    meter,
    async act(args, context) {
      if (args.name !== undefined) await context.beforeWrite(WRITE);
      sending(context, args.name === "bad" ? 409 : 200);
      return args.name === "bad" ? { isError: true, value: { status_code: 409 } } : DONE;
    },
    gate: { asks: () => true, pass: () => Promise.resolve(undefined) },
  });
  await desk.call("things_list", {}, CALLER);
  await desk.call("things_create", { name: "bad" }, CALLER);
  const ended = meter.of("callEnded");
  const [durationMs, other] = desk.entries.map((entry) => entry.durationMs);
  assert.deepEqual(ended[0], {
    tool: "things_list",
    kind: "read",
    outcome: "ok",
    status: 200,
    durationMs,
    consent: undefined,
  });
  assert.deepEqual(ended[1], {
    tool: "things_create",
    kind: "write",
    outcome: "failed",
    status: 409,
    durationMs: other,
    consent: "plan",
  });
});

Deno.test("call() makes no series of names that somebody makes up", async () => {
  const { meter, exposition } = createPrometheusMeter();
  const desk = deskOf({ meter, builtIns: [echo()] });
  for (const tool of ["things_list", "things_get", "webex_echo"]) await desk.call(tool, { count: 1 }, CALLER);
  await desk.call("planted_0", {}, CALLER);
  const before = readExposition(await exposition());
  for (let count = 0; count < 200; count++) {
    await desk.call(`planted_${count}"} 1\n`, { [`planted_${count}`]: 1 }, CALLER);
  }
  // A former name is the tool's own.
  await desk.call("things_read", {}, CALLER);
  const after = readExposition(await exposition());
  assert.deepEqual([...after.keys()], [...before.keys()]);
  assert.ok(![...after.keys()].join().includes("planted"));
  const calls = seriesOf(after, "webex_mcp_calls_total");
  assert.equal(calls['{tool="unknown",kind="read",outcome="refused",status_class="none"}'], 201);
});

Deno.test("call() tells the caller the tool's own name, and nothing of one that is none", async () => {
  const desk = deskOf();
  const named: string[] = [];
  for (const tool of ["things_read", "things_list", "nothing"]) {
    await desk.call(tool, {}, { ...CALLER, named: (name) => named.push(name) });
  }
  assert.deepEqual(named, ["things_get", "things_list"]);
});

Deno.test("call() passes the caller's span on to what carries it out", async () => {
  const { span } = recordedSpan();
  let seen: unknown;
  const desk = deskOf({
    act(_, context) {
      seen = context.span;
      return Promise.resolve(DONE);
    },
  });
  await desk.call("things_list", {}, { ...CALLER, span });
  assert.equal(seen, span);
});

Deno.test("inFlight() counts the calls that are not over", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const desk = deskOf({ act: () => promise.then(() => DONE) });
  const calls = [desk.call("things_list", {}, CALLER), desk.call("things_list", {}, CALLER)];
  assert.equal(desk.inFlight(), 2);
  resolve();
  await Promise.all(calls);
  await desk.settled();
  assert.equal(desk.inFlight(), 0);
});
