import assert from "node:assert/strict";
import { takeLock } from "../../src/audit/lock.ts";
import { noAudit } from "../../src/audit/trail.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import { systemClock } from "../../src/core/clock.ts";
import { RefusedError } from "../../src/core/errors.ts";
import { failingFiles, linesIn, makeSite, readEntry, writeEntry } from "./support.ts";

async function namesIn(directory: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(directory), ({ name }) => name)).sort();
}

Deno.test("createAuditTrail() touches no file before the first call, nor when it is closed without one", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  await trail.close();
  assert.deepEqual(await namesIn(site.directory), []);
});

Deno.test("record() writes one chained line for each call, with ids and names only", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  assert.equal(await trail.record(readEntry()), undefined);
  const announcement = await trail.announce(writeEntry());
  assert.equal(await trail.record(writeEntry({ trackingId: "ROUTER_1", code: undefined }), announcement), undefined);
  await trail.close();
  const [first, second] = await site.lines();
  assert.deepEqual({ ...first, hash: "", prev: "" }, {
    v: 1,
    seq: 1,
    time: "2026-03-31T12:00:00.000Z",
    profile: "main",
    client: "test/1.0",
    tool: "people_list_people",
    method: "GET",
    path: "/people",
    ids: { orgId: "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x" },
    arguments: ["max", "orgId"],
    kind: "read",
    outcome: "ok",
    status: 200,
    duration_ms: 12,
    attempts: 1,
    prev: "",
    hash: "",
  });
  assert.equal(first?.prev, "0".repeat(64));
  assert.equal(second?.prev, first?.hash);
  assert.equal(second?.tracking_id, "ROUTER_1");
  assert.equal(second?.call, announcement.id);
  const report = await site.verify();
  assert.deepEqual([report.ok, report.lines, report.notices], [true, 2, []]);
});

Deno.test("record() resolves for a write when its line is in the file, and leaves no announcement behind", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  const announcement = await trail.announce(writeEntry());
  assert.equal((await namesIn(`${site.path}.pending`)).length, 1);
  await trail.record(writeEntry(), announcement);
  assert.equal((await site.lines()).length, 1);
  assert.deepEqual(await namesIn(`${site.path}.pending`), []);
  await trail.close();
});

Deno.test("createAuditTrail() makes files that only their owner may read", async () => {
  if (Deno.build.os === "windows") return;
  await using site = await makeSite();
  const trail = site.trail();
  const announcement = await trail.announce(writeEntry());
  const mode = async (path: string) => ((await Deno.stat(path)).mode ?? 0) & 0o777;
  for (const path of [site.path, `${site.path}.head`, `${site.path}.lock`]) assert.equal(await mode(path), 0o600, path);
  for (const path of [`${site.directory}/state`, `${site.path}.pending`]) assert.equal(await mode(path), 0o700, path);
  for (const name of await namesIn(`${site.path}.pending`)) {
    assert.equal(await mode(`${site.path}.pending/${name}`), 0o600);
  }
  await trail.record(writeEntry(), announcement);
  await trail.close();
});

Deno.test("record() loses no line of calls that end side by side", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  await Promise.all(Array.from({ length: 60 }, async (_, index) => {
    const tool = `tool_${index}`;
    if (index % 3 > 0) return await trail.record(readEntry({ tool }));
    return await trail.record(writeEntry({ tool }), await trail.announce(writeEntry({ tool })));
  }));
  await trail.close();
  assert.equal(new Set((await site.lines()).map(({ tool }) => tool)).size, 60);
  assert.equal((await site.verify()).ok, true);
});

Deno.test("close() records a write that is still under way as interrupted, and only once", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  const announcement = await trail.announce(writeEntry());
  await trail.close();
  await trail.close();
  assert.match(await trail.record(writeEntry(), announcement) ?? "", /could not be recorded/);
  await assert.rejects(trail.announce(writeEntry()), { code: "audit_unavailable" });
  const lines = await site.lines();
  assert.deepEqual(lines.map(({ outcome, call }) => [outcome, call]), [["interrupted", announcement.id]]);
  assert.deepEqual(await namesIn(`${site.path}.pending`), []);
});

Deno.test("announce() refuses a write when the disk is full, and says what to do", async () => {
  await using site = await makeSite();
  const fault: { error?: Error | undefined } = {};
  const trail = site.trail({ files: failingFiles(fault) });
  await trail.announce(writeEntry()).then((announcement) => trail.record(writeEntry(), announcement));
  fault.error = new Error("No space left on device (os error 28)");
  await assert.rejects(trail.announce(writeEntry()), (error: RefusedError) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.code, "audit_unavailable");
    assert.match(error.message, /audit\.jsonl": No space left on device/);
    assert.match(error.guidance ?? "", /^Nothing was sent.*--audit PATH.*--no-audit/);
    return true;
  });
  fault.error = undefined;
  await trail.record(writeEntry(), await trail.announce(writeEntry()));
  await trail.close();
  assert.equal((await site.verify()).lines, 2);
});

Deno.test("announce() names the permission that is missing", async () => {
  await using site = await makeSite();
  const fault = { error: new Deno.errors.NotCapable("Requires write access") };
  const trail = site.trail({ files: failingFiles(fault) });
  await assert.rejects(trail.announce(writeEntry()), (error: RefusedError) => {
    assert.match(error.message, /without permission/);
    assert.ok(error.guidance?.includes(`--allow-write=${site.directory}/state`), error.guidance);
    return true;
  });
  await trail.close();
});

Deno.test("announce() refuses a write when the trail's file became unusable", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  await trail.record(writeEntry(), await trail.announce(writeEntry()));
  await Deno.remove(site.path);
  await Deno.mkdir(site.path);
  await assert.rejects(trail.announce(writeEntry()), { code: "audit_unavailable" });
  await Deno.remove(site.path);
  await trail.record(writeEntry(), await trail.announce(writeEntry()));
  await trail.close();
  assert.match(site.logged.join("\n"), /Lines are missing at the end/);
  const report = await site.verify();
  assert.deepEqual([report.ok, report.first, report.last], [true, 2, 2]);
});

Deno.test("record() lets reads go on with a warning when the disk is full, and writes their lines later", async () => {
  await using site = await makeSite();
  const fault: { error?: Error | undefined } = { error: new Error("No space left") };
  const trail = site.trail({ files: failingFiles(fault) });
  assert.match(await trail.record(readEntry()) ?? "", /could not be recorded.*No space left/, "the first one, too");
  await assert.rejects(trail.announce(writeEntry()));
  assert.match(await trail.record(readEntry()) ?? "", /could not be recorded.*No space left/);
  fault.error = undefined;
  await trail.close();
  assert.equal((await site.lines()).length, 2);
  assert.equal(site.logged.filter((line) => line.includes("Cannot write the audit trail")).length, 1);
});

Deno.test("record() logs what is missing as the refusal does: the path and the flags", async () => {
  await using site = await makeSite();
  const trail = site.trail({ files: failingFiles({ error: new Deno.errors.NotCapable("Requires write access") }) });
  await trail.record(readEntry());
  await trail.close();
  const directory = `${site.directory}/state`;
  assert.deepEqual(site.logged, [
    `Cannot write the audit trail "${site.path}": the program was started without permission for it; ` +
    `start the server with --allow-read=${directory} --allow-write=${directory}`,
  ]);
});

Deno.test("record() does not keep reads waiting once lines could be written", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  await trail.record(readEntry());
  assert.equal((await site.lines()).length, 1);
  const held = await takeLock(auditFiles, `${site.path}.lock`, { clock: systemClock });
  assert.equal(await trail.record(readEntry()), undefined);
  assert.equal((await site.lines()).length, 1);
  held[Symbol.dispose]();
  await trail.close();
  assert.equal((await site.lines()).length, 2);
});

Deno.test("record() warns of a write whose line is not on the disk, and writes no line twice after half a batch", async () => {
  await using site = await makeSite();
  const fault: { error?: Error | undefined; room?: number; onlyTrail: boolean } = { onlyTrail: true };
  const trail = site.trail({ files: failingFiles(fault) });
  const tools = ["a", "b", "c"];
  const announced = await Promise.all(tools.map((tool) => trail.announce(writeEntry({ tool }))));
  Object.assign(fault, { error: new Error("No space left"), room: 900 });
  const warnings = await Promise.all(tools.map((tool, at) => trail.record(writeEntry({ tool }), announced[at])));
  for (const warning of warnings) assert.match(warning ?? "", /No space left/);
  fault.error = undefined;
  await trail.record(readEntry({ tool: "d" }));
  await trail.close();
  const text = await Deno.readTextFile(site.path);
  const whole = text.split("\n").filter((line) => line.endsWith("}")).join("\n");
  assert.deepEqual(linesIn(whole).map(({ tool, event }) => tool ?? event).sort(), [...tools, "d", "torn_line_closed"]);
  const report = await site.verify();
  assert.equal(report.ok, true);
  assert.ok(report.notices.includes("A torn line was closed before line 2"), report.notices.join("\n"));
  // The announcement of the line that may not be on the disk is found, and nothing is written for it.
  const next = site.trail();
  await next.record(readEntry());
  await next.close();
  assert.deepEqual((await site.verify()).notices, ["A torn line was closed before line 2"]);
});

Deno.test("record() tells when a line is in the file and perhaps not on the disk", async () => {
  await using site = await makeSite();
  const fault: { error?: Error | undefined; onlyTrail: boolean; onlySync: boolean } = {
    onlyTrail: true,
    onlySync: true,
  };
  const trail = site.trail({ files: failingFiles(fault) });
  const announcement = await trail.announce(writeEntry());
  fault.error = new Error("Input/output error");
  assert.match(await trail.record(writeEntry(), announcement) ?? "", /Input\/output error/);
  fault.error = undefined;
  await trail.close();
  assert.equal((await site.lines()).length, 1);
});

Deno.test("record() keeps a bounded number of lines while the disk fails, and tells how many were lost", async () => {
  await using site = await makeSite();
  const fault: { error?: Error | undefined } = { error: new Error("No space left") };
  const trail = site.trail({ files: failingFiles(fault) });
  for (let count = 0; count < 5_010; count++) void trail.record(readEntry());
  await assert.rejects(trail.announce(writeEntry()));
  fault.error = undefined;
  await trail.close();
  const lines = await site.lines();
  assert.deepEqual([lines.length, lines[0]?.event, lines[0]?.count], [5_001, "lines_lost", 10]);
});

Deno.test("record() never throws, whatever it is given", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  await trail.record(writeEntry({ time: NaN, durationMs: NaN }));
  await trail.record(writeEntry());
  await trail.close();
  assert.equal((await site.lines()).length, 2);
  assert.equal((await site.verify()).ok, true);
});

Deno.test("noAudit records nothing and refuses nothing", async () => {
  assert.equal(await noAudit.record(writeEntry(), await noAudit.announce(writeEntry())), undefined);
  await noAudit.close();
});
