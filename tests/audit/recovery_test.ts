import assert from "node:assert/strict";
import { makePending } from "../../src/audit/pending.ts";
import { placesOf } from "../../src/audit/places.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import type { RefusedError } from "../../src/core/errors.ts";
import { makeSite, readEntry, type Site, writeEntry } from "./support.ts";

/** What a process leaves that was killed during a write. */
async function leaveBehind(site: Site, name: string, after = 0): Promise<void> {
  const record = { time: "2026-03-31T12:00:00.000Z", tool: name, kind: "write" };
  const { file } = await makePending(auditFiles, placesOf(site.path), name, { after, record });
  file.close();
}

async function recordOne(site: Site): Promise<void> {
  const trail = site.trail();
  await trail.record(readEntry());
  await trail.close();
}

async function pendingNames(site: Site): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(`${site.path}.pending`), ({ name }) => name)).sort();
}

Deno.test("record() writes the line of a write whose process ended, as interrupted", async () => {
  await using site = await makeSite();
  await recordOne(site);
  await leaveBehind(site, "1-left", 1);
  await recordOne(site);
  const [, left, own] = await site.lines();
  assert.deepEqual([left?.outcome, left?.call, left?.tool, left?.duration_ms], [
    "interrupted",
    "1-left",
    "1-left",
    undefined,
  ]);
  assert.equal(own?.outcome, "ok");
  assert.deepEqual(await pendingNames(site), []);
  assert.equal((await site.verify()).ok, true);
  assert.match(site.logged.join("\n"), /interrupted when the program ended.*: 1/);
});

Deno.test("record() writes no second line for a write that has one, also in a file that is full", async () => {
  await using site = await makeSite();
  const trail = site.trail({ limits: { maxBytes: 600 } });
  const announcement = await trail.announce(writeEntry());
  await trail.record(writeEntry(), announcement);
  await trail.record(readEntry());
  await trail.record(writeEntry());
  await trail.close();
  await leaveBehind(site, announcement.id, 0);
  await recordOne(site);
  const { ok, lines } = await site.verify();
  assert.deepEqual([ok, lines], [true, 4]);
  assert.deepEqual(await pendingNames(site), []);
});

Deno.test("record() leaves alone what another process is doing", async () => {
  await using site = await makeSite();
  const [one, two] = [site.trail({ pid: 1 }), site.trail({ pid: 2 })];
  const announcement = await one.announce(writeEntry());
  await two.record(readEntry());
  await two.close();
  assert.equal((await pendingNames(site)).length, 1);
  await one.record(writeEntry(), announcement);
  await one.close();
  assert.deepEqual((await site.lines()).map(({ outcome }) => outcome), ["ok", "ok"]);
});

Deno.test("record() removes announcements that were never finished, and tells of those that make no sense", async () => {
  await using site = await makeSite();
  await Deno.mkdir(`${site.path}.pending`, { recursive: true });
  await Deno.writeTextFile(`${site.path}.pending/1-half.tmp`, '{"v":1,');
  for (const [at, text] of ["", "[]", "null", '{"after":"x","record":{}}', '{"after":0,"record":[]}'].entries()) {
    await Deno.writeTextFile(`${site.path}.pending/2-${at}.json`, text);
  }
  await recordOne(site);
  const lines = await site.lines();
  assert.deepEqual(
    lines.slice(0, -1).map(({ event, call }) => [event, call]),
    [0, 1, 2, 3, 4].map((at) => [
      "announcement_unreadable",
      `2-${at}`,
    ]),
  );
  assert.deepEqual(await pendingNames(site), []);
  assert.equal((await site.verify()).ok, true);
});

Deno.test("makePending() tries again when another process swept its file away", async () => {
  await using site = await makeSite();
  let swept = 0;
  const files = {
    ...auditFiles,
    async rename(from: string, to: string) {
      if (swept++ === 0) await Deno.remove(from);
      await auditFiles.rename(from, to);
    },
  };
  const { call, file } = await makePending(files, placesOf(site.path), "1-a", { after: 0, record: {} });
  file.close();
  assert.equal(call, "1-a-1");
  assert.deepEqual(await pendingNames(site), ["1-a-1.json"]);
});

Deno.test("record() closes a torn last line, tells of it, and goes on with the chain", async () => {
  for (const torn of ['{"v":1,"seq":3,"ti', "\u0000\u0000\u0000", '{"v":1}\ngarbage\n', "é".repeat(70_000)]) {
    await using site = await makeSite();
    await recordOne(site);
    await recordOne(site);
    const before = await Deno.readFile(site.path);
    await Deno.writeTextFile(site.path, torn, { append: true });
    const report = await site.verify();
    assert.equal(report.ok, !torn.endsWith("\n"), "not closed yet");
    await recordOne(site);
    const text = await Deno.readTextFile(site.path);
    assert.ok(text.startsWith(new TextDecoder().decode(before) + torn));
    const event = JSON.parse(text.trimEnd().split("\n").at(-2) ?? "");
    const bytes = new TextEncoder().encode(torn).length;
    assert.deepEqual([event.seq, event.event, event.bytes], [3, "torn_line_closed", bytes]);
    const { ok, last, notices } = await site.verify();
    assert.deepEqual([ok, last, notices], [true, 4, ["A torn line was closed before line 3"]]);
  }
});

Deno.test("record() adds a line feed that is missing behind a whole line", async () => {
  await using site = await makeSite();
  await recordOne(site);
  await Deno.writeTextFile(site.path, (await Deno.readTextFile(site.path)).trimEnd());
  await recordOne(site);
  const { ok, lines, notices } = await site.verify();
  assert.deepEqual([ok, lines, notices], [true, 2, []]);
});

Deno.test("record() and announce() leave a file alone that is no trail", async () => {
  for (const text of ["x", "something else\n", "\n", '{"v":2}\n']) {
    await using site = await makeSite();
    await Deno.mkdir(`${site.directory}/state`);
    await Deno.writeTextFile(site.path, text);
    const trail = site.trail();
    assert.match(await trail.record(readEntry()) ?? "", /could not be recorded .* the file is not an audit trail/);
    await assert.rejects(trail.announce(writeEntry()), (error: RefusedError) => {
      assert.equal(error.code, "audit_unavailable");
      assert.match(error.message, /not an audit trail, since its first line is none/);
      assert.ok(error.guidance?.includes(`To go on, move "${site.path}" away, name another file`), error.guidance);
      return true;
    });
    await trail.close();
    assert.equal(await Deno.readTextFile(site.path), text);
    await assert.rejects(Deno.stat(`${site.path}.head`), Deno.errors.NotFound);
    assert.equal((await site.verify()).ok, false);
  }
});

Deno.test("record() goes on in a new directory when the old one was removed, and tells of the lines that are gone", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  for (let count = 0; count < 3; count++) await trail.record(writeEntry(), await trail.announce(writeEntry()));
  await Deno.remove(`${site.directory}/state`, { recursive: true });
  assert.equal(await trail.record(writeEntry(), await trail.announce(writeEntry())), undefined);
  await trail.record(writeEntry());
  await trail.close();
  assert.deepEqual((await site.lines()).map(({ seq, event, count }) => [seq, event, count]), [
    [4, "lines_lost", 3],
    [5, undefined, undefined],
    [6, undefined, undefined],
  ]);
  assert.deepEqual(site.logged, ["The audit trail was removed or replaced by an older one: it goes on with line 4"]);
  const { ok, notices } = await site.verify();
  assert.deepEqual([ok, notices], [true, ["The trail begins with line 4: older files are not here"]]);
});

Deno.test("record() goes on behind its own lines when the trail was replaced by an older copy, and the gap shows", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  const parts = [site.path, `${site.path}.head`];
  await trail.record(writeEntry());
  const old = await Promise.all(parts.map((path) => Deno.readTextFile(path)));
  await trail.record(writeEntry());
  await trail.record(writeEntry());
  await Promise.all(parts.map((path, at) => Deno.writeTextFile(path, old[at] ?? "")));
  await trail.record(writeEntry());
  await trail.close();
  assert.deepEqual((await site.lines()).map(({ seq, count }) => [seq, count]), [[1, undefined], [4, 2], [
    5,
    undefined,
  ]]);
  assert.deepEqual((await site.verify()).problems.map(({ message }) => message), ["Lines 2 to 3 are missing"]);
});
