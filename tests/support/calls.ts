/**
 * Calls without a client: requests go straight to a `fetch`-shaped function.
 *
 * @module
 */

import { type Clock, systemClock } from "../../src/core/clock.ts";
import { type CallContext, DeadlineReached, type ProgressNote } from "../../src/core/context.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import { readAnswer } from "../../src/webex/answer.ts";
import type { Outgoing } from "../../src/webex/client.ts";
import type { Send } from "../../src/webex/lists/region.ts";

/** A call's context, and what it was told. */
export interface ToldContext extends CallContext {
  readonly notes: ProgressNote[];
}

/**
 * Makes a call's context without a timer.
 *
 * @param parts What differs; the deadline is 55 seconds from now.
 * @param clock The clock of the deadline.
 * @returns The context.
 */
export function contextOf(parts: Partial<CallContext> = {}, clock: Clock = systemClock): ToldContext {
  const notes: ProgressNote[] = [];
  return {
    signal: new AbortController().signal,
    deadline: clock.monotonic() + 55_000,
    progress: (note) => notes.push(note),
    trace: { attempts: 0, waitedMs: 0 },
    notes,
    ...parts,
  };
}

function codeOf({ aborted, reason }: AbortSignal): string {
  if (!aborted) return "connection_failed";
  return reason instanceof DeadlineReached ? "deadline_exceeded" : "cancelled";
}

/** What was sent, in order. */
export interface Sender {
  readonly send: Send;
  readonly sent: Outgoing[];
}

/**
 * Makes what sends each request once.
 *
 * @param fetch Answers the requests.
 * @returns The function, and a list of what went through it.
 */
export function senderOf(fetch: Fetch): Sender {
  const sent: Outgoing[] = [];
  return {
    sent,
    send: async (request, { signal }) => {
      sent.push(request);
      const { url, method } = request;
      const headers = new Headers(request.headers);
      headers.set("authorization", "Bearer test");
      try {
        return await readAnswer(await fetch(new Request(url, { method, headers, signal })));
      } catch (cause) {
        throw new UpstreamError(`Cannot reach "${url.host}"`, {
          code: codeOf(signal),
          guidance: "Try again.",
          cause,
        });
      }
    },
  };
}
