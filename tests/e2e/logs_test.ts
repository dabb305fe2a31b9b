import assert from "node:assert/strict";
import type { FaultRule } from "../../src/sandbox/faults.ts";
import { callMessage, INITIALIZE, repliesOf, serveArgs, start, startUpstream, until } from "../support/process.ts";
import { openSession, type Session } from "../support/session.ts";

/** What belongs to somebody, and must not be in the log. */
const NAME = "Ottilie Quastenberg";
const EMAIL = "ottilie.quastenberg@private.example";
const NUMBER = "+15125559876";
const ID = btoa("ciscospark://us/PEOPLE/0771e000-0000-4000-8000-00000000771e");
const WRONG_ID = btoa("ciscospark://us/LOCATION/0771e000-0000-4000-8000-00000000771f");
const PIN = "837465";
const PLANTED = [NAME, "Ottilie", "Quastenberg", EMAIL, "private.example", NUMBER, NUMBER.slice(1), ID, WRONG_ID, PIN];

const PERSONAL = { displayName: NAME, emails: [EMAIL], phoneNumbers: [{ type: "work", value: NUMBER }] };
const FAILURE = {
  message: `${NAME} <${EMAIL}> has no ${NUMBER}`,
  errors: [{ description: `${ID} is not ${NAME}`, errorCode: EMAIL }],
  trackingId: `T_${NAME}`,
};
const get = (personId = ID) => ["people_get_person_details", { personId }] as const;

/** Calls that end well, badly, or not at all, each with values of somebody. */
const CALLS: readonly (readonly [string, Record<string, unknown>])[] = [
  ["people_list_people", { email: EMAIL, displayName: NAME }],
  ["people_list_people", { max: 2, all_pages: true, max_items: 4, fields: `items[?displayName=='${NAME}']` }],
  ["people_list_people", { fields: `items[?displayName=='${NAME}'` }],
  ["people_create_a_person", PERSONAL],
  ["people_create_a_person", { ...PERSONAL, orgId: WRONG_ID }],
  ["people_create_a_person", { ...PERSONAL, emails: NAME, nickname: NAME }],
  ["people_update_a_person", { personId: ID, ...PERSONAL }],
  ["people_delete_a_person", { personId: `${ID}/../${NAME}` }],
  ["user_update_do_not_disturb_settings_person", { personId: ID, webexGoOverrideEnabled: NAME }],
  ["user_update_busy_voicemail_greeting_person", { personId: ID, file: `/nowhere/${NAME}.wav` }],
  ["numbers_remove_phone_numbers_from_a_location", { locationId: WRONG_ID, phoneNumbers: [NUMBER] }],
  ["call_history_get_detailed_call_history", { startTime: NAME, endTime: EMAIL }],
  ["call_history_get_live_stream", { startTime: new Date(Date.now() - 3_600_000).toISOString(), endTime: NUMBER }],
  ["webex_next_page", { next: NAME }],
  ["webex_result", { handle: NAME, filter: EMAIL }],
  ["webex_wait_for_job", { poll_tool: NAME, job_id: ID }],
  ["locations_list_locations", { [EMAIL]: NAME }],
  ["call_pickup_create_a_call_pickup", { locationId: ID, name: NAME, agents: [{ [EMAIL]: WRONG_ID }] }],
  get(),
  get(WRONG_ID),
];

/** What the upstream does meanwhile; each is used once. */
const FAULTS: readonly FaultRule[] = [
  { status: 400, body: FAILURE },
  { status: 403, body: FAILURE, headers: { trackingid: `T_${EMAIL}`, "cisco-spark-error-codes": EMAIL } },
  { status: 502, text: `<html><body>${NAME}</body></html>` },
  { status: 503, body: FAILURE },
  { status: 200, text: `<html><body>${NAME}</body></html>` },
  { status: 302, headers: { location: `https://${EMAIL.split("@")[1]}/${ID}` } },
  { status: 206, body: { items: [{ id: ID, status: 409, message: FAILURE.message }] } },
  { status: 200, body: PERSONAL, headers: { link: `<https://other.example/${ID}>; rel="next"` } },
  { drop: true },
  { dropAfterBytes: 3 },
  { status: 429, body: FAILURE, retryAfter: 1 },
];

/** Every planted value that stands in a text, also in the form that it has in addresses. */
function found(text: string): string[] {
  const lower = text.toLowerCase();
  return PLANTED.flatMap((value) => [value, encodeURIComponent(value)]).filter((value) =>
    lower.includes(value.toLowerCase())
  );
}

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
