/**
 * Tells people what the check of the audit trail found.
 *
 * @module
 */

import type { AuditProblem, VerifyReport } from "../../audit/verifier.ts";

function placeOf({ file, line }: AuditProblem): string {
  return line === undefined ? file : `${file}:${line}`;
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/**
 * Writes a verdict.
 *
 * @param report What was found.
 * @param path The file that lines are added to.
 * @returns Lines for a terminal.
 */
export function verifyText(report: VerifyReport, path: string): string {
  const { ok, files, lines, first, last, hash, problems, problemCount, notices } = report;
  if (ok && files === 0) return `There is no audit trail at ${JSON.stringify(path)}\n`;
  const text = problems.map((problem) => `${placeOf(problem)}: ${problem.message}\n`);
  if (problemCount > problems.length) text.push(`… and ${problemCount - problems.length} more\n`);
  text.push(...notices.map((notice) => `Note: ${notice}\n`));
  text.push(`Checked ${countOf(lines, "line")} in ${countOf(files, "file")}: numbers ${first} to ${last}\n`);
  text.push(
    ok
      ? `Nothing was changed. Line ${last} has the hash ${hash}; kept elsewhere, it proves everything up to there.\n`
      : `The trail is not as it was written: ${countOf(problemCount, "problem")}\n`,
  );
  return text.join("");
}
