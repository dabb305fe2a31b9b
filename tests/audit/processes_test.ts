import assert from "node:assert/strict";
import { placesOf } from "../../src/audit/places.ts";
import { linesAt, trailFiles } from "../../src/audit/reader.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { linesIn, makeSite, readEntry, type Site } from "./support.ts";

const PROGRAM = new URL("./appending_process.ts", import.meta.url).pathname;

function startAppending(site: Site, name: string, count: number): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-lock", "-A", PROGRAM, site.path, name, String(count)],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** All lines of all files that are lines of calls. */
async function calls(site: Site): Promise<JsonObject[]> {
  const texts: string[] = [];
  for (const { path } of await trailFiles(auditFiles, placesOf(site.path))) {
    for await (const { text = "", ended } of linesAt(auditFiles, path)) {
      if (ended && text.endsWith("}")) texts.push(text);
    }
  }
  return linesIn(texts.join("\n")).filter(({ tool }) => tool !== undefined);
}

Deno.test("record() keeps one chain when two processes write 500 lines each", async () => {
  await using site = await makeSite();
  const children = ["one", "two"].map((name) => startAppending(site, name, 500));
  for (const { code } of await Promise.all(children.map((child) => child.output()))) assert.equal(code, 0);
  const report = await site.verify();
  assert.deepEqual([report.ok, report.lines, report.problems], [true, 1_000, []]);
  assert.equal(new Set((await calls(site)).map(({ tool }) => tool)).size, 1_000);
});

Deno.test("announce() leaves a trace of every write that was begun, whenever the process is killed", async () => {
  await using site = await makeSite();
  const begun = new Set<string>();
  const done = new Set<string>();
  for (let round = 0; round < 8; round++) {
    const child = startAppending(site, `round${round}`, 100_000);
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    // Killed somewhere within a write, which takes one to three milliseconds.
    const writes = 2 + round;
    while (text.split("done").length <= writes) {
      const { value, done: ended } = await reader.read();
      assert.equal(ended, false, "the process ended by itself");
      text += value;
    }
    await new Promise((resolve) => setTimeout(resolve, round * 0.7));
    child.kill("SIGKILL");
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
    await child.status;
    for (const line of text.split("\n").slice(0, -1)) {
      const [word, tool = ""] = line.split(" ");
      (word === "begun" ? begun : done).add(tool);
    }
  }
  const trail = site.trail();
  await trail.record(readEntry({ tool: "last" }));
  await trail.close();

  const report = await site.verify();
  assert.deepEqual(report.problems, []);
  assert.equal(report.notices.some((notice) => notice.includes("announced")), false);
  const writes = (await calls(site)).filter(({ kind }) => kind === "write");
  const outcomes = new Map(writes.map(({ tool, outcome }) => [String(tool), String(outcome)]));
  assert.equal(outcomes.size, writes.length, "one line for each write");
  for (const tool of begun) assert.ok(outcomes.has(tool), tool);
  for (const tool of done) assert.equal(outcomes.get(tool), "ok", tool);
});
