import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { DeadlineReached } from "../../src/core/context.ts";
import { RefusedError, UpstreamError } from "../../src/core/errors.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { failureOfError } from "../../src/tools/results/refusal.ts";
import { failed, type ToolResult } from "../../src/tools/results/result.ts";
import { CALLER, deskOf, DONE, echo, sending, WRITE } from "../support/desk.ts";
import { executorTrial } from "../support/executor.ts";

Deno.test("call() records a call that was answered: who, what, which ids, which names, and no values", async () => {
  const desk = deskOf({
    act: (_, context) => {
      sending(context, 200);
      return Promise.resolve(DONE);
    },
  });
  assert.deepEqual(await desk.call("things_read", { thingId: "t1", word: "private" }, CALLER), DONE);
  const [entry] = desk.entries;
  assert.ok(entry !== undefined && Math.abs(entry.time - Date.now()) < 5_000 && entry.durationMs >= 0);
  assert.deepEqual({ ...entry, time: 0, durationMs: 0 }, {
    time: 0,
    profile: "main",
    client: "test/1",
    tool: "things_get",
    kind: "read",
    method: "GET",
    path: "/things/{thingId}",
    ids: { thingId: "[not an id]" },
    argumentNames: ["thingId", "word"],
    outcome: "ok",
    durationMs: 0,
    attempts: 1,
    status: 200,
    trackingId: "ROUTER_1",
  });
});

Deno.test("call() records the values of arguments only where they are asked for", async () => {
  const desk = deskOf({ auditValues: true });
  await desk.call("things_get", { thingId: "t1", word: "asked for" }, CALLER);
  assert.deepEqual(desk.entries[0]?.values, { thingId: "t1", word: "asked for" });
});

/** Each way a call can end: whether it left, the result, and what the trail says. */
const ENDS: readonly (readonly [what: string, left: boolean, result: ToolResult, outcome: string, code?: string])[] = [
  ["an answer", true, DONE, "ok"],
  [
    "a refusal",
    false,
    failed({ code: "missing_argument", message: "m", guidance: "g" }),
    "refused",
    "missing_argument",
  ],
  ["a failure", true, failed({ status: 400, code: "25008", message: "m", guidance: "g" }), "failed", "25008"],
  ["a cancellation", true, failed({ code: "cancelled", message: "m", guidance: "g" }), "cancelled", "cancelled"],
  [
    "a doubt",
    true,
    { isError: true, value: { error: { code: "connection_failed" }, outcome_unknown: true } },
    "unknown",
    "connection_failed",
  ],
];

for (const [what, left, result, outcome, code] of ENDS) {
  Deno.test(`call() records ${what} as ${outcome}`, async () => {
    const desk = deskOf({
      act: (_, context) => {
        if (left) sending(context);
        return Promise.resolve(result);
      },
    });
    assert.deepEqual(await desk.call("things_create", { name: "n" }, CALLER), result);
    const [entry] = desk.entries;
    assert.deepEqual([entry?.outcome, entry?.code, entry?.attempts], [outcome, code, left ? 1 : 0]);
  });
}

Deno.test("call() knows no tool that is not listed, records the attempt and names those that come close", async () => {
  const desk = deskOf({ builtIns: [echo()] });
  assert.equal(await desk.call("things_lst", { thingId: "t1" }, CALLER), undefined);
  assert.deepEqual(desk.entries.map(({ tool, outcome, code, kind }) => [tool, outcome, code, kind]), [
    ["things_lst", "refused", "unknown_tool", "read"],
  ]);
  assert.match(await desk.explain("things_lst"), /^Unknown tool "things_lst": did you mean "things_list"/);
  assert.equal(await desk.explain("webex_eco"), 'Unknown tool "webex_eco": did you mean "webex_echo"?');
});

Deno.test("call() announces a change before it is sent, once, and records it with its announcement", async () => {
  const desk = deskOf({
    act: async (_, context) => {
      await context.beforeWrite(WRITE);
      await context.beforeWrite(WRITE);
      desk.events.push("sent");
      sending(context, 200);
      return DONE;
    },
  });
  await desk.call("things_create", { name: "n" }, CALLER);
  assert.deepEqual(desk.events, ["announced", "sent", "recorded"]);
  assert.deepEqual(desk.announced, [{ id: "call-1" }]);
  assert.deepEqual([desk.drafts[0]?.tool, desk.drafts[0]?.kind], ["things_create", "write"]);
});

Deno.test("call() sends no change that cannot be announced, and records that", async () => {
  const desk = deskOf({
    deaf: true,
    act: async (_, context) => {
      try {
        await context.beforeWrite(WRITE);
      } catch (error) {
        return failureOfError(error);
      }
      throw new Error("Expected nothing to be sent");
    },
  });
  const result = await desk.call("things_create", { name: "n" }, CALLER);
  assert.equal(result?.isError, true);
  assert.deepEqual([desk.entries[0]?.outcome, desk.entries[0]?.code, desk.announced], [
    "refused",
    "audit_unavailable",
    [undefined],
  ]);
});

Deno.test("call() announces each change that the executor sends, and neither reads nor what is refused", async () => {
  const events: string[] = [];
  const { executor } = executorTrial({
    realTime: true,
    fetch: ({ method }) => {
      events.push(method);
      return Promise.resolve(Response.json({ items: [] }));
    },
  });
  for (const deaf of [false, true]) {
    const desk = deskOf({ executor, deaf });
    const happened = async (tool: string, args: JsonObject) => {
      events.splice(0);
      desk.events.splice(0);
      await desk.call(tool, args, CALLER);
      return [...desk.events, ...events];
    };
    assert.deepEqual(await happened("things_list", {}), ["recorded", "GET"]);
    assert.deepEqual(await happened("things_create", { nam: "n" }), ["recorded"]);
    assert.deepEqual(
      await happened("things_create", { name: "n" }),
      deaf ? ["recorded"] : ["announced", "recorded", "POST"],
    );
  }
});

Deno.test("call() adds the trail's warning to those of the result", async () => {
  const warned: ToolResult = { isError: false, value: { status_code: 200, warnings: ["first"] } };
  const desk = deskOf({ warning: "Calls are not recorded", act: () => Promise.resolve(warned) });
  const result = await desk.call("things_list", {}, CALLER);
  assert.deepEqual(result?.value.warnings, ["first", "Calls are not recorded"]);
  assert.deepEqual(warned.value.warnings, ["first"], "the executor's own result is not changed");
  assert.deepEqual((await deskOf({ warning: "w" }).call("things_list", {}, CALLER))?.value.warnings, ["w"]);
});

Deno.test("call() turns a bug into a result, keeps its message from the caller, and says whether a change may be made", async () => {
  for (
    const [tool, left, guidance] of [
      ["things_list", false, "Nothing was sent. Look at the server's log, and report it."],
      ["things_list", true, "Look at the server's log, and report it."],
      ["things_create", false, "Nothing was sent. Look at the server's log, and report it."],
      [
        "things_create",
        true,
        "The change may have been made: read the object before trying again. Look at the server's log, and report it.",
      ],
    ] as const
  ) {
    const desk = deskOf({
      act: (_, context) => {
        if (left) sending(context, 200);
        return Promise.reject(new TypeError("x of undefined"));
      },
    });
    const result = await desk.call(tool, {}, CALLER);
    const isDoubtful = tool === "things_create" && left;
    assert.deepEqual(result?.value, {
      error: { code: "internal_error", message: "The call failed for a reason inside the server", details: null },
      guidance,
      ...(isDoubtful ? { outcome_unknown: true } : {}),
    });
    assert.equal(desk.entries[0]?.outcome, isDoubtful ? "unknown" : left ? "failed" : "refused");
    assert.match(desk.lines.join("\n"), new RegExp(`^ERROR: Cannot finish ${tool}: TypeError\\n +at `));
  }
});

Deno.test("call() ends a call when its time is up", async () => {
  const desk = deskOf({
    deadlineMs: 20,
    act: async (_, { signal, deadline }) => {
      assert.ok(deadline - systemClock.monotonic() <= 20);
      await systemClock.sleep(5_000, signal).catch((reason: unknown) => assert.ok(reason instanceof DeadlineReached));
      return failed({ code: "deadline_exceeded", message: "m", guidance: "g" });
    },
  });
  await desk.call("things_list", {}, CALLER);
  assert.equal(desk.entries[0]?.code, "deadline_exceeded");
});

Deno.test("call() passes on the caller's cancellation and ears", async () => {
  const notes: string[] = [];
  const stop = new AbortController();
  const desk = deskOf({
    act: async (_, { signal, progress }) => {
      progress({ message: "waiting" });
      stop.abort(new Error("enough"));
      await assert.rejects(systemClock.sleep(5_000, signal), /enough/);
      return DONE;
    },
  });
  await desk.call("things_list", {}, {
    ...CALLER,
    signal: stop.signal,
    progress: ({ message }) => notes.push(message),
  });
  assert.deepEqual(notes, ["waiting"]);
});

Deno.test("call() checks the arguments of the server's own tools, as text too, and records them like others", async () => {
  const desk = deskOf({ builtIns: [echo()] });
  assert.deepEqual((await desk.call("webex_echo", { count: "3" }, CALLER))?.value, { count: 3 });
  for (
    const [args, code] of [
      [{}, "missing_argument"],
      [{ count: "many" }, "invalid_argument"],
      [{ count: 0 }, "invalid_argument"],
      [{ count: 1, more: 2 }, "unknown_argument"],
    ] as const
  ) {
    const result = await desk.call("webex_echo", args, CALLER);
    assert.equal(result?.isError, true);
    assert.match(String(result?.value.guidance), /^Nothing was sent\. .*webex_echo again\.$/);
    assert.deepEqual([desk.entries.at(-1)?.outcome, desk.entries.at(-1)?.code], ["refused", code]);
  }
  assert.deepEqual(desk.entries[0]?.tool, "webex_echo");
});

Deno.test("call() puts what the server's own tools raise into the error form, and a bug of theirs out of sight", async () => {
  const gone = new RefusedError("There is no result", { code: "unknown_result", guidance: "Call again." });
  const refused = await deskOf({ builtIns: [echo(gone)] }).call("webex_echo", { count: 1 }, CALLER);
  assert.equal(refused?.value.guidance, "Nothing was sent. Call again.");
  const lost = new UpstreamError("Cannot reach Webex", { code: "connection_failed" });
  const failure = await deskOf({ builtIns: [echo(lost)] }).call("webex_echo", { count: 1 }, CALLER);
  assert.deepEqual(failure?.value.error, { code: "connection_failed", message: "Cannot reach Webex", details: null });
  const bug = await deskOf({ builtIns: [echo(new Error("bug"))] }).call("webex_echo", { count: 1 }, CALLER);
  assert.doesNotMatch(JSON.stringify(bug), /bug/);
});

Deno.test("definitions() lists all tools in the order of their names", () => {
  const names = deskOf({ builtIns: [echo()] }).definitions().map(({ name }) => name);
  assert.deepEqual(names, ["things_create", "things_get", "things_list", "webex_echo"]);
});

Deno.test("settled() waits for calls that nobody waits for any more", async () => {
  const { promise, resolve } = Promise.withResolvers<ToolResult>();
  const desk = deskOf({ act: () => promise });
  void desk.call("things_list", {}, CALLER);
  let isSettled = false;
  const settled = desk.settled().then(() => isSettled = true);
  await new Promise((done) => setTimeout(done));
  assert.equal(isSettled, false);
  resolve({ isError: false, value: {} });
  await settled;
  assert.equal(desk.entries.length, 1);
});

Deno.test("call() records a rehearsal as what it is: nothing was sent", async () => {
  const shown: ToolResult = { isError: false, value: { dry_run: true, request: {} } };
  const desk = deskOf({ act: () => Promise.resolve(shown) });
  await desk.call("things_create", { dry_run: true }, CALLER);
  const [entry] = desk.entries;
  assert.deepEqual([entry?.outcome, entry?.code, entry?.attempts], ["refused", "dry_run", 0]);
});
