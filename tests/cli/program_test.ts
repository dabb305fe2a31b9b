import assert from "node:assert/strict";
import { runProgram } from "../../src/cli/program.ts";
import { fakeSystem, type Outside } from "../support/fake_system.ts";

async function run(args: readonly string[], outside: Outside = {}) {
  const system = fakeSystem(outside);
  const code = await runProgram(args, system);
  return { code, out: system.out(), err: system.err() };
}

Deno.test("runProgram() ends with 0 after printing what was asked for", async () => {
  const { code, out, err } = await run(["version"]);
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /^webex-calling-mcp \d/);
});

Deno.test("runProgram() ends with 2 and prints only to standard error when the usage is wrong", async () => {
  const wrong: [string[], RegExp][] = [
    [["--nope"], /"--nope"/],
    [["nope"], /"nope"/],
    [["serve", "--features", "Peple"], /^ERROR: Cannot find feature "Peple" of --features; did you mean "People"\?\n/],
    [["--collection", "none.json"], /^ERROR: Cannot read "none\.json": there is no such file\n/],
    [["--collection", "bad.json"], /^ERROR: Cannot .*"bad\.json"/],
    [["--base-url", "webexapis.com"], /^ERROR: Cannot use --base-url "webexapis\.com"/],
    [["--tools", "some"], /"some"/],
    [["--preset", "nope"], /^ERROR: Cannot find preset "nope" of --preset: expected one of help-desk, /],
    [["--tool", "nope_nope*"], /^ERROR: Cannot find any tool that matches "nope_nope\*" of --tool\n/],
    [["search", "--feature", "Peple", "x"], /^ERROR: Unknown feature "Peple": did you mean "People"\?\n/],
    [["tools", "nope_nope"], /^ERROR: Cannot find tool "nope_nope"/],
    [["call", "people_list_people", "x"], /^ERROR: Cannot read argument "x": expected key=value\n/],
  ];
  for (const [args, message] of wrong) {
    const { code, out, err } = await run(args, { files: { "bad.json": '{"endpoints": ' } });
    assert.deepEqual([code, out], [2, ""], args.join(" "));
    assert.match(err, message);
    assert.doesNotMatch(err, /\n\s+at /);
    assert.ok(err.trimEnd().split("\n").length <= 2, err);
  }
});

Deno.test("runProgram() refuses a wrong variable before it serves anything", async () => {
  const { code, out, err } = await run([], { environment: { WEBEX_MCP_READ_ONLY: "perhaps" } });
  assert.deepEqual([code, out], [2, ""]);
  assert.match(err, /^ERROR: Cannot use WEBEX_MCP_READ_ONLY "perhaps": expected true or false\n/);
});

Deno.test("runProgram() lets the environment select tools, and flags overrule it", async () => {
  const environment = { WEBEX_MCP_FEATURES: "People", WEBEX_MCP_READ_ONLY: "1" };
  const selected = JSON.parse((await run(["tools", "--json"], { environment })).out);
  assert.ok(
    selected.every(({ feature, kind }: { feature: string; kind: string }) => feature === "People" && kind === "read"),
  );
  const overruled = JSON.parse((await run(["tools", "--json", "--features", "Locations"], { environment })).out);
  assert.ok(overruled.every(({ feature }: { feature: string }) => feature === "Locations"));
});

Deno.test("runProgram() calls the simulated organization without network or token", async () => {
  const { code, out } = await run(["call", "people_list_people", "max=2", "--sandbox"]);
  assert.equal(code, 0);
  assert.equal(JSON.parse(out).body.items.length, 2);
});

Deno.test("runProgram() refuses to call what read-only leaves out", async () => {
  const { code, err } = await run(["call", "people_delete_a_person", "personId=x", "--read-only", "--sandbox"]);
  assert.equal(code, 2);
  assert.match(err, /^ERROR: Cannot use tool "people_delete_a_person": this program was started read-only/);
});
