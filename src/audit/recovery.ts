/**
 * Writes the lines of calls whose process was killed before it could.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import { readLine } from "./chain.ts";
import type { LedgerOptions, LedgerSession } from "./ledger.ts";
import { type Leftover, takeLeftovers } from "./pending.ts";
import { linesAt, trailFiles } from "./reader.ts";

/** What recovery needs. */
export type RecoveryOptions = Pick<LedgerOptions, "files" | "places" | "clock" | "log">;

/** The calls among `calls` that have a line: their process was killed between writing it and removing the announcement. */
async function recorded({ files, places }: RecoveryOptions, calls: Set<string>, after: number): Promise<Set<string>> {
  const found = new Set<string>();
  const all = await trailFiles(files, places);
  const from = all.findLastIndex(({ first }) => first !== undefined && first <= after + 1);
  for (const { path } of all.slice(Math.max(0, from))) {
    for await (const { text } of linesAt(files, path)) {
      // Reading each line as JSON would take ten times as long.
      if (text === undefined || !text.includes('"call":')) continue;
      const call = readLine(text)?.value["call"];
      if (typeof call === "string" && calls.has(call)) found.add(call);
    }
  }
  return found;
}

function recordOfLeftover({ call, write }: Leftover, now: number): JsonObject {
  if (write !== undefined) return { ...write.record, outcome: "interrupted", call };
  return { time: new Date(now).toISOString(), event: "announcement_unreadable", call };
}

/**
 * Writes the line of each write that was announced and whose process ended: with outcome `interrupted`, since nobody
 * knows whether it reached Webex.
 *
 * @param options The trail.
 * @param session Its lock must be held, so that only one process does this.
 */
export async function recover(options: RecoveryOptions, session: LedgerSession): Promise<void> {
  const { files, places, clock, log } = options;
  const leftovers = await takeLeftovers(files, places);
  if (leftovers.length === 0) return;
  try {
    const after = Math.min(...leftovers.map(({ write }) => write?.after ?? 0));
    const done = await recorded(options, new Set(leftovers.map(({ call }) => call)), after);
    const open = leftovers.filter(({ call }) => !done.has(call));
    await session.append(open.map((leftover) => recordOfLeftover(leftover, clock.now())), true);
    if (open.length > 0) {
      log.warning(`Changes that were interrupted when the program ended, and may have been made: ${open.length}`);
    }
    await Promise.all(leftovers.map(({ path }) => files.remove(path).catch(() => {})));
  } finally {
    for (const { file } of leftovers) file.close();
  }
}
