/**
 * How much of a list one call reads, and when it must end.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { type CallContext, DeadlineReached } from "../../core/context.ts";

/** How much of a list is read. */
export interface PageLimits {
  /** Read to the end. */
  readonly allPages: boolean;
  /** Read until there are this many items, and give out no more. */
  readonly maxItems?: number;
}

/** How much was read. */
export interface ReadSoFar {
  /** Pages. */
  readonly count: number;
  readonly items: readonly unknown[];
  /** The length of the items' JSON text. */
  readonly characters: number;
}

/** The most pages of one call. */
export const MAX_PAGES = 1000;
/** The most items of one call. */
export const MAX_ITEMS = 200_000;
/** The most JSON text of the items of one call, but for the last page. */
export const MAX_CHARACTERS: number = 64 * 1024 * 1024;

/**
 * Tells whether more than the first page is asked for.
 *
 * @param limits What was asked for.
 */
export function isFollowing({ allPages, maxItems }: PageLimits): boolean {
  return allPages || maxItems !== undefined;
}

/**
 * Tells whether another page is asked for.
 *
 * @param limits What was asked for.
 * @param read What was read.
 */
export function wantsMore({ allPages, maxItems }: PageLimits, { items }: ReadSoFar): boolean {
  return items.length < (maxItems ?? (allPages ? Infinity : 0));
}

/**
 * Says why reading must end although there is more.
 *
 * @param read What was read.
 * @param end When reading must end, in monotonic milliseconds.
 * @param clock The clock of that time.
 * @returns A clause, or `undefined` while there is no reason.
 */
export function stopReason(read: ReadSoFar, end: number, clock: Clock): string | undefined {
  if (read.count >= MAX_PAGES) return `${MAX_PAGES} pages are the most at a time`;
  if (read.items.length >= MAX_ITEMS) return `${MAX_ITEMS} items are the most at a time`;
  if (read.characters >= MAX_CHARACTERS) return "more would not fit into the memory of one call";
  return clock.monotonic() >= end ? "the time of the call is up" : undefined;
}

/**
 * Ends a call earlier, so that what was read before a slow page is answered in time.
 *
 * @param context The call.
 * @param deadline When it ends instead, in monotonic milliseconds.
 * @param clock The clock of its deadline.
 * @returns The same call, but shorter; dispose of it, so that its timer ends.
 */
export function endingEarlier(context: CallContext, deadline: number, clock: Clock): CallContext & Disposable {
  const limit = new AbortController();
  const over = new AbortController();
  clock.sleep(Math.max(0, deadline - clock.monotonic()), over.signal)
    .then(() => limit.abort(new DeadlineReached("The time is up")), () => {});
  return {
    ...context,
    deadline,
    signal: AbortSignal.any([context.signal, limit.signal]),
    [Symbol.dispose]: () => over.abort(),
  };
}
