import assert from "node:assert/strict";
import { install, type Installation } from "../support/installation.ts";
import { TOKEN, until } from "../support/process.ts";

const READ = "people_list_people";
const GET = "people_get_person_details";
const WRITE = "people_create_a_person";
const NAME = "Ottilie Quastenberg";
const PERSON = { emails: ["ottilie@private.example"], displayName: NAME };
const ID = btoa("ciscospark://us/PEOPLE/0771e000-0000-4000-8000-00000000771e");
const ENV = { WEBEX_ACCESS_TOKEN: TOKEN };

async function verify(here: Installation): Promise<string> {
  const { code, stdout } = await here.run(["audit", "verify"]);
  assert.equal(code, 0, stdout);
  return stdout;
}

Deno.test("every call has one line, whatever became of it, and none tells a value", async () => {
  await using here = await install();
  await using session = await here.open({ env: ENV });
  const call = (name: string, args: unknown) => session.request("tools/call", { name, arguments: args });
  await call(READ, { displayName: NAME, max: 1 });
  await call(GET, { personId: ID });
  await call(GET, { personId: ID, colour: NAME });
  await call(WRITE, PERSON);
  await call("no_such_tool", { displayName: NAME, personId: ID });
  await call("webex_next_page", { next: NAME });
  here.sandbox.faults.add({ path: "/people", method: "POST", drop: true, times: 1 });
  await call(WRITE, PERSON);
  here.sandbox.faults.add({ path: "/people", method: "GET", delayMs: 3_000 });
  const before = here.received.length;
  let id = 0;
  void session.call(READ, {}, (own) => id = own).catch(() => {});
  await until(() => here.received.length > before);
  await session.notify("notifications/cancelled", { requestId: id });
  await session.end();

  const lines = await here.lines();
  assert.deepEqual(
    lines.map(({ tool, kind, outcome, code, status, attempts }) => [tool, kind, outcome, code, status, attempts]),
    [
      [READ, "read", "ok", undefined, 200, 1],
      [GET, "read", "failed", "http_404", 404, 1],
      [GET, "read", "refused", "unknown_argument", undefined, 0],
      [WRITE, "write", "ok", undefined, 200, 1],
      ["no_such_tool", "read", "refused", "unknown_tool", undefined, 0],
      ["webex_next_page", "read", "refused", "bad_token", undefined, 0],
      [WRITE, "write", "unknown", "connection_failed", undefined, 1],
      [READ, "read", "cancelled", "cancelled", undefined, 1],
    ],
  );
  assert.deepEqual(lines.map(({ arguments: names }) => names).slice(0, 4), [
    ["displayName", "max"],
    ["personId"],
    ["colour", "personId"],
    ["displayName", "emails"],
  ]);
  assert.deepEqual(lines.map(({ ids }) => ids).slice(0, 5), [{}, { personId: ID }, { personId: ID }, {}, {
    personId: ID,
  }]);
  const [, failed, , written] = lines;
  assert.deepEqual([failed?.method, failed?.path], ["GET", "/people/{personId}"]);
  assert.match(String(written?.tracking_id), /\S/);
  for (const line of lines) {
    assert.deepEqual([line.v, line.profile, line.client], [1, "environment", "test/0"]);
    assert.ok(Math.abs(Date.parse(String(line.time)) - Date.now()) < 60_000);
    assert.ok(Number(line.duration_ms) >= 0);
  }
  const text = await Deno.readTextFile(here.audit);
  for (const value of [NAME, "private.example", TOKEN]) assert.ok(!text.includes(value), value);
  assert.equal(((await Deno.stat(here.audit)).mode ?? 0) & 0o777, 0o600);
  await verify(here);
});

Deno.test("the line of a write is on the disk before its answer, and its announcement before its request", async () => {
  await using here = await install();
  const announced: string[] = [];
  here.before = async ({ method }) => {
    if (method !== "POST") return;
    for await (const { name } of Deno.readDir(`${here.audit}.pending`)) {
      announced.push(await Deno.readTextFile(`${here.audit}.pending/${name}`));
    }
  };
  await using session = await here.open({ env: ENV });
  for (let count = 1; count <= 5; count++) {
    const { value } = await session.call(WRITE, { ...PERSON, emails: [`a${count}@example.com`] });
    const lines = await here.lines();
    assert.equal(lines.length, count);
    assert.equal(lines.at(-1)?.tracking_id, value.tracking_id);
    assert.equal(announced.length, count, "one announcement at a time, and none is left");
    assert.equal(JSON.parse(announced.at(-1) ?? "{}").record.tool, WRITE);
  }
  assert.ok(!announced.join().includes(NAME));
});

Deno.test("--audit-values records arguments without secrets and files", async () => {
  await using here = await install();
  await using session = await here.open({ env: ENV, flags: ["--audit-values"] });
  await session.call(WRITE, PERSON);
  await session.call("user_modify_a_persons_voicemail_passcode", { personId: ID, passcode: "73915284" });
  await session.call("device_settings_update_third_party_device", { deviceId: "d", sipPassword: "Planted-Pw" });
  await session.call(READ, { displayName: TOKEN });
  const file = { name: "hello.wav", data: btoa("x".repeat(400)) };
  await session.call("user_update_busy_voicemail_greeting_person", { personId: ID, file });
  await session.end();
  const values = (await here.lines()).map((line) => line.values);
  assert.deepEqual(values.slice(0, 4), [
    PERSON,
    { personId: ID, passcode: "[redacted]" },
    { deviceId: "d", sipPassword: "[redacted]" },
    { displayName: "[redacted]" },
  ]);
  assert.ok(!JSON.stringify(values[4]).includes(file.data));
});

Deno.test("--no-audit writes nothing down, and --audit names another file", async () => {
  await using here = await install();
  await using silent = await here.open({ env: ENV, flags: ["--no-audit"] });
  assert.equal((await silent.call(WRITE, PERSON)).isError, false);
  await silent.end();
  await assert.rejects(Deno.stat(here.audit), Deno.errors.NotFound);
  const path = `${here.directory}/elsewhere/calls.jsonl`;
  const { code } = await here.run(["call", READ, "--base-url", here.url, "--audit", path], ENV);
  assert.equal(code, 0);
  assert.equal(JSON.parse(await Deno.readTextFile(path)).client, "cli");
  await assert.rejects(Deno.stat(here.audit), Deno.errors.NotFound);
});

Deno.test("two servers write into one trail at once, and its chain is whole", async () => {
  await using here = await install();
  await using one = await here.open({ env: ENV });
  await using other = await here.open({ env: ENV });
  const calls = [one, other].flatMap((session, which) =>
    Array.from({ length: 20 }, (_, index) => [
      session.call(WRITE, { ...PERSON, emails: [`p${which}-${index}@example.com`] }),
      session.call(READ, { max: 1 }),
    ])
  );
  await Promise.all(calls.flat());
  await Promise.all([one.end(), other.end()]);
  const lines = await here.lines();
  assert.deepEqual(lines.map(({ seq }) => seq), Array.from({ length: 80 }, (_, index) => index + 1));
  assert.equal(lines.filter(({ kind, outcome }) => kind === "write" && outcome === "ok").length, 40);
  assert.match(await verify(here), /^Checked 80 lines in 1 file: numbers 1 to 80$/m);
});

Deno.test("audit tail, show and export tell the calls, and verify finds what somebody changed", async () => {
  await using here = await install();
  await using session = await here.open({ env: ENV });
  await session.call(READ);
  await session.call(GET, { personId: ID });
  await session.call(WRITE, PERSON);
  await session.end();
  const rows = async (...args: string[]) => {
    const { code, stdout, stderr } = await here.run(["audit", ...args]);
    assert.equal(code, 0, stderr);
    return stdout.trimEnd().split("\n");
  };
  const [last = "", ...more] = await rows("tail", "-n", "1");
  assert.deepEqual(more, []);
  assert.match(last, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +environment +test\/0 +people_create_a_person +ok 200 +\d+ ms/);
  assert.equal((await rows("tail")).length, 3);
  assert.match((await rows("show", "--outcome", "failed")).join(), /people_get_person_details +failed 404 http_404 /);
  assert.equal((await rows("show", "--kind", "write")).length, 1);
  assert.equal((await rows("show", "--tool", READ)).length, 1);
  assert.deepEqual(await rows("show", "--until", "2020-01-01"), [""]);
  const json: { tool: string }[] = JSON.parse((await rows("show", "--json")).join(""));
  assert.deepEqual(json.map(({ tool }) => tool), [READ, GET, WRITE]);
  const [header = "", ...records] = await rows("export", "--format", "csv");
  assert.match(header, /tool,.*outcome/);
  assert.equal(records.length, 3);
  const text = await Deno.readTextFile(here.audit);
  assert.equal((await rows("export")).join("\n"), text.trimEnd());

  await verify(here);
  for (
    const [changed, problem] of [
      [text.replace('"outcome":"failed"', '"outcome":"ok"'), /audit\.jsonl:2: /],
      [text.split("\n").toSpliced(1, 1).join("\n"), /audit\.jsonl:2: /],
      [text.split("\n").slice(0, 2).join("\n") + "\n", /missing/i],
    ] as const
  ) {
    await Deno.writeTextFile(here.audit, changed);
    const { code, stdout } = await here.run(["audit", "verify"]);
    assert.equal(code, 1);
    assert.match(stdout, problem);
    assert.match(stdout, /not as it was written/);
  }
});
