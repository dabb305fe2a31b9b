import assert from "node:assert/strict";
import { runAudit } from "../../../src/cli/audit/audit.ts";
import { auditFiles } from "../../../src/cli/audit_files.ts";
import type { AuditCommand, AuditShowCommand, ExitCode } from "../../../src/cli/grammar/command.ts";
import type { FlagValues } from "../../../src/config/flags.ts";
import { makeSite, readEntry, type Site, writeEntry } from "../../audit/support.ts";
import { fakeSystem, type Outside } from "../../support/fake_system.ts";

interface Output {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

type Action = AuditCommand extends infer One ? One extends AuditCommand ? Omit<One, "command" | "flags"> : never
  : never;

async function run(site: Site, action: Action, flags: FlagValues = {}, outside: Outside = {}): Promise<Output> {
  const system = { ...fakeSystem(outside), auditFiles };
  const code = await runAudit({ command: "audit", flags: { audit: site.path, ...flags }, ...action }, system);
  return { code, out: system.out(), err: system.err() };
}

async function filledSite(): Promise<Site> {
  const site = await makeSite();
  const trail = site.trail();
  const hour = (at: number) => Date.UTC(2026, 2, 31, at);
  await trail.record(writeEntry({ time: hour(8), ids: { personId: "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x" } }));
  await trail.record(writeEntry({ time: hour(9), outcome: "failed", status: 404, code: "not_found" }));
  await trail.record(readEntry({ time: hour(10), profile: "other", client: "=cmd|' /C calc'!A0\u001b[31m" }));
  await trail.close();
  return site;
}

Deno.test("runAudit() prints the last calls in columns", async () => {
  await using site = await filledSite();
  const { code, out } = await run(site, { action: "tail", count: 2 });
  assert.equal(code, 0);
  const [first = "", second = ""] = out.split("\n");
  assert.match(
    first,
    /^2026-03-31 09:00:00Z {2}main +test\/1\.0 +people_create_a_person +failed 404 not_found +12 ms +orgId=…/,
  );
  assert.match(second, /other +=cmd\|' \/C calc'!A0�\[31m +people_list_people +ok 200/);
});

Deno.test("runAudit() reads older files, too, when the newest holds too few calls", async () => {
  await using site = await makeSite();
  const trail = site.trail({ limits: { maxBytes: 600 } });
  for (let count = 0; count < 5; count++) await trail.record(writeEntry({ tool: `tool_${count}` }));
  await trail.close();
  const { out } = await run(site, { action: "tail", count: 3 });
  assert.deepEqual(out.match(/tool_\d/g), ["tool_2", "tool_3", "tool_4"]);
});

Deno.test("runAudit() shows the calls that match", async () => {
  await using site = await filledSite();
  const seqs = async (
    filter: Partial<Omit<AuditShowCommand, "command" | "flags" | "action">>,
    flags: FlagValues = {},
  ) => {
    const { out } = await run(site, { action: "show", json: true, ...filter }, flags);
    return JSON.parse(out).map(({ seq }: { seq: number }) => seq);
  };
  assert.deepEqual(await seqs({}), [1, 2, 3]);
  assert.deepEqual(await seqs({ tool: "people_create_a_person" }), [1, 2]);
  assert.deepEqual(await seqs({ outcome: "failed" }), [2]);
  assert.deepEqual(await seqs({ kind: "read" }), [3]);
  assert.deepEqual(await seqs({ since: "2026-03-31T09:00" }), [2, 3]);
  assert.deepEqual(await seqs({ until: "2026-03-31T09:00" }), [1]);
  assert.deepEqual(await seqs({}, { profile: "other" }), [3]);
  assert.deepEqual(await seqs({ outcome: "interrupted" }), []);
});

Deno.test("runAudit() refuses a time that makes no sense", async () => {
  await using site = await filledSite();
  await assert.rejects(run(site, { action: "show", json: false, since: "yesterday" }), { code: "bad_time" });
});

Deno.test("runAudit() exports lines as they are, and CSV that begins no formula", async () => {
  await using site = await filledSite();
  const jsonl = await run(site, { action: "export", format: "jsonl" });
  assert.equal(jsonl.out, await Deno.readTextFile(site.path));
  const csv = await run(site, { action: "export", format: "csv", since: "2026-03-31T10:00" });
  const [header, row, end] = csv.out.split("\r\n");
  assert.match(header ?? "", /^seq,time,profile/);
  assert.match(row ?? "", /^3,2026-03-31T10:00:00\.000Z,other,'=cmd/);
  assert.equal(end, "");
});

Deno.test("runAudit() tells of lines that it left out", async () => {
  await using site = await filledSite();
  await Deno.writeTextFile(site.path, "garbage\n", { append: true });
  const { out, err } = await run(site, { action: "show", json: false });
  assert.equal(out.trimEnd().split("\n").length, 3);
  assert.match(err, /Left out 1 lines/);
});

Deno.test("runAudit() verifies: 0 for a whole trail, 1 for a changed one and where there is none", async () => {
  await using site = await filledSite();
  const whole = await run(site, { action: "verify" });
  assert.equal(whole.code, 0);
  assert.match(
    whole.out,
    /Checked 3 lines in 1 file: numbers 1 to 3\nNothing was changed\. Line 3 has the hash [0-9a-f]{64}/,
  );
  await Deno.writeTextFile(site.path, (await Deno.readTextFile(site.path)).replace("404", "200"));
  const changed = await run(site, { action: "verify" });
  assert.equal(changed.code, 1);
  assert.match(
    changed.out,
    /audit\.jsonl:2: Line 2 was changed.*\n.*\nThe trail is not as it was written: 1 problem\n$/,
  );
  await using empty = await makeSite();
  const nothing = await run(empty, { action: "verify" });
  assert.deepEqual([nothing.code, nothing.out], [1, `There is no audit trail at "${empty.path}"\n`]);
});

Deno.test("runAudit() finds the trail in the state directory, or says how to name it", async () => {
  await using site = await filledSite();
  const command = { command: "audit", action: "verify", flags: {} } as const;
  await assert.rejects(runAudit(command, fakeSystem()), { code: "no_audit_path" });
  const system = fakeSystem({ environment: { XDG_STATE_HOME: site.directory, HOME: site.directory } });
  await Deno.rename(`${site.directory}/state`, `${site.directory}/webex-calling-mcp`);
  if (Deno.build.os !== "windows") assert.equal(await runAudit(command, system), 0);
});

Deno.test("runAudit() tells of changes that nobody has recorded yet, and prints JSON all the same", async () => {
  await using site = await filledSite();
  const trail = site.trail();
  await trail.announce(writeEntry());
  const one = "NOTE: 1 change is under way or was cut off, and not recorded yet\n";
  assert.equal((await run(site, { action: "tail", count: 1 })).err, one);
  const shown = await run(site, { action: "show", json: true });
  assert.deepEqual([shown.err, shown.code, JSON.parse(shown.out).length], [one, 0, 3]);
  await trail.announce(writeEntry());
  assert.match((await run(site, { action: "tail", count: 1 })).err, /^NOTE: 2 changes are under way or were cut off/);
  await trail.close();
  assert.equal((await run(site, { action: "tail", count: 1 })).err, "");
});

Deno.test("runAudit() tells that there is no trail instead of showing nothing", async () => {
  await using site = await makeSite();
  for (
    const action of [
      { action: "tail", count: 5 },
      { action: "show", json: true },
      { action: "export", format: "csv" },
    ] as const
  ) {
    const nothing = { code: 1, out: "", err: `There is no audit trail at "${site.path}"\n` };
    assert.deepEqual(await run(site, action), nothing);
  }
});

Deno.test("runAudit() names the permission that is missing, without asking for it", async () => {
  await using site = await filledSite();
  const refuse = () => Promise.reject(new Deno.errors.NotCapable("Requires read access"));
  const files = {
    ...auditFiles,
    require: refuse,
    list: () => Promise.reject(new Error("asked")),
  };
  const command = { command: "audit", action: "verify", flags: { audit: site.path } } as const;
  await assert.rejects(runAudit(command, { ...fakeSystem(), auditFiles: files }), (error: { guidance?: string }) => {
    assert.ok(error.guidance?.includes(`--allow-read=${site.directory}/state/`));
    return true;
  });
});

Deno.test("runAudit() says of a directory in the trail's place that it is one", async () => {
  await using site = await makeSite();
  await Deno.mkdir(site.path, { recursive: true });
  await assert.rejects(run(site, { action: "verify" }), /Cannot read the audit trail ".*": it is a directory/);
});
