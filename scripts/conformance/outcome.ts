/**
 * What the conformance tool leaves behind.
 *
 * @module
 */

/** What became of one check. */
export interface CheckOutcome {
  readonly id: string;
  /** `SUCCESS`, `FAILURE`, `WARNING` where the protocol says “should”, `SKIPPED`, `INFO`. */
  readonly status: string;
  readonly message: string;
}

/** What became of one scenario. */
export interface ScenarioOutcome {
  readonly name: string;
  readonly checks: readonly CheckOutcome[];
}

/** A file that the tool left. */
export interface ResultFile {
  /** The name of its folder. */
  readonly folder: string;
  readonly text: string;
}

const FOLDER_REGEXP = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/;

/** A line of the summary, for example `✗ ping: 1 passed, 1 failed`. */
const SUMMARY_REGEXP = /^[✓✗] ([\w/-]+): \d+ passed, \d+ failed/gm;

interface WrittenCheck {
  readonly id: string;
  readonly status: string;
  readonly errorMessage?: string;
}

function checksOf(text: string): readonly CheckOutcome[] {
  const written: readonly WrittenCheck[] = JSON.parse(text);
  return written.map(({ id, status, errorMessage = "" }) => ({ id, status, message: errorMessage }));
}

/**
 * Reads what became of all scenarios.
 *
 * @param output What the tool said. It names every scenario, also one that broke off and left no file.
 * @param files What it left.
 * @returns The scenarios in the order in which they ran.
 */
export function readOutcome(output: string, files: readonly ResultFile[]): readonly ScenarioOutcome[] {
  const checks = new Map(files.map(({ folder, text }) => [FOLDER_REGEXP.exec(folder)?.[1], text]));
  return [...output.matchAll(SUMMARY_REGEXP)].map(([, name = ""]) => {
    const text = checks.get(name);
    if (text !== undefined) return { name, checks: checksOf(text) };
    return { name, checks: [{ id: name, status: "FAILURE", message: "The scenario broke off" }] };
  });
}

/**
 * Reads which scenarios a revision requires of a server.
 *
 * @param listing What the tool's `list --requirements` says.
 * @returns The names of the scenarios.
 */
export function requiredScenarios(listing: string): readonly string[] {
  const [, section = ""] = /^Server scenarios.*\n((?: {2}- .*\n)*)/m.exec(listing) ?? [];
  return [...section.matchAll(/^ {2}- (\S+)$/gm)].map(([, name = ""]) => name);
}
