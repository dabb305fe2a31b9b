import assert from "node:assert/strict";
import { install, type Installation } from "../support/installation.ts";
import { MAIN, TOKEN, until } from "../support/process.ts";
import { openSession } from "../support/session.ts";

const READ = "people_list_people";
const WRITE = "people_create_a_person";
const PERSON = { emails: ["a@example.com"], displayName: "A" };
const ENV = { WEBEX_ACCESS_TOKEN: TOKEN };

async function verdict(here: Installation): Promise<{ code: number; stdout: string }> {
  return await here.run(["audit", "verify"]);
}

async function outcomes(here: Installation) {
  return (await here.lines()).map(({ tool, event, outcome }) => [tool ?? event, outcome]);
}

Deno.test("a server that is killed during a write leaves its trace, and the next start writes its line", async () => {
  await using here = await install();
  await using killed = await here.open({ env: ENV });
  assert.equal((await killed.call(WRITE, PERSON)).isError, false);
  const pending = [0, 1].map(() => Promise.withResolvers<never>().promise);
  here.before = ({ method }) => method === "POST" ? pending.pop() : undefined;
  void killed.call(WRITE, { ...PERSON, emails: ["b@example.com"] }).catch(() => {});
  await until(() => here.received.filter(({ method }) => method === "POST").length === 2);
  await killed.kill();
  assert.deepEqual(await outcomes(here), [[WRITE, "ok"]]);
  assert.match((await verdict(here)).stdout, /Note: .*1 /);

  here.before = () => {};
  await using next = await here.open({ env: ENV });
  assert.equal((await next.call(READ)).isError, false);
  await until(() => next.stderr().includes("Changes that were interrupted"));
  await next.end();
  assert.deepEqual(await outcomes(here), [[WRITE, "ok"], [WRITE, "interrupted"], [READ, "ok"]]);
  const [, interrupted] = await here.lines();
  assert.deepEqual([interrupted?.kind, interrupted?.method, interrupted?.arguments], ["write", "POST", [
    "displayName",
    "emails",
  ]]);
  const { code, stdout } = await verdict(here);
  assert.equal(code, 0, stdout);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(`${here.audit}.pending`)), []);
  const shown = await here.run(["audit", "show", "--outcome", "interrupted"]);
  assert.match(shown.stdout, /people_create_a_person +interrupted/);
});

Deno.test("servers that are killed at any moment leave a trail that is whole, with one line for each write that arrived", async () => {
  await using here = await install();
  for (const delay of [3, 11, 23]) {
    await using session = await here.open({ env: ENV });
    const before = here.received.length;
    for (let index = 0; index < 12; index++) {
      void session.call(WRITE, { ...PERSON, emails: [`${delay}-${index}@example.com`] }).catch(() => {});
    }
    await until(() => here.received.length > before);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await session.kill();
  }
  await using last = await here.open({ env: ENV });
  await last.call(READ);
  await last.end();
  const { code, stdout } = await verdict(here);
  assert.equal(code, 0, stdout);
  const writes = (await here.lines()).filter(({ kind }) => kind === "write");
  const arrived = here.received.filter(({ method }) => method === "POST").length;
  assert.ok(writes.length >= arrived, `${writes.length} lines, ${arrived} writes`);
  assert.equal(new Set(writes.map(({ call }) => call)).size, writes.length, "no write has two lines");
});

Deno.test("a last line that was torn is closed, and nothing of it is lost or written over", async () => {
  await using here = await install();
  await using first = await here.open({ env: ENV });
  await first.call(WRITE, PERSON);
  await first.end();
  const torn = (await Deno.readTextFile(here.audit)) + '{"v":1,"seq":2,"time":"20';
  await Deno.writeTextFile(here.audit, torn);
  await using second = await here.open({ env: ENV });
  await second.call(WRITE, { ...PERSON, emails: ["b@example.com"] });
  await second.end();
  const text = await Deno.readTextFile(here.audit);
  assert.ok(text.startsWith(`${torn}\n`));
  const [closed, line] = text.slice(torn.length + 1).trimEnd().split("\n").map((json) => JSON.parse(json));
  assert.equal(closed.event, "torn_line_closed");
  assert.deepEqual([line.tool, line.outcome, line.prev], [WRITE, "ok", closed.hash]);
  const { code, stdout } = await verdict(here);
  assert.equal(code, 0, stdout);
});

Deno.test("where the trail cannot be written, writes are refused before anything is sent, and reads go on with a warning", async () => {
  await using here = await install();
  const path = `${await here.write("file", "no directory")}/audit.jsonl`;
  await using session = await here.open({ env: ENV, flags: ["--audit", path] });
  for (let round = 0; round < 2; round++) {
    const { isError, value } = await session.call(WRITE, PERSON);
    assert.ok(isError);
    assert.equal(value.error.code, "audit_unavailable");
    assert.ok(value.error.message.includes(path));
    for (const named of ["Nothing was sent", path, "--audit PATH", "--no-audit"]) {
      assert.ok(value.guidance.includes(named), value.guidance);
    }
  }
  assert.equal(here.received.length, 0);
  const read = await session.call(READ);
  assert.equal(read.isError, false);
  assert.ok(read.value.warnings.some((text: string) => text.includes("could not be recorded")), read.text);
  assert.match(session.stderr(), /^WARNING: Cannot write the audit trail ".*": /m);

  await Deno.remove(`${here.directory}/file`);
  assert.equal((await session.call(WRITE, PERSON)).isError, false, "as soon as it can be written, writes go on");
  await session.end();
  const lines = (await Deno.readTextFile(path)).trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ outcome, code }) => code ?? outcome), [
    "audit_unavailable",
    "audit_unavailable",
    "ok",
    "ok",
  ]);
});

Deno.test("without a home directory there is no trail, and writes are refused until a file is named", async () => {
  await using here = await install();
  const env = { ...ENV, HOME: "", XDG_STATE_HOME: "", XDG_CONFIG_HOME: "" };
  await using session = await here.open({ env });
  const { value } = await session.call(WRITE, PERSON);
  assert.equal(value.error.code, "audit_unavailable");
  assert.match(value.guidance, /--audit/);
  assert.equal((await session.call(READ)).isError, false);
  assert.deepEqual(here.received.map(({ method }) => method), ["GET"]);
});

Deno.test("without permission to write, reads go on and writes are refused by a message that names --allow-write", async () => {
  await using here = await install();
  const permissions = ["--no-prompt", "--allow-env", "--allow-net=127.0.0.1"];
  for (const [start, sends] of [[["-P=serve"], false], [permissions, true]] as const) {
    const args = ["run", "--quiet", ...start, MAIN, "serve", "--base-url", here.url];
    await using session = await openSession(here.url, { args, env: { ...here.env, ...ENV } });
    const { isError, value } = await session.call(WRITE, PERSON);
    assert.ok(isError);
    assert.equal(value.error.code, "audit_unavailable");
    const directory = here.audit.replace(/\/[^/]*$/, "");
    assert.ok(value.guidance.includes(`--allow-read=${directory} --allow-write=${directory}`), value.guidance);
    assert.match(value.guidance, /--no-audit/);
    assert.equal(here.received.length, 0);
    if (!sends) continue;
    const read = await session.call(READ);
    assert.equal(read.isError, false);
    assert.match(read.value.warnings[0], /could not be recorded .*without permission/);
  }
  const directory = here.audit.replace(/\/[^/]*$/, "");
  const flags = [...permissions, `--allow-read=${directory}`, `--allow-write=${directory}`];
  const args = ["run", "--quiet", ...flags, MAIN, "serve", "--base-url", here.url];
  await using allowed = await openSession(here.url, { args, env: { ...here.env, ...ENV } });
  assert.equal((await allowed.call(WRITE, PERSON)).isError, false, "the flags that are named are all it takes");
});
