import assert from "node:assert/strict";
import { chain, lineText, readLine } from "../../src/audit/chain.ts";
import { verifyTrail } from "../../src/audit/verify.ts";
import type { VerifyReport } from "../../src/audit/verifier.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import { systemClock } from "../../src/core/clock.ts";
import { makeSite, readEntry, type Site, writeEntry } from "./support.ts";

/** Eight lines in one file. */
async function filledSite(): Promise<Site> {
  const site = await makeSite();
  const trail = site.trail();
  for (let count = 0; count < 8; count++) await trail.record(writeEntry({ tool: `tool_${count}` }));
  await trail.close();
  return site;
}

async function tamper(site: Site, change: (lines: string[]) => string[]): Promise<VerifyReport> {
  const text = await Deno.readTextFile(site.path);
  const lines = change(text.trimEnd().split("\n"));
  await Deno.writeTextFile(site.path, lines.map((line) => `${line}\n`).join(""));
  return await site.verify();
}

function found({ problems }: VerifyReport): string[] {
  return problems.map(({ kind, line, message }) => `${kind} ${line ?? "-"}: ${message}`);
}

function without(at: number): (lines: string[]) => string[] {
  return (lines) => lines.filter((_, index) => index !== at - 1);
}

Deno.test("verifyTrail() accepts a trail that nobody changed", async () => {
  await using site = await filledSite();
  const { ok, files, lines, first, last, hash } = await site.verify();
  assert.deepEqual({ ok, files, lines, first, last }, { ok: true, files: 1, lines: 8, first: 1, last: 8 });
  assert.equal(hash, (await site.lines()).at(-1)?.hash);
});

Deno.test("verifyTrail() finds a line that was changed", async () => {
  await using site = await filledSite();
  const report = await tamper(site, (lines) => lines.map((line) => line.replace("tool_3", "tool_x")));
  assert.deepEqual(found(report), ["changed 4: Line 4 was changed: its hash is not the hash of what it says"]);
});

Deno.test("verifyTrail() finds a line whose members were written twice or in another way", async () => {
  for (const [from, to] of [['"v":1', '"v":1,"v":1'], ['"v":1', '"v": 1'], ["tool_", "\\u0074ool_"]] as const) {
    await using site = await filledSite();
    const report = await tamper(site, (lines) => lines.map((line, at) => at === 4 ? line.replace(from, to) : line));
    assert.deepEqual(found(report).map((text) => text.slice(0, 10)), ["changed 5:"]);
  }
});

Deno.test("verifyTrail() finds a line whose number was changed, and blames no other", async () => {
  await using site = await filledSite();
  const report = await tamper(site, (lines) => lines.map((line) => line.replace('"seq":4,', '"seq":40,')));
  assert.deepEqual(found(report).map((text) => text.slice(0, 10)), ["changed 4:"]);
});

Deno.test("verifyTrail() finds a line that was replaced together with its hash", async () => {
  await using site = await filledSite();
  const lines = await site.lines();
  const record = { time: "2026-01-01T00:00:00.000Z", tool: "forged" };
  const [forged] = chain([record], { seq: 3, hash: String(lines[2]?.hash) });
  assert.ok(forged !== undefined);
  const report = await tamper(site, (all) => all.map((line, at) => at === 3 ? lineText(forged.value) : line));
  assert.deepEqual(found(report), ["broken 5: Line 5 does not continue line 4: one of them was replaced"]);
});

Deno.test("verifyTrail() finds lines that were removed, wherever they were", async () => {
  const cases = [
    [1, "missing 1: The file begins with line 2: expected line 1"],
    [4, "missing 4: Line 4 is missing"],
    [8, "missing -: Line 8 is missing at the end"],
  ] as const;
  for (const [at, expected] of cases) {
    await using site = await filledSite();
    assert.deepEqual(found(await tamper(site, without(at))), [expected]);
  }
  await using site = await filledSite();
  const report = await tamper(site, (lines) => [...lines.slice(0, 2), ...lines.slice(5)]);
  assert.deepEqual(found(report), ["missing 3: Lines 3 to 5 are missing"]);
});

Deno.test("verifyTrail() still finds a removed end after more was recorded", async () => {
  await using site = await filledSite();
  await tamper(site, (lines) => lines.slice(0, 5));
  const trail = site.trail();
  await trail.record(writeEntry());
  await trail.close();
  assert.deepEqual(found(await site.verify()), ["missing 6: Lines 6 to 8 are missing"]);
  assert.match(site.logged.join("\n"), /Lines are missing at the end/);
});

Deno.test("verifyTrail() still finds a removed beginning after more was recorded", async () => {
  await using site = await filledSite();
  await tamper(site, (lines) => lines.slice(2));
  const trail = site.trail();
  await trail.record(writeEntry());
  await trail.close();
  assert.deepEqual(found(await site.verify()), ["missing 1: The file begins with line 3: expected line 1"]);
});

Deno.test("verifyTrail() finds lines that changed places, and one that stands there twice", async () => {
  await using swapped = await filledSite();
  const swap = ([a = "", b = "", c = "", ...rest]: string[]) => [a, c, b, ...rest];
  assert.deepEqual(found(await tamper(swapped, swap)), ["reordered 3: Line 2 stands behind line 3"]);
  await using doubled = await filledSite();
  const report = await tamper(doubled, (lines) => [...lines.slice(0, 3), ...lines.slice(2)]);
  assert.deepEqual(found(report), ["reordered 4: Line 3 stands here a second time"]);
});

Deno.test("verifyTrail() finds what is no line", async () => {
  for (const garbage of ["", "{", "not JSON", '{"v":2,"seq":4}', `${"[".repeat(100_000)}`]) {
    await using site = await filledSite();
    const report = await tamper(site, (lines) => [...lines.slice(0, 3), garbage, ...lines.slice(3)]);
    assert.deepEqual(found(report).map((text) => text.slice(0, 7)), ["torn 4:"], garbage.slice(0, 20));
  }
});

Deno.test("verifyTrail() takes a nested line for a changed one instead of failing", async () => {
  await using site = await filledSite();
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const report = await tamper(site, (lines) => lines.map((line, at) => at === 2 ? line.replace('"ok"', deep) : line));
  assert.deepEqual(found(report).map((text) => text.slice(0, 10)), ["changed 3:"]);
});

Deno.test("verifyTrail() finds a removed head and a wrong one", async () => {
  await using site = await filledSite();
  const head = await Deno.readTextFile(`${site.path}.head`);
  await Deno.writeTextFile(`${site.path}.head`, head.replace(/"hash":"...../, '"hash":"fffff'));
  assert.deepEqual(found(await site.verify()), [
    "head -: Line 8 is not the line that was written: it has another hash",
  ]);
  await Deno.remove(`${site.path}.head`);
  assert.deepEqual(found(await site.verify()).map((text) => text.slice(0, 14)), ["head -: Nothin"]);
});

Deno.test("verifyTrail() finds that a whole file is gone", async () => {
  await using site = await filledSite();
  await Deno.remove(site.path);
  assert.deepEqual(found(await site.verify()), ["missing -: Lines 1 to 8 are missing at the end"]);
});

Deno.test("verifyTrail() notes lines behind the written end, and announcements", async () => {
  await using site = await filledSite();
  const head = await Deno.readTextFile(`${site.path}.head`);
  const trail = site.trail();
  await trail.record(readEntry());
  await trail.close();
  await Deno.writeTextFile(`${site.path}.head`, head);
  await Deno.mkdir(`${site.path}.pending`, { recursive: true });
  await Deno.writeTextFile(`${site.path}.pending/1-x.json`, "{}");
  const { ok, notices } = await site.verify();
  assert.equal(ok, true);
  assert.match(notices.join("\n"), /1 line after line 8[^]*1 change announced/);
});

Deno.test("verifyTrail() has nothing to say where there is no trail, and makes no file", async () => {
  await using site = await makeSite();
  const { ok, files } = await site.verify();
  assert.deepEqual([ok, files], [true, 0]);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(site.directory)), []);
});

Deno.test("verifyTrail() reads a trail that it may not lock", async () => {
  await using site = await filledSite();
  const files = {
    ...auditFiles,
    open: (path: string, mode: "read" | "append" | "create" | "new") =>
      mode === "read" ? auditFiles.open(path, mode) : Promise.reject(new Deno.errors.PermissionDenied(path)),
  };
  assert.equal((await verifyTrail({ path: site.path, files, clock: systemClock })).ok, true);
});

Deno.test("readLine() and lineText() agree on every line of a trail", async () => {
  await using site = await filledSite();
  for (const text of (await Deno.readTextFile(site.path)).trimEnd().split("\n")) {
    const line = readLine(text);
    assert.ok(line !== undefined);
    assert.equal(lineText(line.value), text);
  }
});
