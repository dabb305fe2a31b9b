/**
 * The revisions of the protocol that are checked, and how much of the conformance tool has to run for each.
 *
 * @module
 */

/** What is known of a revision beforehand. */
export interface Revision {
  /** As the tool names it. */
  readonly name: string;
  /** How many scenarios the revision requires of a server: were fewer run, nothing would be proven. */
  readonly scenarios: number;
  /** Scenarios that count for nothing, and pass all the same. */
  readonly guarded: readonly string[];
  /** The file with what the shipped server fails, in `tests/conformance/`. */
  readonly expectedFailures: string;
}

/** All that are checked. */
export const REVISIONS: readonly Revision[] = [
  { name: "2025-11-25", scenarios: 30, guarded: [], expectedFailures: "expected_failures_2025.yml" },
  {
    name: "2026-07-28",
    scenarios: 37,
    guarded: ["http-header-validation"],
    expectedFailures: "expected_failures_2026.yml",
  },
];
