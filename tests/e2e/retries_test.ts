import assert from "node:assert/strict";
import type { FaultRule } from "../../src/sandbox/faults.ts";
import { startUpstream, until, type Upstream } from "../support/process.ts";
import { type CallOutcome, openSession, type Session } from "../support/session.ts";

/** A call of each method, and the path that it goes to. */
interface Method {
  readonly method: string;
  readonly tool: string;
  readonly args: (id: string) => Record<string, unknown>;
  readonly path: (id: string) => string;
}

const GET: Method = {
  method: "GET",
  tool: "people_get_person_details",
  args: (personId) => ({ personId }),
  path: (id) => `/people/${id}`,
};
const PUT: Method = {
  method: "PUT",
  tool: "user_update_do_not_disturb_settings_person",
  args: (personId) => ({ personId, webexGoOverrideEnabled: false }),
  path: (id) => `/people/${id}/features/doNotDisturb`,
};
const DELETE: Method = { ...GET, method: "DELETE", tool: "people_delete_a_person" };
const POST: Method = {
  method: "POST",
  tool: "call_pickup_create_a_call_pickup",
  args: (locationId) => ({ locationId, name: "Reception" }),
  path: (id) => `/telephony/config/locations/${id}/callPickups`,
};
const PATCH: Method = {
  method: "PATCH",
  tool: "devices_modify_device_tags",
  args: (deviceId) => ({ deviceId, op: "replace", path: "tags", value: [] }),
  path: (id) => `/devices/${id}`,
};

/** What goes wrong first; a dropped connection twice, since Deno itself may send a request once more. */
const LOSS: FaultRule = { drop: true, times: 2 };
const refusing = (status: number, more: FaultRule = {}): FaultRule => ({ status, times: 1, ...more });
const TRANSIENT: Readonly<Record<string, FaultRule>> = {
  "502": refusing(502),
  "503": refusing(503),
  "504": refusing(504),
  "502 as a gateway writes it": refusing(502, { text: "<html><body>Bad Gateway</body></html>" }),
  "502 with its own status as code": refusing(502, { body: { errorCode: 502, message: "Bad Gateway" } }),
  "423": refusing(423),
  "503 with Retry-After": refusing(503, { retryAfter: 1 }),
  "a lost connection": LOSS,
  "an answer that breaks off": { dropAfterBytes: 1, times: 1 },
};
const FINAL: Readonly<Record<string, FaultRule>> = {
  ...Object.fromEntries([400, 403, 404, 409, 410, 500].map((status) => [status, refusing(status)])),
  "502 with a code in the header": refusing(502, { headers: { "cisco-spark-error-codes": "4251" } }),
  "502 with a code in the body": refusing(502, { body: { message: "Full", errors: [{ errorCode: "5012" }] } }),
};

interface Tried extends CallOutcome {
  /** How many requests were received. */
  readonly received: number;
}

let count = 0;

/** Calls with a fault in the way, which the usual good answer follows. */
async function attempt(upstream: Upstream, session: Session, what: Method, ...faults: FaultRule[]): Promise<Tried> {
  const id = `case-${++count}`;
  const at = { method: what.method, path: what.path(id) };
  upstream.sandbox.faults.add(...faults.map((fault) => ({ ...fault, ...at })), { ...at, body: { ok: true } });
  const result = await session.call(what.tool, what.args(id));
  const received =
    upstream.sandbox.requests.entries.filter(({ method, path }) => method === at.method && path === at.path).length;
  return { ...result, received };
}

Deno.test("reads, PUT and DELETE are repeated after what may pass, and a repeated change says so", async (t) => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--concurrency", "30"] });
  const cases = [GET, PUT, DELETE].flatMap((what) =>
    Object.entries(TRANSIENT).map(([name, fault]) => ({ what, name, fault }))
  );
  const tried = await Promise.all(cases.map(async ({ what, name, fault }) => ({
    name: `${what.method} after ${name}`,
    leavesDoubt: what !== GET && name !== "423",
    result: await attempt(upstream, session, what, fault),
  })));
  for (const { name, result, leavesDoubt } of tried) {
    await t.step(name, () => {
      assert.equal(result.value.status_code, 200, result.text);
      assert.ok(result.received >= 2);
      const warned = result.value.warnings?.some((warning: string) =>
        warning.startsWith("An earlier attempt broke off")
      );
      assert.equal(warned ?? false, leavesDoubt, result.text);
    });
  }
});

Deno.test("POST and PATCH are not repeated, and no method after what does not pass", async (t) => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--concurrency", "30"] });
  const dropped = { ...LOSS, times: 1 };
  const cases = [
    ...[POST, PATCH].flatMap((what) =>
      Object.entries({ ...TRANSIENT, ...FINAL }).map(([name, fault]) => ({ what, name, fault }))
    ),
    ...[GET, PUT, DELETE].flatMap((what) => Object.entries(FINAL).map(([name, fault]) => ({ what, name, fault }))),
  ];
  const tried = await Promise.all(cases.map(async ({ what, name, fault }) => ({
    name: `${what.method} after ${name}`,
    result: await attempt(upstream, session, what, fault === LOSS ? dropped : fault),
  })));
  for (const { name, result } of tried) {
    await t.step(name, () => {
      assert.equal(result.isError, true, result.text);
      assert.equal(result.received, 1);
    });
  }
});

Deno.test("a POST whose connection breaks is sent once, also on a connection that was used before", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  await session.call("people_list_people", { max: 1 });
  const { value, received } = await attempt(upstream, session, POST, { ...LOSS, times: 1 });
  assert.equal(received, 1);
  assert.equal(value.outcome_unknown, true);
});

Deno.test("every method is repeated after a 429, since it was not carried out", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  const methods = [GET, PUT, DELETE, POST, PATCH];
  // All are on the wire before the first is refused, so that they share one pause.
  const fault = { delayMs: 250, status: 429, retryAfter: 1, times: 1 };
  const tried = await Promise.all(
    methods.map((what) => attempt(upstream, session, what, fault)),
  );
  assert.deepEqual(tried.map(({ value, received }) => [value.status_code, received]), Array(5).fill([200, 2]));
  assert.ok(tried.every(({ value }) => value.warnings === undefined), "nothing about them is doubtful");
});

Deno.test("a repetition that would go beyond the deadline is left, and the last answer is given", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--deadline", "2"] });
  const before = performance.now();
  const [failing, waiting, locked] = await Promise.all([
    attempt(upstream, session, GET, { status: 503 }),
    attempt(upstream, session, PUT, { status: 503, retryAfter: 20 }),
    attempt(upstream, session, DELETE, { status: 423, retryAfter: "40" }),
  ]);
  assert.ok(performance.now() - before < 2_100);
  assert.deepEqual([failing.value.status_code, waiting.value.status_code, locked.value.status_code], [503, 503, 423]);
  assert.ok(failing.received > 1 && failing.received <= 5);
  assert.deepEqual([waiting.received, locked.received], [1, 1]);
  assert.match(waiting.value.guidance, /20 seconds/);
  assert.match(locked.value.guidance, /40 seconds/);
});

Deno.test("each wait before a repetition is told as progress", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  await Promise.all([
    attempt(upstream, session, GET, { status: 503, retryAfter: 1, times: 1 }),
    attempt(upstream, session, DELETE, { status: 423, retryAfter: 1, times: 1 }),
  ]);
  const notes = session.notes.map(({ message }) => message);
  assert.ok(notes.includes("Waiting 1 s: Webex answered 503, the request is repeated"), notes.join("\n"));
  assert.ok(notes.includes("Waiting 1 s: Webex answered 423, the request is repeated"), notes.join("\n"));
});

Deno.test("a call that is cancelled before its repetition is not repeated", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url);
  upstream.sandbox.faults.add({ path: "/people", status: 503, retryAfter: 1 });
  let requestId = 0;
  void session.call("people_list_people", {}, (id) => requestId = id).catch(() => {});
  await until(() => session.notes.length > 0);
  await session.notify("notifications/cancelled", { requestId });
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  assert.equal(upstream.sandbox.requests.entries.length, 1);
});

Deno.test("a call to a host that hangs ends at the deadline, and a change is then in doubt", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--deadline", "2"] });
  const before = performance.now();
  const hanging = { delayMs: 10_000 };
  const [read, write] = await Promise.all([
    attempt(upstream, session, GET, hanging),
    attempt(upstream, session, POST, hanging),
  ]);
  const took = performance.now() - before;
  assert.ok(took > 1_800 && took < 2_500, `${took} ms`);
  assert.deepEqual([read.value.error.code, write.value.error.code], ["deadline_exceeded", "deadline_exceeded"]);
  assert.equal(read.value.outcome_unknown, undefined);
  assert.equal(write.value.outcome_unknown, true);
});

/** Changes, and the read that tells of each. */
const CHECKS: readonly (readonly [string, Record<string, unknown>, string, Record<string, unknown>])[] = [
  [POST.tool, POST.args("L1"), "call_pickup_read_the_list_of_call_pickups", { locationId: "L1" }],
  ["people_create_a_person", { emails: ["new@example.com"], orgId: "O1" }, "people_list_people", { orgId: "O1" }],
  [DELETE.tool, { personId: "P1" }, GET.tool, { personId: "P1" }],
  [PUT.tool, PUT.args("P2"), "user_get_do_not_disturb_settings_for_a_person", { personId: "P2" }],
  ["user_pause_the_move_users_job", { jobId: "J1" }, "user_get_move_users_job_status", { jobId: "J1" }],
];

for (const fault of [{ drop: true }, { status: 503 }, { delayMs: 5_000 }] satisfies FaultRule[]) {
  const how = "drop" in fault ? "a lost connection" : "status" in fault ? "a 503" : "the deadline";
  Deno.test(`a change that ends in ${how} says that its outcome is unknown, and names the read that tells`, async (t) => {
    await using upstream = await startUpstream();
    await using session = await openSession(upstream.url, { flags: ["--deadline", "1"] });
    upstream.sandbox.faults.add(...["POST", "PUT", "DELETE"].map((method) => ({ ...fault, method })));
    const results = await Promise.all(CHECKS.map(([tool, args]) => session.call(tool, args)));
    for (const [index, [tool, , read, args]] of CHECKS.entries()) {
      await t.step(tool, async () => {
        const { isError, value, text } = results[index] ?? assert.fail();
        assert.equal(isError, true);
        assert.equal(value.outcome_unknown, true, text);
        assert.deepEqual(value.check_with, { tool: read, arguments: args });
        assert.match(value.guidance, /read the object .*before trying again/);
        // The advice is a call that can be made as it stands.
        const checked = await session.call(read, value.check_with.arguments);
        assert.ok(checked.value.status_code !== undefined, checked.text);
      });
    }
  });
}

Deno.test("a failed read, and a change that Webex refused, leave nothing unknown", async () => {
  await using upstream = await startUpstream();
  await using session = await openSession(upstream.url, { flags: ["--deadline", "1"] });
  upstream.sandbox.faults.add({ method: "GET", drop: true }, { method: "POST", status: 409 });
  const read = await session.call("people_list_people");
  const write = await session.call("people_create_a_person", { emails: ["new@example.com"] });
  assert.deepEqual([read.value.error.code, write.value.error.code], ["connection_failed", "http_409"]);
  for (const { value } of [read, write]) {
    assert.deepEqual([value.outcome_unknown, value.check_with], [undefined, undefined]);
  }
});
