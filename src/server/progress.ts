/**
 * Tells a client how its call gets on, while the call runs.
 *
 * @module
 */

import type { ServerContext } from "@modelcontextprotocol/server";
import { type Clock, systemClock } from "../core/clock.ts";
import type { ProgressNote } from "../core/context.ts";

/** Takes the notes of one request and never throws; dispose of it before the answer, so that nothing follows that. */
export type ProgressListener = ((note: ProgressNote) => void) & Disposable;

/** Where a request says that it wants to be told, and under which token. */
interface RequestParams {
  readonly _meta?: { readonly progressToken?: string | number | undefined } | undefined;
}

/** The least time between two notifications, in milliseconds: more often, nobody reads them. */
const INTERVAL_MS = 200;

/** What a note without figures adds where a total is known: too little to look like work that was done, and exact in binary. */
const SMALL_STEP = 1 / 64;

/** Figures that grow with each notification, as the protocol wants them. */
class Figures {
  #last = 0;
  #hasTotal = false;

  next({ done, total }: ProgressNote): { progress: number; total?: number } {
    const hasTotal = total !== undefined && Number.isFinite(total);
    this.#hasTotal ||= hasTotal;
    if (done !== undefined && Number.isFinite(done) && done > this.#last) this.#last = done;
    else this.#last += this.#hasTotal ? SMALL_STEP : 1;
    return { progress: this.#last, ...(hasTotal ? { total } : {}) };
  }
}

/**
 * Makes what takes the notes of a request and passes them on as `notifications/progress`, in every revision.
 *
 * A client that wants them sends a token with its request; without one nothing is ever sent. Of notes that come too fast
 * the latest wins, and it is sent as soon as it may be.
 *
 * @param ctx The request.
 * @param params Its parameters.
 * @param clock Measures the time between notifications.
 * @returns The listener.
 */
export function progressOf(ctx: ServerContext, params: RequestParams, clock: Clock = systemClock): ProgressListener {
  const progressToken = params._meta?.progressToken;
  if (progressToken === undefined) return Object.assign(() => {}, { [Symbol.dispose]: () => {} });
  const { notify, signal } = ctx.mcpReq;
  const end = new AbortController();
  const ends = AbortSignal.any([signal, end.signal]);
  const figures = new Figures();
  let sentAt = Number.NEGATIVE_INFINITY;
  let latest: ProgressNote | undefined;

  async function send(note: ProgressNote): Promise<void> {
    sentAt = clock.monotonic();
    const { message } = note;
    await notify({
      method: "notifications/progress",
      params: { progressToken, ...figures.next(note), message },
    });
  }

  async function sendLater(ms: number): Promise<void> {
    await clock.sleep(ms, ends);
    const note = latest;
    latest = undefined;
    if (note !== undefined && !ends.aborted) await send(note);
  }

  /** A client that went away is no concern of the call. */
  const ignore = () => {};

  function take(note: ProgressNote): void {
    if (ends.aborted) return;
    const isWaiting = latest !== undefined;
    const ms = sentAt + INTERVAL_MS - clock.monotonic();
    if (!isWaiting && ms <= 0) return void send(note).catch(ignore);
    latest = note;
    if (!isWaiting) sendLater(ms).catch(ignore);
  }

  return Object.assign(take, { [Symbol.dispose]: () => end.abort() });
}
