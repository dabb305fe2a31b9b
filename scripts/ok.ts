/**
 * Runs every check, cheapest first, and stops at the first that fails.
 *
 * @module
 */

import { layerProblems } from "./checks/layers.ts";
import { deno, type Outcome } from "./checks/run.ts";
import { runTests } from "./test.ts";

const ENTRY = "main.ts";

async function say(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

async function checkLayers(): Promise<Outcome> {
  const { code, stdout } = await deno(["info", "--json", ENTRY], { capture: true });
  if (code !== 0) return { code, stdout };
  const problems = layerProblems(JSON.parse(stdout).modules);
  for (const problem of problems) await say(problem);
  return { code: problems.length === 0 ? 0 : 1, stdout: "" };
}

async function sources(): Promise<string[]> {
  const { stdout } = await deno(["info", "--json", ENTRY], { capture: true });
  const modules: { specifier: string }[] = JSON.parse(stdout).modules;
  return modules.map((module) => module.specifier).filter((specifier) => /\/src\/.*\.ts$/.test(specifier));
}

const CHECKS: readonly (readonly [string, () => Promise<Outcome>])[] = [
  ["format", () => deno(["fmt", "--check", "--quiet"])],
  ["lint", () => deno(["lint", "--quiet"])],
  ["types", () => deno(["check", "--quiet", "main.ts", "scripts", "bench", "tests"])],
  ["layers", checkLayers],
  ["documentation", async () => await deno(["doc", "--lint", "--quiet", ...await sources()], { capture: true })],
];

for (const [name, check] of CHECKS) {
  const { code } = await check();
  await say(`${code === 0 ? "ok    " : "FAILED"} ${name}`);
  if (code !== 0) Deno.exit(1);
}
Deno.exit(await runTests([]));
