/**
 * Lets the meter look at what is going on.
 *
 * @module
 */

import type { Meter } from "../telemetry/meter.ts";
import type { ToolSearch } from "../tools/discovery/search_tool.ts";
import type { Dispatcher } from "../tools/dispatcher.ts";
import type { Upstream } from "./upstream.ts";

/** What is looked at. */
export interface ObservedAssembly {
  readonly dispatcher: Pick<Dispatcher, "inFlight">;
  readonly search: Pick<ToolSearch, "isBuilt">;
}

/** What ends the looking. */
export type EndLooking = () => void;

/**
 * Begins to observe where requests go: calls that wait for their turn, and when the token expires.
 *
 * @param meter Who looks.
 * @param profile The profile whose credential it is.
 * @param upstream What is looked at.
 * @returns What ends it, when another one takes its place.
 */
export function observeUpstream(
  meter: Meter,
  profile: string,
  { governor, credential }: Pick<Upstream, "governor" | "credential">,
): EndLooking {
  const expiry = () => {
    const ms = credential.expiresAt?.();
    return ms === undefined ? undefined : Math.floor(ms / 1000);
  };
  const ends = [
    meter.observe("queue_depth", () => governor.waiting(), profile),
    meter.observe("token_expiry", expiry, profile),
  ];
  return () => ends.forEach((end) => end());
}

/**
 * Begins to observe an assembly: its calls in flight, and whether its search has been built.
 *
 * @param meter Who looks.
 * @param profile The profile whose assembly it is; quantities of equal profiles are added up.
 * @param assembly What is looked at.
 * @returns What ends it, when the assembly is used no longer.
 */
export function observeAssembly(
  meter: Meter,
  profile: string,
  { dispatcher, search }: ObservedAssembly,
): EndLooking {
  const ends = [
    meter.observe("calls_in_flight", () => dispatcher.inFlight(), profile),
    meter.observe("search_index_built", () => search.isBuilt() ? 1 : 0, profile),
  ];
  return () => ends.forEach((end) => end());
}
