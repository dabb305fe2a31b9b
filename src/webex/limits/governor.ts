/**
 * Decides when a request may go out: so many at a time, none during a pause that Webex asked for, changes of one object
 * one after the other.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import { Lane, type Place } from "./lane.ts";
import { type LimitFamily, LimitWindow } from "./limit.ts";
import { Turns } from "./turns.ts";

/** What a governor needs. */
export interface GovernorOptions {
  readonly clock: Clock;
  /** Numbers in [0, 1), so that several programs don't come back in the same moment. */
  readonly random: () => number;
  /** How many requests may be on the wire at a time, for each origin and credential; 5 unless given. */
  readonly concurrency?: number;
}

/** Who asks for what. */
export interface Demand {
  readonly origin: string;
  /** The credential's id. */
  readonly credential: string;
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

/**
 * Makes a governor.
 *
 * @param options The time, chance and the limit.
 * @returns The governor.
 */
export function createGovernor({ clock, random, concurrency = CONCURRENCY }: GovernorOptions): Governor {
  const lanes = new Map<string, Lane>();
  const windows = new Map<string, LimitWindow>();
  const turns = new Turns(clock);
  let count = 0;

  function laneOf({ origin, credential }: Demand): Lane {
    forgetIdle(lanes);
    const windowOf = (family: LimitFamily) => obtain(windows, `${family} ${credential}`, () => new LimitWindow(family));
    return obtain(lanes, `${origin} ${credential}`, () => new Lane({ clock, random, concurrency, windowOf }));
  }

  return {
    async queue(demand, context) {
      const { credential, target, family, label = "" } = demand;
      let number = count++;
      let attempts = 0;
      const endTurn = target === undefined ? () => {} : await turns.take(`${credential} ${target}`, context);
      return {
        enter: () => {
          if (attempts++ >= ATTEMPTS_IN_FRONT) number = count++;
          return laneOf(demand).enter(number, { family, label }, context);
        },
        [Symbol.dispose]: endTurn,
      };
    },
    waiting: () => lanes.values().reduce((sum, lane) => sum + lane.waiting, turns.waiting),
  };
}
