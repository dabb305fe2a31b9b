import assert from "node:assert/strict";
import type { Clock } from "../../src/core/clock.ts";
import { systemClock } from "../../src/core/clock.ts";
import { makeSite, type Site, writeEntry } from "./support.ts";

async function fullFiles({ directory }: Site): Promise<string[]> {
  const names = await Array.fromAsync(Deno.readDir(`${directory}/state`), ({ name }) => name);
  return names.filter((name) => /^audit-.*\.jsonl$/.test(name)).sort();
}

async function write(site: Site, count: number, clock: Clock = systemClock): Promise<void> {
  const trail = site.trail({ limits: { maxBytes: 1_500 }, clock });
  for (let written = 0; written < count; written++) await trail.record(writeEntry());
  await trail.close();
}

Deno.test("record() starts a new file when one is full, and the chain goes on", async () => {
  await using site = await makeSite();
  await write(site, 8);
  const full = await fullFiles(site);
  assert.ok(full.length >= 2);
  assert.match(full[0] ?? "", /^audit-\d{8}T\d{6}Z-1\.jsonl$/);
  for (const name of full) assert.ok((await Deno.stat(`${site.directory}/state/${name}`)).size <= 1_500);
  const { ok, files, lines, last } = await site.verify();
  assert.deepEqual([ok, files, lines, last], [true, full.length + 1, 8, 8]);
});

Deno.test("record() starts a new file when the first line of one is too old", async () => {
  await using site = await makeSite();
  let now = Date.UTC(2026, 0, 1);
  const clock = { ...systemClock, now: () => now };
  const trail = site.trail({ clock, limits: { maxAgeMs: 86_400_000 } });
  await trail.record(writeEntry());
  now += 86_000_000;
  await trail.record(writeEntry());
  assert.deepEqual(await fullFiles(site), []);
  now += 1_000_000;
  await trail.record(writeEntry());
  await trail.close();
  assert.deepEqual(await fullFiles(site), ["audit-20260102T001000Z-1.jsonl"]);
  assert.equal((await site.verify()).ok, true);
});

Deno.test("record() notices that another process started a new file", async () => {
  await using site = await makeSite();
  const limits = { maxBytes: 1_500 };
  const [one, two] = [site.trail({ limits }), site.trail({ limits })];
  for (let turn = 0; turn < 5; turn++) {
    await one.record(writeEntry({ tool: "one" }));
    await two.record(writeEntry({ tool: "two" }));
  }
  await Promise.all([one.close(), two.close()]);
  const { ok, lines } = await site.verify();
  assert.deepEqual([ok, lines], [true, 10]);
});

Deno.test("verifyTrail() finds a missing file between others, and accepts that the oldest ones were put away", async () => {
  await using site = await makeSite();
  await write(site, 12);
  const full = await fullFiles(site);
  await Deno.remove(`${site.directory}/state/${full[0]}`);
  const shortened = await site.verify();
  assert.equal(shortened.ok, true);
  assert.match(shortened.notices.join("\n"), /older files are not here/);
  await Deno.remove(`${site.directory}/state/${full[2]}`);
  const { problems } = await site.verify();
  assert.deepEqual(problems.map(({ kind }) => kind), ["missing"]);
});

Deno.test("record() goes on behind the newest full file when the program ended between two files", async () => {
  await using site = await makeSite();
  await write(site, 2);
  const head = await Deno.readTextFile(`${site.path}.head`);
  await write(site, 1);
  // As if killed after the rename, with the end of a line earlier.
  await Deno.rename(site.path, `${site.directory}/state/audit-20991231T000000Z-1.jsonl`);
  await Deno.writeTextFile(`${site.path}.head`, head);
  await write(site, 1);
  const { ok, last } = await site.verify();
  assert.deepEqual([ok, last], [true, 4]);
});

Deno.test("record() goes on with the chain when nothing tells where it ends", async () => {
  await using site = await makeSite();
  await write(site, 5);
  await Deno.remove(`${site.path}.head`);
  await write(site, 1);
  await Deno.writeTextFile(`${site.path}.head`, '{"v":1,"seq":"many"}');
  await write(site, 1);
  const { ok, last } = await site.verify();
  assert.deepEqual([ok, last], [true, 7]);
});
