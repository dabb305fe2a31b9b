/**
 * Sends single requests beside the calls, under the same limits.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { beginCall } from "../core/context.ts";
import type { Fetch } from "../core/fetch.ts";
import type { Governor } from "./limits/governor.ts";
import type { Ending } from "./limits/lane.ts";
import { pauseAfter } from "./limits/retry.ts";

/** What limits the requests. */
export interface GovernedFetchOptions {
  readonly fetch: Fetch;
  readonly governor: Governor;
  readonly clock: Clock;
  /** The id of the credential that the requests carry. */
  readonly credential: string;
  /** How long a request may take, its wait included, in milliseconds. */
  readonly deadlineMs: number;
}

/**
 * Makes a `fetch` that waits for a place as calls do, and heeds and tells a 429.
 *
 * @param options The limits.
 * @returns The answers are read as a whole before their place is free.
 */
export function governedFetch({ fetch, governor, clock, credential, deadlineMs }: GovernedFetchOptions): Fetch {
  return async (request) => {
    using context = beginCall({ clock, deadlineMs, signal: request.signal });
    using ticket = await governor.queue({ origin: new URL(request.url).origin, credential }, context);
    const place = await ticket.enter();
    let ending: Ending = "lost";
    try {
      const response = await fetch(request);
      const body = await response.bytes();
      const { status, headers } = response;
      const pauseMs = status === 429 ? pauseAfter(headers.get("retry-after") ?? undefined, clock.now()) : 0;
      ending = { status, pauseMs };
      return new Response(body.length === 0 ? null : body, { status, headers });
    } finally {
      place.leave(ending);
    }
  };
}
