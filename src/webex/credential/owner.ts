/**
 * Remembers whose token it is, for advice about missing roles and for partners' calls.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { CallContext } from "../../core/context.ts";
import type { Identity } from "./identity.ts";
import { SingleFlight, withinTime } from "./waiting.ts";

/** How long an answer counts, in milliseconds, and a failure too: the question is asked beside calls that matter more. */
const KEEP_MS = 10 * 60_000;
/** How long the asking may take, in milliseconds. */
const ASK_LIMIT_MS = 8_000;

/** What an owner's memory needs. */
export interface OwnerOptions {
  readonly clock: Clock;
  /** Asks Webex; may fail. */
  readonly read: (signal: AbortSignal) => Promise<Identity>;
}

/** Knows the token's owner. */
export interface Owner {
  /** What is known without asking. */
  known(): Identity | undefined;
  /**
   * Asks Webex, at most once in ten minutes and for eight seconds.
   *
   * @param context The limits of the call that wants to know.
   * @returns What is known then; `undefined` if nothing could be found out. Never throws.
   */
  lookup(context: Pick<CallContext, "signal">): Promise<Identity | undefined>;
}

/**
 * Makes a memory of the token's owner.
 *
 * @param options The clock, and how to ask.
 * @returns The memory, empty.
 */
export function createOwner({ clock, read }: OwnerOptions): Owner {
  const flight = new SingleFlight<void>();
  let known: Identity | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    askedAt = clock.monotonic();
    try {
      const found = await withinTime({ clock, ms: ASK_LIMIT_MS }, read);
      if (!found.rejected) known = found;
    } catch {
      // The advice is given without the owner.
    }
  }
  return {
    known: () => known,
    async lookup({ signal }) {
      try {
        await flight.run(
          () => clock.monotonic() - askedAt < KEEP_MS ? Promise.resolve() : ask(),
          signal,
        );
      } catch {
        // The call that wanted to know is over.
      }
      return known;
    },
  };
}
