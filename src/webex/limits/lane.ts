/**
 * The queue before one host, for one credential.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import { RefusedError } from "../../core/errors.ts";
import { type LimitFamily, LimitWindow, limitWords } from "./limit.ts";
import { CallerTurns } from "./caller_turns.ts";
import { Pace } from "./pace.ts";
import { Refusals } from "./refusals.ts";
import { hasTimeAfter, SILENT_MS, tellWait } from "./call_wait.ts";

/** How a request on the wire ended: by an answer, without one, or before it was sent. */
export type Ending = { readonly status: number; readonly pauseMs?: number } | "lost" | "unsent";

/** A place on the wire, held only while a request is there. */
export interface Place {
  /**
   * Frees the place.
   *
   * @param ending What came; a status of 429 pauses everybody for `pauseMs`.
   * @param sentAt When the request was sent, in monotonic milliseconds. Default: when the place was given.
   */
  leave(ending: Ending, sentAt?: number): void;
}

/** A pause that another process was asked for: of one operation, or of all. */
export interface ForeignPause {
  /** How long it lasts yet, in milliseconds. */
  readonly ms: number;
  readonly label?: string | undefined;
}

/** What a lane needs. */
export interface LaneOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly concurrency: number;
  /** The limit of a family; the same window for all lanes of a credential. */
  readonly windowOf: (family: LimitFamily) => LimitWindow;
  /** Hears of pauses that Webex asks for, of one operation or of all. */
  readonly paused?: ((pause: ForeignPause) => void) | undefined;
}

/** What a request is, as far as limits go by it. */
export interface Kind {
  /** The family whose limit holds, if there is one. */
  readonly family: LimitFamily | undefined;
  /** The operation; requests without one count as the same. */
  readonly label: string;
  /** Whose call it is: callers take turns. */
  readonly caller: string;
}

interface Waiting extends Kind {
  readonly number: number;
  readonly context: CallContext;
  readonly since: number;
  readonly grant: (startedAt: number) => void;
  readonly refuse: (error: unknown) => void;
  isTold: boolean;
}

const ASKED = "Webex asks for it (429)";
const ASKED_OF_OTHERS = "Webex asked this organization's token to wait, because of an earlier call (429)";
/** Several programs may wait for the same host; they shall not come back in the same moment. */
const SPREAD_MS = 200;
/** Statuses that are given before anybody looks for call records, so that their limit isn't touched. */
const UNCOUNTED: readonly number[] = [401, 451];

/** A call whose own request was refused knows why it waits; the others don't. */
function askedOf({ trace }: CallContext): string {
  return trace.status === 429 ? ASKED : ASKED_OF_OTHERS;
}

function tooLong(ms: number, reason: string): RefusedError {
  const wait = Math.ceil(ms / 1000);
  return new RefusedError(`Cannot send the request in the time that the call has: ${reason}`, {
    code: "rate_limited",
    details: { wait_seconds: wait },
    guidance: `Nothing was sent. Wait ${wait} seconds, then call again.`,
  });
}

/**
 * Tells whether a request doesn't count in a limit of its own.
 *
 * @param ending How it ended.
 */
export function isUncounted(ending: Ending): boolean {
  return ending === "unsent" || (ending !== "lost" && UNCOUNTED.includes(ending.status));
}

/** Callers take turns, each one's calls being first come, first served; as few as the host bears at a time. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #pace: Pace;
  readonly #queue: Waiting[] = [];
  readonly #refusals = new Refusals();
  readonly #turns = new CallerTurns();
  /** How many requests of each operation are on the wire. */
  readonly #wire = new Map<string, number>();
  #onWire = 0;
  #alarm: { readonly at: number; readonly off: AbortController } | undefined;

  /** @param options Time, limits and chance. */
  constructor(options: LaneOptions) {
    this.#options = options;
    this.#pace = new Pace(options.concurrency);
  }

  /** Whether nothing would be lost with this lane. */
  get isIdle(): boolean {
    return this.#onWire === 0 && this.#queue.length === 0 && this.#pace.nextOpening(this.#now()) === undefined;
  }

  /** How many wait for a place. */
  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Waits for a place.
   *
   * @param number The call's number: the lowest of a caller's goes first, so that a repetition doesn't queue at the end.
   * @param kind What is sent.
   * @param context The call; its end takes it out of the queue.
   * @returns The place.
   * @throws {RefusedError} If the call hasn't the time for a wait that is known.
   * @throws The signal's reason, when the call ends before there is a place.
   */
  async enter(number: number, kind: Kind, context: CallContext): Promise<Place> {
    context.signal.throwIfAborted();
    const since = this.#now();
    const { until, reason } = this.#knownWait(kind, since, askedOf(context));
    if (until > since && !hasTimeAfter(context, until)) throw tooLong(until - since, reason);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    const isTold = until - since > SILENT_MS;
    const waiting: Waiting = { ...kind, number, context, since, grant: resolve, refuse: reject, isTold };
    const stop = () => this.#remove(waiting, context.signal.reason);
    context.signal.addEventListener("abort", stop, { once: true });
    this.#queue.splice(this.#queue.findLastIndex((other) => other.number < number) + 1, 0, waiting);
    tellWait(context, until - since, reason);
    this.#pump();
    try {
      return this.#place(kind, await promise);
    } finally {
      context.signal.removeEventListener("abort", stop);
      context.trace.waitedMs += this.#now() - since;
    }
  }

  /**
   * Heeds a pause that another process was asked for.
   *
   * @param pause The pause.
   */
  heed({ ms, label }: ForeignPause): void {
    const now = this.#now();
    if (label === undefined) this.#pace.held(now, ms);
    else this.#refusals.held(label, now, ms);
    for (const waiting of [...this.#queue]) this.#tellPause(waiting, now);
  }

  #now(): number {
    return this.#options.clock.monotonic();
  }

  #knownWait({ family, label, caller }: Kind, now: number, asked: string): { until: number; reason: string } {
    const pause = { until: Math.max(now, this.#pace.resumesAt, this.#refusals.resumesAt(label)), reason: asked };
    if (family === undefined) return pause;
    const ahead = CallerTurns.ahead(this.#queue.filter((other) => other.family === family), caller);
    const until = this.#options.windowOf(family).readyAt(now, ahead);
    return until > pause.until ? { until, reason: limitWords(family) } : pause;
  }

  #place(kind: Kind, startedAt: number): Place {
    let isLeft = false;
    return {
      leave: (ending, sentAt = startedAt) => {
        if (isLeft) return;
        isLeft = true;
        this.#count(kind.label, -1);
        if (kind.family !== undefined && isUncounted(ending)) this.#options.windowOf(kind.family).giveBack(startedAt);
        if (typeof ending !== "string") this.#learn(ending, kind, sentAt);
        this.#pump();
      },
    };
  }

  #count(label: string, change: 1 | -1): void {
    this.#onWire += change;
    const count = (this.#wire.get(label) ?? 0) + change;
    if (count === 0) this.#wire.delete(label);
    else this.#wire.set(label, count);
  }

  #learn({ status, pauseMs = 0 }: Exclude<Ending, string>, { label }: Kind, startedAt: number): void {
    const now = this.#now();
    if (status !== 429) {
      this.#pace.answered(startedAt);
      this.#refusals.answered(label, startedAt, now);
      return;
    }
    const pause = pauseMs + Math.floor(this.#options.random() * SPREAD_MS);
    const isOwn = this.#refusals.refused(label, startedAt, now, pause);
    if (!isOwn) this.#pace.refused(startedAt, now, pause);
    this.#options.paused?.({ ms: pause, label: isOwn ? label : undefined });
    for (const waiting of [...this.#queue]) this.#tellPause(waiting, now);
  }

  /** A call that can't wait so long is told at once. */
  #tellPause(waiting: Waiting, now: number): void {
    const resumesAt = Math.max(this.#pace.resumesAt, this.#refusals.resumesAt(waiting.label));
    if (resumesAt <= now) return;
    const asked = askedOf(waiting.context);
    if (!hasTimeAfter(waiting.context, resumesAt)) this.#remove(waiting, tooLong(resumesAt - now, asked));
    else tellWait(waiting.context, resumesAt - now, asked);
    waiting.isTold = true;
  }

  #remove(waiting: Waiting, reason: unknown): void {
    const index = this.#queue.indexOf(waiting);
    if (index < 0) return;
    this.#queue.splice(index, 1);
    waiting.refuse(reason);
    this.#pump();
  }

  /** When a request may go as far as its own limits go; an operation that refuses is tried by one at a time. */
  #readyAt({ family, label }: Kind, now: number): number {
    const ready = family === undefined ? now : this.#options.windowOf(family).readyAt(now);
    if (!this.#refusals.isRefusing(label)) return ready;
    return this.#wire.has(label) ? Infinity : Math.max(ready, this.#refusals.resumesAt(label));
  }

  /** Whoever's turn it is and who may go; the first after a pause is, if possible, one whose operation was not refused. */
  #next(now: number): Waiting | undefined {
    const ready = this.#turns.inOrder(this.#queue.filter((waiting) => this.#readyAt(waiting, now) <= now));
    const welcome = this.#onWire === 0 ? ready.find(({ label }) => !this.#refusals.isRefusing(label)) : undefined;
    return welcome ?? ready[0];
  }

  /** Lets everybody go who may, and sees to it that this is asked again when time alone changes it. */
  #pump(): void {
    const now = this.#now();
    const allowance = this.#pace.allowance(now);
    while (this.#queue.length > 0 && this.#onWire < allowance) {
      const waiting = this.#next(now);
      if (waiting === undefined) break;
      this.#queue.splice(this.#queue.indexOf(waiting), 1);
      if (waiting.family !== undefined) this.#options.windowOf(waiting.family).start(now);
      this.#count(waiting.label, 1);
      this.#turns.took(waiting.caller);
      waiting.grant(now);
    }
    this.#setAlarm(now);
  }

  #setAlarm(now: number): void {
    let at = this.#queue.length > 0 ? this.#pace.nextOpening(now) ?? Infinity : Infinity;
    for (const waiting of this.#queue) {
      if (!waiting.isTold) at = Math.min(at, waiting.since + SILENT_MS);
      const ready = this.#readyAt(waiting, now);
      if (ready > now) at = Math.min(at, ready);
    }
    // One that rings too early only looks again; under load the right moment moves with every call.
    if (at !== Infinity && this.#alarm !== undefined && this.#alarm.at <= at) return;
    this.#alarm?.off.abort();
    this.#alarm = undefined;
    if (at === Infinity) return;
    const off = new AbortController();
    this.#alarm = { at, off };
    this.#options.clock.sleep(Math.max(0, at - now), off.signal).then(() => this.#ring(), () => {});
  }

  #ring(): void {
    this.#alarm = undefined;
    const now = this.#now();
    for (const waiting of this.#queue) {
      if (waiting.isTold || now < waiting.since + SILENT_MS) continue;
      waiting.isTold = true;
      waiting.context.progress({ message: `Waiting for a free place (${this.#onWire} under way)` });
    }
    this.#pump();
  }
}
