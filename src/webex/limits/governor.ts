/**
 * Decides when a request may go out: so many at a time, none during a pause that Webex asked for, changes of one object
 * one after the other.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import { type ForeignPause, isUncounted, type Kind, Lane, type Place } from "./lane.ts";
import { type LimitFamily, LimitWindow, windowSize } from "./limit.ts";
import type { SharedLimits, SharedPlace } from "./shared_limits.ts";
import { Turns } from "./turns.ts";

/** What a governor needs. */
export interface GovernorOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1), so that several programs don't come back in the same moment. */
  readonly random: () => number;
  /** How many requests may be on the wire at a time, for each origin and credential; 5 unless given. */
  readonly concurrency?: number;
  /** Limits that hold over all replicas together. Absent: this process keeps to them by itself. */
  readonly shared?: SharedLimits | undefined;
  /** What tells this governor's credentials from others' in all replicas, for example the profile. */
  readonly realm?: string;
}

/** Who asks for what. */
export interface Demand {
  readonly origin: string;
  /** The credential's id. */
  readonly credential: string;
  /** Whose call it is: callers take turns. Absent: the server's own. */
  readonly caller?: string | undefined;
  /** Calls with the same target go one after the other. */
  readonly target?: string | undefined;
  /** A limit of its own. */
  readonly family?: LimitFamily | undefined;
  /** The operation, as `GET /people/{personId}`: some limits are an operation's own. */
  readonly label?: string | undefined;
}

/** A call's place in all queues. Disposed of, the next call with the same target goes on. */
export interface Ticket extends Disposable {
  /**
   * Waits for a place, once for each attempt.
   *
   * @returns The place, to be left when the answer has been read.
   * @throws {RefusedError} `rate_limited`, if the call hasn't the time for a wait that is known.
   * @throws The signal's reason, when the call ends before there is a place.
   */
  enter(): Promise<Place>;
}

/** Decides when a request may go out; one for the whole program. */
export interface Governor {
  /**
   * Takes a call in; where an earlier call has the same target, waits for its end.
   *
   * @param demand Who asks for what.
   * @param context The call: it is told what it waits for, and its end frees whatever it has.
   * @returns The ticket.
   * @throws The signal's reason, when the call ends before its turn.
   */
  queue(demand: Demand, context: CallContext): Promise<Ticket>;
  /** How many calls wait at this moment, for their turn or a place. */
  waiting(): number;
}

/** Live tests of wxc_sdk and wxops work with 5 to 20; more than 10 earns 429s. */
const CONCURRENCY = 5;
/** A call that was sent as often as this goes to the end: a single endpoint that keeps refusing must not stop the others. */
const ATTEMPTS_IN_FRONT = 2;
/** A place that nobody renews is free after so long, in milliseconds: its replica was killed, and others wait for it. */
const LEASE_MS = 6_000;
/** A pause of others' is followed by a bit more, so that replicas don't come back in the same moment. */
const SPREAD_MS = 200;
const FULL = "Waiting for a free place: other replicas of this server have calls under way";
/** Idle lanes beyond this are forgotten. */
const MANY_LANES = 64;

/** The value of a key, made at first use. */
function obtain<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function forgetIdle(lanes: Map<string, Lane>): void {
  if (lanes.size <= MANY_LANES) return;
  for (const [key, lane] of lanes) if (lane.isIdle) lanes.delete(key);
}

class LaneGovernor implements Governor {
  readonly #options: Required<Omit<GovernorOptions, "shared">> & Pick<GovernorOptions, "shared">;
  readonly #lanes = new Map<string, Lane>();
  readonly #windows = new Map<string, LimitWindow>();
  readonly #turns: Turns;
  #count = 0;

  constructor(options: GovernorOptions) {
    this.#options = { concurrency: CONCURRENCY, realm: "", ...options };
    this.#turns = new Turns(options.clock);
  }

  async queue(demand: Demand, context: CallContext): Promise<Ticket> {
    const { credential, target } = demand;
    let number = this.#count++;
    let attempts = 0;
    const endTurn = target === undefined ? () => {} : await this.#turn(`${credential} ${target}`, demand, context);
    return {
      enter: () => {
        if (attempts++ >= ATTEMPTS_IN_FRONT) number = this.#count++;
        return this.#enter(number, demand, context);
      },
      [Symbol.dispose]: endTurn,
    };
  }

  waiting(): number {
    return this.#lanes.values().reduce((sum, lane) => sum + lane.waiting, this.#turns.waiting);
  }

  async #turn(key: string, { credential, target = "" }: Demand, context: CallContext): Promise<() => void> {
    const { shared } = this.#options;
    const endOwn = await this.#turns.take(key, context);
    if (shared === undefined) return endOwn;
    const message = "Waiting for an earlier change of the same object, by another replica of this server";
    try {
      const endShared = await shared.turn(this.#name("turn", credential, target), { context, message });
      return () => {
        endShared();
        endOwn();
      };
    } catch (error) {
      endOwn();
      throw error;
    }
  }

  /** What is known to be closed is closed in this process, too: there calls are told of it, or refused in time. */
  async #enter(number: number, demand: Demand, context: CallContext): Promise<Place> {
    const { shared, clock, random } = this.#options;
    const { family, label = "", caller = "" } = demand;
    const kind: Kind = { family, label, caller };
    const lane = this.#laneOf(demand);
    for (;;) {
      const place = await lane.enter(number, kind, context);
      if (shared === undefined) return place;
      try {
        const terms = this.#terms(demand);
        const entry = await shared.enter(this.#name("lane", demand.origin, demand.credential), terms, {
          context,
          message: FULL,
        });
        if (entry.kind === "in") return joined(place, entry, clock.monotonic(), terms.windows.map(({ name }) => name));
        const ms = entry.ms + Math.ceil(random() * SPREAD_MS);
        const isWindow = terms.windows.some(({ name }) => name === entry.name);
        if (isWindow && family !== undefined) this.#windowOf(family, demand).hold(clock.monotonic() + ms);
        else lane.heed({ ms, label: entry.name === terms.pauses[0] ? undefined : label });
        place.leave("unsent");
      } catch (error) {
        place.leave("unsent");
        throw error;
      }
    }
  }

  #terms(demand: Demand) {
    const { concurrency } = this.#options;
    const { origin, credential, family, label = "" } = demand;
    return {
      most: concurrency,
      leaseMs: LEASE_MS,
      pauses: [this.#name("pause", origin, credential), this.#name("pause", origin, credential, label)],
      windows: family === undefined ? [] : [{ name: this.#name("window", credential, family), ...windowSize(family) }],
    };
  }

  #name(...parts: readonly string[]): string {
    return JSON.stringify([this.#options.realm, ...parts]);
  }

  #windowOf(family: LimitFamily, { credential }: Demand): LimitWindow {
    return obtain(this.#windows, `${family} ${credential}`, () => new LimitWindow(family));
  }

  #laneOf(demand: Demand): Lane {
    const { clock, random, concurrency, shared } = this.#options;
    const { origin, credential } = demand;
    forgetIdle(this.#lanes);
    const windowOf = (family: LimitFamily) => this.#windowOf(family, demand);
    const paused = shared &&
      (({ ms, label }: ForeignPause) =>
        shared.hold(this.#name("pause", origin, credential, ...(label === undefined ? [] : [label])), ms));
    return obtain(
      this.#lanes,
      `${origin} ${credential}`,
      () => new Lane({ clock, random, concurrency, windowOf, paused }),
    );
  }
}

/** A place in this process and in all of them together. */
function joined(own: Place, shared: SharedPlace, sentAt: number, windows: readonly string[]): Place {
  let isLeft = false;
  return {
    leave: (ending) => {
      if (isLeft) return;
      isLeft = true;
      shared.leave(isUncounted(ending) ? windows : []);
      own.leave(ending, sentAt);
    },
  };
}

/**
 * Makes a governor.
 *
 * @param options The time, chance and the limits.
 * @returns The governor.
 */
export function createGovernor(options: GovernorOptions): Governor {
  return new LaneGovernor(options);
}
