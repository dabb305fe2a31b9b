import assert from "node:assert/strict";
import { runProgram } from "../../src/cli/program.ts";
import { fakeSystem } from "../support/fake_system.ts";

async function run(...args: string[]) {
  const system = fakeSystem();
  const code = await runProgram(["search", ...args], system);
  return { code, out: system.out(), err: system.err() };
}

Deno.test("search prints the tools that fit, the best first", async () => {
  const { code, out, err } = await run("delete", "a", "hunt", "group", "--limit", "3");
  assert.deepEqual([code, err], [0, ""]);
  const lines = out.trimEnd().split("\n");
  assert.match(lines[0] ?? "", /^hunt_group_delete_a_hunt_group +write +Delete a Hunt Group \(Features: Hunt Group\)$/);
  assert.match(lines.at(-1) ?? "", /^3 of \d+ that fit$/);
  assert.equal(lines.length, 4);
});

Deno.test("search --json prints what webex_search answers", async () => {
  const { results, total } = JSON.parse((await run("list people", "--json", "--limit=2")).out);
  assert.equal(results.length, 2);
  assert.ok(total >= 2);
  assert.deepEqual(results[0], {
    tool: "people_list_people",
    title: "List People",
    feature: "People",
    method: "GET",
    path: "/people",
    kind: "read",
  });
});

Deno.test("search keeps to kind, feature and selection", async () => {
  const found = async (...args: string[]): Promise<{ kind: string; feature: string; tool: string }[]> =>
    JSON.parse((await run(...args, "--json")).out).results;
  assert.ok((await found("call queue", "--kind", "write")).every(({ kind }) => kind === "write"));
  assert.ok((await found("settings", "--feature", "hunt group")).every(({ feature }) => /Hunt Group/.test(feature)));
  assert.ok((await found("call queue", "--read-only")).every(({ kind }) => kind === "read"));
  assert.ok((await found("list", "--tool", "people_*")).every(({ tool }) => tool.startsWith("people_")));
});

Deno.test("search ends with 1 where nothing fits, and with 2 without words", async () => {
  assert.deepEqual((await run("qqqqzzzz")).code, 1);
  const { code, err } = await run();
  assert.equal(code, 2);
  assert.match(err, /Expected words/);
});
