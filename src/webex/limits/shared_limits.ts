/**
 * Keeps to the limits together with other processes, as long as the store that they share can be asked.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import type { Log } from "../../core/log.ts";
import type { Admission, SharedBudget, Terms } from "../../store/shared_budget.ts";
import { StoreError } from "../../store/store_error.ts";
import { SILENT_MS } from "./call_wait.ts";

/** What the limits work with. */
export interface SharedLimitsOptions {
  readonly budget: SharedBudget;
  readonly clock: Clock;
  readonly random: () => number;
  /** Learns once of each time that the store is away. */
  readonly log?: Pick<Log, "warning" | "info"> | undefined;
}

/** A place that all processes know of. */
export interface SharedPlace {
  readonly kind: "in";
  /**
   * Gives it back.
   *
   * @param uncounted Windows in which the request is not to count.
   */
  leave(uncounted?: readonly string[]): void;
}

/** A place, or a wait whose end is known. */
export type Entry = SharedPlace | Extract<Admission, { readonly kind: "wait" }>;

/** What a call waits for. */
export interface Waiting {
  readonly context: CallContext;
  /** One line for whoever waits for the call. */
  readonly message: string;
}

/** How often somebody in the line asks again, in milliseconds: the next ones soon, since places stay empty meanwhile. */
const ASK_AGAIN_MS = { next: 15, others: 60 } as const;
/** A turn is held for so long without being renewed, in milliseconds: its process may have been killed. */
const TURN_MS = 6_000;

/** Limits that several processes keep to together. */
export class SharedLimits {
  readonly #options: SharedLimitsOptions;
  #isAway = false;
  /** What is told to the store, and not waited for. */
  readonly #told = new Set<Promise<void>>();

  /** @param options The budget, time and chance. */
  constructor(options: SharedLimitsOptions) {
    this.#options = options;
  }

  /**
   * Waits for a place.
   *
   * @param lane Where.
   * @param terms On what terms.
   * @param waiting Who waits; the end of the call takes it out of the line.
   * @returns The place, or a wait that is known; a place for nothing while the store can't be asked.
   * @throws The signal's reason, when the call ends before there is a place.
   */
  async enter(lane: string, terms: Terms, { context, message }: Waiting): Promise<Entry> {
    const { clock, random } = this.#options;
    const seat = new Seat(this, this.#options.budget, lane, terms);
    const since = clock.monotonic();
    let isTold = false;
    try {
      for (;;) {
        const admission = await seat.ask();
        if (admission.kind === "wait") return admission;
        if (admission.kind === "in") return this.#kept(seat, terms);
        if (!isTold && clock.monotonic() - since > SILENT_MS) {
          context.progress({ message });
          isTold = true;
        }
        const ms = admission.ahead < terms.most ? ASK_AGAIN_MS.next : ASK_AGAIN_MS.others;
        await clock.sleep(ms * (0.5 + random()), context.signal);
      }
    } catch (error) {
      seat.leave();
      throw error;
    } finally {
      context.trace.waitedMs += clock.monotonic() - since;
    }
  }

  /**
   * Waits until nobody else has a turn, and holds it until it is ended.
   *
   * @param name Of what the turn is.
   * @param waiting Who waits.
   * @returns What ends the turn.
   * @throws The signal's reason, when the call ends before its turn.
   */
  async turn(name: string, waiting: Waiting): Promise<() => void> {
    const entry = await this.enter(name, { most: 1, leaseMs: TURN_MS }, waiting);
    // Nothing but a place is waited for, so there is no other wait that would be known.
    return entry.kind === "in" ? () => entry.leave() : () => {};
  }

  /**
   * Lets nobody in who heeds a pause.
   *
   * @param pause Its name.
   * @param ms How long, in milliseconds.
   */
  hold(pause: string, ms: number): void {
    this.tell(() => this.#options.budget.hold(pause, ms));
  }

  /**
   * Tells the store something that nobody waits for.
   *
   * @param work What it is told.
   */
  tell(work: () => Promise<void>): void {
    const told = this.asked(work).then(() => {}, () => {}).finally(() => this.#told.delete(told));
    this.#told.add(told);
  }

  /** Resolves when all places are given back that were left: before the connection to the store ends. */
  async settled(): Promise<void> {
    while (this.#told.size > 0) await Promise.all(this.#told);
  }

  /**
   * Asks the store, and goes on without it where it is away: Webex is asked a little more then, and nothing stops.
   *
   * @param work What it is asked.
   * @returns Its answer; `undefined` where it gives none.
   */
  async asked<T>(work: () => Promise<T>): Promise<T | undefined> {
    const { log } = this.#options;
    try {
      const answer = await work();
      if (this.#isAway) log?.info("The store of the replicas can be used again: limits hold over all of them");
      this.#isAway = false;
      return answer;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const reason = error.cause instanceof Error ? error.cause.message : error.message;
      const until = "until it can be used, each replica keeps to the limits by itself";
      if (!this.#isAway) log?.warning(`Cannot use the store of the replicas, ${until}: ${reason}`);
      this.#isAway = true;
      return undefined;
    }
  }

  /** Renews the lease for as long as somebody has the place: a process that was killed gives nothing back. */
  #kept(seat: Seat, { leaseMs }: Terms): SharedPlace {
    const { clock } = this.#options;
    const over = new AbortController();
    const renew = async () => {
      for (;;) {
        await clock.sleep(leaseMs / 3, over.signal);
        await seat.ask();
      }
    };
    renew().catch(() => {});
    return {
      kind: "in",
      leave(uncounted) {
        over.abort();
        seat.leave(uncounted);
      },
    };
  }
}

/** A place, or one in the line before it, under a name of its own. */
class Seat {
  readonly #limits: SharedLimits;
  readonly #budget: SharedBudget;
  readonly #lane: string;
  readonly #terms: Terms;
  readonly #holder = crypto.randomUUID();
  /** One after the other: a place that is renewed after it was given back would be nobody's. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(limits: SharedLimits, budget: SharedBudget, lane: string, terms: Terms) {
    this.#limits = limits;
    this.#budget = budget;
    this.#lane = lane;
    this.#terms = terms;
  }

  async ask(): Promise<Admission> {
    const asked = this.#limits.asked(() => this.#budget.admit(this.#lane, this.#holder, this.#terms));
    this.#last = asked.catch(() => {});
    return await asked ?? { kind: "in" };
  }

  leave(uncounted: readonly string[] = []): void {
    this.#limits.tell(async () => {
      await this.#last;
      await this.#budget.leave(this.#lane, this.#holder, uncounted);
    });
  }
}
