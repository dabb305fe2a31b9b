/**
 * Runs every check, cheapest first, and stops at the first that fails; then shows the surface, runs the tests,
 * and lets the official conformance tool check the server.
 *
 * @module
 */

import { layerProblems } from "./checks/layers.ts";
import { deno } from "./checks/run.ts";
import { runConformance } from "./conformance.ts";
import { runTests, showTotal } from "./test.ts";

const ENTRY = "main.ts";

interface Module {
  readonly specifier: string;
}

async function say(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

async function modulesOf(entry: string): Promise<Module[]> {
  const { stdout } = await deno(["info", "--json", entry], { capture: true });
  return JSON.parse(stdout).modules;
}

/** Shows the problems; fails if there are any. */
async function verdict(problems: readonly string[]): Promise<boolean> {
  for (const problem of problems) await say(problem);
  return problems.length === 0;
}

async function checkLayers(): Promise<boolean> {
  return await verdict(layerProblems(await modulesOf(ENTRY)));
}

/** Whether a place such as `/src/a.ts:12:1` is the start of an export, and not of a member that its name explains. */
async function isExport(place: string): Promise<boolean> {
  const [, file = "", line = ""] = /^(.*):(\d+):\d+$/.exec(place) ?? [];
  return (await Deno.readTextFile(file)).split("\n")[Number(line) - 1]?.startsWith("export") === true;
}

/** Everything that is exported is documented. The linter's other rule wants types re-exported, which would be barrels. */
async function checkDocumentation(): Promise<boolean> {
  const modules = (await modulesOf(ENTRY)).map(({ specifier }) => specifier);
  const files = modules.filter((name) => /\/src\/.*\.ts$/.test(name));
  const { stderr } = await deno(["doc", "--lint", ...files], { capture: true });
  const places = [...stderr.matchAll(/error\[missing-jsdoc\].*\n\s*--> (.*)/g)].map(([, place = ""]) => place);
  const problems: string[] = [];
  for (const place of places) if (await isExport(place)) problems.push(`No documentation: ${place}`);
  return await verdict(problems);
}

function command(...args: readonly string[]): () => Promise<boolean> {
  return async () => (await deno(args)).code === 0;
}

const CHECKS: readonly (readonly [string, () => Promise<boolean>])[] = [
  ["format", command("fmt", "--check", "--quiet")],
  ["lint", command("lint", "--quiet")],
  ["types", command("check", "--quiet", ENTRY, "scripts", "bench", "tests")],
  ["layers", checkLayers],
  ["documentation", checkDocumentation],
];

for (const [name, check] of CHECKS) {
  const passed = await check();
  await say(`${passed ? "ok    " : "FAILED"} ${name}`);
  if (!passed) Deno.exit(1);
}
if (!Deno.args.includes("--quick")) {
  // Whoever reviews sees what clients will see. It only informs: whatever comes of it, the tests go on.
  await deno(["run", "--quiet", "-P=checks", "scripts/surface.ts"]);
  const tests = await runTests([]);
  const conformance = tests.code === 0 ? await runConformance() : { passed: 0, failed: 0 };
  const failed = tests.failed + conformance.failed;
  await showTotal({ passed: tests.passed + conformance.passed, failed });
  Deno.exit(tests.code || Math.min(failed, 1));
}
