/**
 * Decides whether a server did what is expected of it, no worse and no better.
 *
 * @module
 */

import type { Expectations } from "./expectations.ts";
import type { CheckOutcome, ScenarioOutcome } from "./outcome.ts";
import type { Revision } from "./revisions.ts";

/** What is decided on. */
export interface Run {
  readonly revision: Revision;
  /** The scenarios that count. */
  readonly required: readonly string[];
  readonly scenarios: readonly ScenarioOutcome[];
  readonly expected: Expectations;
}

/** One scenario in figures. */
export interface Tally {
  readonly scenario: string;
  readonly passed: number;
  readonly failed: number;
  readonly counts: boolean;
}

/** What was decided. */
export interface Verdict {
  readonly tallies: readonly Tally[];
  /** What is wrong; empty where all is as expected. */
  readonly problems: readonly string[];
}

/** A “should” that isn't heeded needs a reason, too. */
function hasFailed({ status }: CheckOutcome): boolean {
  return status === "FAILURE" || status === "WARNING";
}

function tallyOf({ name, checks }: ScenarioOutcome, counts: boolean): Tally {
  const passed = checks.filter(({ status }) => status === "SUCCESS").length;
  return { scenario: name, passed, failed: checks.filter(hasFailed).length, counts };
}

/** An empty run, or one of fewer scenarios than there were, proves nothing. */
function gaps({ revision, required, scenarios }: Run): string[] {
  const ran = new Set(scenarios.filter(({ checks }) => checks.length > 0).map(({ name }) => name));
  const absent = [...required, ...revision.guarded].filter((name) => !ran.has(name));
  return [
    ...(required.length < revision.scenarios
      ? [`${revision.name} requires ${required.length} scenarios: expected ${revision.scenarios}`]
      : []),
    ...absent.map((name) => `${name} did not run`),
  ];
}

/** Each failing check by its full name; a check that is made several times fails if it fails once. */
function failures(scenarios: readonly ScenarioOutcome[]): ReadonlyMap<string, string> {
  return new Map(
    scenarios.flatMap(({ name, checks }) =>
      checks.filter(hasFailed).map(({ id, message }) => [`${name}:${id}`, message] as const)
    ),
  );
}

/**
 * Decides.
 *
 * @param run What the tool found out.
 * @returns The figures, and what is not as expected: a failure without a reason, a reason without a failure, a gap.
 */
export function judge(run: Run): Verdict {
  const { revision, required, scenarios, expected } = run;
  const counts = new Set([...required, ...revision.guarded]);
  const failed = failures(scenarios.filter(({ name }) => counts.has(name)));
  const unexpected = [...failed].filter(([check]) => !expected.has(check));
  const stale = [...expected.keys()].filter((check) => !failed.has(check));
  return {
    tallies: scenarios.map((scenario) => tallyOf(scenario, counts.has(scenario.name))),
    problems: [
      ...gaps(run),
      ...unexpected.map(([check, message]) => `${check} failed${message === "" ? "" : `: ${message}`}`),
      ...stale.map((check) => `${check} is expected to fail, and did not: take it off the list`),
    ],
  };
}
