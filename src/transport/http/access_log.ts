/**
 * Writes a line for each request.
 *
 * @module
 */

import type { RefusalReason } from "../../access/caller.ts";
import type { Log } from "../../core/log.ts";

/** What became of a request. */
export interface RequestRecord {
  readonly id: string;
  readonly method: string;
  /** Without what follows a question mark. */
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
  /** Where it came from. */
  readonly client: string;
  readonly caller: string | undefined;
  /** The method of the protocol, where it looks like one. */
  readonly message: string | undefined;
  /** Why the caller was not let in, where it wasn't: the status alone doesn't tell what has to be mended. */
  readonly reason: RefusalReason | undefined;
  /** Whether the answer left as a whole. */
  readonly end: "answered" | "gone";
}

/** Somebody asks for these every few seconds. */
const QUIET_PATHS: readonly string[] = ["/healthz", "/readyz"];

const MAX_PATH = 80;

/**
 * Writes the line.
 *
 * @param log Where to.
 * @param record What became of the request.
 */
export function logRequest(log: Pick<Log, "debug" | "info">, record: RequestRecord): void {
  const { method, path, status, durationMs, caller, message, reason, end, ...rest } = record;
  const shown = path.slice(0, MAX_PATH);
  const ms = Math.round(durationMs);
  const who = caller === undefined ? "" : ` by ${caller}`;
  const what = message === undefined ? "" : ` ${message}`;
  const why = reason === undefined ? "" : `, refused: ${reason}`;
  const left = end === "gone" ? ", the client left" : "";
  const text = `HTTP: ${status} ${method} ${shown}${what}${who}, ${ms} ms${why}${left}`;
  const say = QUIET_PATHS.includes(path) && status < 400 ? log.debug : log.info;
  say(text, {
    ...rest,
    method,
    path: shown,
    status,
    ms,
    end,
    ...(caller === undefined ? {} : { caller }),
    ...(message === undefined ? {} : { message_method: message }),
    ...(reason === undefined ? {} : { reason }),
  });
}
