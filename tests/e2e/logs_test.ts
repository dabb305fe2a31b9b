import assert from "node:assert/strict";
import { CALLS, EMAIL, FAILURE, FAULTS, found, get, NAME, PERSONAL, PIN, WRONG_ID } from "../support/personal_calls.ts";
import { callMessage, INITIALIZE, repliesOf, serveArgs, start, startUpstream, until } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";

async function runAll(session: Session, call: (tool: string, args: Record<string, unknown>) => Promise<unknown>) {
  const begun = CALLS.map(([tool, args]) => call(tool, args));
  let requestId = 0;
  void session.call(...get(), (id) => requestId = id).catch(() => {});
  await until(() => requestId > 0);
  await session.notify("notifications/cancelled", { requestId, reason: `${NAME} went away` });
  await Promise.allSettled(begun);
}

const MODES = [
  { flags: [], format: "text" },
  { flags: ["--validation", "lenient", "--id-check", "warn", "--log-format", "json"], format: "JSON" },
];

for (const { flags, format } of MODES) {
  Deno.test(`the log has no value of anybody in it at its usual level, as ${format}, whatever becomes of calls`, async () => {
    await using upstream = await startUpstream();
    await using session = await openSession(upstream.url, { flags: [...flags, "--deadline", "2"] });
    upstream.sandbox.faults.add(...FAULTS.map((fault) => ({ ...fault, times: 1, skip: 1 })));
    let answered = "";
    await runAll(session, async (tool, args) => answered += (await session.call(tool, args)).text);
    upstream.sandbox.faults.clear();
    upstream.sandbox.faults.add({ status: 404, body: FAILURE });
    for (let round = 0; round < 3; round++) await session.call(...get()).then(({ text }) => answered += text);
    assert.equal(await session.end(), 0);
    assert.ok(found(answered).length > 5, "the values did come along");
    const log = session.stderr();
    assert.ok((log.match(/Executing /g) ?? []).length >= 8, log);
    assert.deepEqual(found(log), [], log);
  });
}

Deno.test("what breaks the protocol is not quoted in the log", async () => {
  await using upstream = await startUpstream();
  const server = start(serveArgs(upstream.url));
  const unknown = `tool_of_${NAME}`;
  await server.send(
    INITIALIZE,
    `"${NAME}" is no JSON`,
    `{"jsonrpc":"2.0","id":5,"method":"${EMAIL}","params":{"pin":"${PIN}"}}`,
  );
  await server.send(
    `{"jsonrpc":"2.0","id":"${NAME}","method":7,"${EMAIL}":1}`,
    callMessage(1, unknown, PERSONAL),
    "{}",
  );
  const { code, stdout, stderr } = await server.finish();
  assert.equal(code, 0);
  assert.ok(repliesOf(stdout).some(({ id }) => id === 1));
  assert.deepEqual(found(stderr), [], stderr);
});

Deno.test("the log's lines have a level and name what is done, by path templates", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  await session.call(...get());
  await session.call("people_list_people", { nobody: 1 });
  assert.equal(await session.end(), 0);
  assert.deepEqual(session.stderr().trim().split("\n"), [
    "INFO: Loaded 1177 API endpoints",
    "INFO: Executing GET /people/{personId}",
    "INFO: Action: GET /people/{personId} | Status: 404",
  ]);
});

Deno.test("--log-format json writes one object a line with time, level and message", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--log-format", "json"] });
  await session.call("people_list_people", { max: 1 });
  assert.equal(await session.end(), 0);
  const lines = session.stderr().trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ level, message }) => `${level} ${message}`), [
    "info Loaded 1177 API endpoints",
    "info Executing GET /people",
    "info Action: GET /people | Status: 200",
  ]);
  for (const { time } of lines) assert.equal(new Date(time).toISOString(), time);
});

const LEVELS = [
  { level: "debug", info: true, warning: true },
  { level: "info", info: true, warning: true },
  { level: "warning", info: false, warning: true },
  { level: "error", info: false, warning: false },
];

for (const { level, info, warning } of LEVELS) {
  const tells = [info ? "what is done" : "", warning ? "what looks wrong" : ""].filter((part) => part !== "");
  Deno.test(`--log-level ${level} tells ${tells.join(" and ") || "nothing of calls that the server could handle"}`, async () => {
    await using upstream = await startUpstream();
    await using session = await openSession(upstream.url, { flags: ["--id-check", "warn", "--log-level", level] });
    await session.call(...get(WRONG_ID));
    await session.call("people_list_people", { nobody: 1 });
    assert.equal(await session.end(), 0);
    const log = session.stderr();
    assert.equal(/^INFO: Executing /m.test(log), info);
    assert.equal(/^WARNING: Sending GET /m.test(log), warning);
    if (!info && !warning) assert.equal(log, "");
  });
}
