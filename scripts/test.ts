/**
 * Runs all tests and ends with `N passed, N failed`.
 *
 * @module
 */

import { deno } from "./checks/run.ts";

const SUMMARY_REGEXP = /(\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed/g;

const decoder = new TextDecoder();

/** Shows the output as it comes and keeps it for the summary. */
async function show(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    await Deno.stdout.write(chunk);
  }
  return text;
}

/** What came of the tests. */
export interface TestOutcome {
  /** The exit code. */
  readonly code: number;
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs the tests with coverage, then checks the coverage thresholds of `deno.json`.
 *
 * @param args Further arguments for `deno test`.
 * @returns What came of them.
 */
export async function runTests(args: readonly string[]): Promise<TestOutcome> {
  const coverage = await Deno.makeTempDir({ prefix: "coverage-" });
  try {
    const command = new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--doc", "--parallel", `--coverage=${coverage}`, "--coverage-raw-data-only", ...args],
      stdin: "null",
      stdout: "piped",
      stderr: "inherit",
    });
    const child = command.spawn();
    // deno-lint-ignore no-control-regex -- colours
    const text = (await show(child.stdout)).replace(/\u001b\[\d*m/g, "");
    const { code } = await child.status;
    const { passed, failed } = total(text);
    const report = code === 0 ? (await deno(["coverage", coverage, "--include=/src/"])).code : 0;
    return { code: code || report, passed, failed };
  } finally {
    await Deno.remove(coverage, { recursive: true });
  }
}

/**
 * Writes the line that whoever started the checks looks for at the end.
 *
 * @param total How many passed, and how many failed.
 */
export async function showTotal({ passed, failed }: Pick<TestOutcome, "passed" | "failed">): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`\n${passed} passed, ${failed} failed\n`));
}

function total(text: string): { passed: number; failed: number } {
  const sums = { passed: 0, failed: 0 };
  for (const [, passed, failed] of text.matchAll(SUMMARY_REGEXP)) {
    sums.passed += Number(passed);
    sums.failed += Number(failed);
  }
  return sums;
}

if (import.meta.main) {
  const outcome = await runTests(Deno.args);
  await showTotal(outcome);
  Deno.exit(outcome.code);
}
