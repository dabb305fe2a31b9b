/**
 * Shows what servers did in the scenarios of a revision.
 *
 * @module
 */

import { columns } from "../../src/cli/columns.ts";
import type { Tally } from "./verdict.ts";

/** What one server did. */
export interface Column {
  /** The server. */
  readonly name: string;
  readonly tallies: readonly Tally[];
}

function cellOf(tally: Tally | undefined): string {
  return tally === undefined ? "did not run" : `${tally.passed} passed, ${tally.failed} failed`;
}

/**
 * Writes a table: a row for each scenario, with the checks of each server.
 *
 * @param revision The revision's name.
 * @param servers What each server did.
 * @returns The table; scenarios that don't count are only named as a number.
 */
export function tableText(revision: string, servers: readonly Column[]): string {
  const tallies = servers.flatMap((server) => server.tallies);
  const names = new Set(tallies.filter(({ counts }) => counts).map(({ scenario }) => scenario));
  const others = new Set(tallies.map(({ scenario }) => scenario)).size - names.size;
  const rows = [...names].map((name) => [
    name,
    ...servers.map((server) => cellOf(server.tallies.find(({ scenario }) => scenario === name))),
  ]);
  const table = columns([[revision, ...servers.map(({ name }) => name)], ...rows]);
  return `${table}${others} more scenarios ran, and don't count\n`;
}
