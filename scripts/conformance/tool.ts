/**
 * Runs the official conformance tool.
 *
 * @module
 */

import manifest from "../../deno.json" with { type: "json" };
import { readOutcome, requiredScenarios, type ResultFile, type ScenarioOutcome } from "./outcome.ts";

/** What the tool is told. */
export interface ToolOptions {
  /** Where the server is. */
  readonly url: string;
  /** The revision of the protocol. */
  readonly revision: string;
  /** The path of the list of expected failures. */
  readonly expectedFailures?: string | undefined;
}

/** What the tool found out. */
export interface ToolOutcome {
  readonly required: readonly string[];
  readonly scenarios: readonly ScenarioOutcome[];
  /** 0 where the tool itself is content. */
  readonly code: number;
  readonly output: string;
}

const TOOL = manifest.imports["@modelcontextprotocol/conformance"];

/** A server that hangs must not keep whoever waits for the checks. */
const LIMIT_MS = 120_000;

// deno-lint-ignore no-control-regex -- colours
const COLOUR_REGEXP = /\u001b\[\d*m/g;

/** The tool reaches this machine alone, and writes only its results. */
async function tool(args: readonly string[], directory: string): Promise<{ code: number; output: string }> {
  const rights = ["--allow-net=127.0.0.1", "--allow-read", `--allow-write=${directory}`, "--allow-env", "--allow-sys"];
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...rights, TOOL, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, output: `${decoder.decode(stdout)}${decoder.decode(stderr)}`.replace(COLOUR_REGEXP, "") };
}

async function filesIn(directory: string): Promise<readonly ResultFile[]> {
  const files: ResultFile[] = [];
  for await (const { name, isDirectory } of Deno.readDir(directory)) {
    if (!isDirectory) continue;
    files.push({ folder: name, text: await Deno.readTextFile(`${directory}/${name}/checks.json`) });
  }
  return files;
}

/**
 * Lets the tool check a server.
 *
 * @param options What it is told.
 * @returns What it found out.
 */
export async function runTool({ url, revision, expectedFailures }: ToolOptions): Promise<ToolOutcome> {
  const directory = await Deno.makeTempDir({ prefix: "conformance-" });
  try {
    const listing = await tool(["list", "--requirements", revision], directory);
    const list = expectedFailures === undefined ? [] : ["--expected-failures", expectedFailures];
    const args = ["server", "--url", url, "--requirements", revision, "--output-dir", directory, ...list];
    const { code, output } = await tool(args, directory);
    return {
      required: requiredScenarios(listing.output),
      scenarios: readOutcome(output, await filesIn(directory)),
      code,
      output,
    };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
