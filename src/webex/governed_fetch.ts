/**
 * Sends single requests beside the calls, under the same limits.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { beginCall } from "../core/context.ts";
import { UpstreamError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch.ts";
import type { Governor } from "./limits/governor.ts";
import type { Ending } from "./limits/lane.ts";
import { pauseAfter } from "./limits/retry.ts";

/** What limits the requests. */
export interface GovernedFetchOptions {
  readonly fetch: Fetch;
  readonly governor: Pick<Governor, "queue">;
  readonly clock: Clock;
  /** The id of the credential that the requests carry. */
  readonly credential: string;
  /** How long a request may take, its wait included, in milliseconds. */
  readonly deadlineMs: number;
}

/** The answers are about one person, or list a partner's customers: 1 MiB. */
const MAX_BYTES = 1024 * 1024;

/** Leaving the loop cancels the stream, so that the rest isn't read. */
async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.length;
    if (size > MAX_BYTES) {
      throw new UpstreamError(`Cannot take the answer: more than ${MAX_BYTES} bytes`, {
        code: "answer_too_large",
        status: response.status,
      });
    }
    pieces.push(piece);
  }
  return await new Blob(pieces).bytes();
}

/**
 * Makes a `fetch` that waits for a place as calls do, and heeds and tells a 429.
 *
 * @param options The limits.
 * @returns The answers are read as a whole before their place is free; one of more than 1 MiB is an `UpstreamError`.
 */
export function governedFetch({ fetch, governor, clock, credential, deadlineMs }: GovernedFetchOptions): Fetch {
  return async (request) => {
    using context = beginCall({ clock, deadlineMs, signal: request.signal });
    using ticket = await governor.queue({ origin: new URL(request.url).origin, credential }, context);
    const place = await ticket.enter();
    let ending: Ending = "lost";
    try {
      const response = await fetch(request);
      const { status, headers } = response;
      const pauseMs = status === 429 ? pauseAfter(headers.get("retry-after") ?? undefined, clock.now()) : 0;
      const body = await readBytes(response);
      ending = { status, pauseMs };
      return new Response(body.length === 0 ? null : body, { status, headers });
    } finally {
      place.leave(ending);
    }
  };
}
