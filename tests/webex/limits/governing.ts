/**
 * What tests of the governor have in common.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CallContext } from "../../../src/core/context.ts";
import { RefusedError } from "../../../src/core/errors.ts";
import { createGovernor, type Demand, type Governor } from "../../../src/webex/limits/governor.ts";
import type { Ending, Place } from "../../../src/webex/limits/lane.ts";
import type { FakeClock } from "../../support/fake_clock.ts";

/** What is asked for unless a test says otherwise. */
export const DEMAND: Demand = { origin: "https://webexapis.com", credential: "token" };

/** An answer that nothing follows from. */
export const OK: Ending = { status: 200 };

/** A governor without chance. */
export function governorOf(clock: FakeClock, concurrency = 5): Governor {
  return createGovernor({ clock, random: () => 0, concurrency });
}

/** Waits for a place. */
export async function enter(governor: Governor, context: CallContext, demand: Partial<Demand> = {}): Promise<Place> {
  const ticket = await governor.queue({ ...DEMAND, ...demand }, context);
  return await ticket.enter();
}

/** The refusal that something ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<RefusedError> {
  const error: unknown = await work.then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof RefusedError, `Expected a refusal, got ${error}`);
  return error;
}
