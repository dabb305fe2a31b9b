/**
 * Lets the meter look at what is going on in an assembly.
 *
 * @module
 */

import type { Meter } from "../telemetry/meter.ts";
import type { Assembly } from "./assembly.ts";

/** What is looked at. */
export type ObservedAssembly = Pick<Assembly, "dispatcher" | "results" | "search" | "upstream">;

/**
 * Begins to observe the quantities of an assembly: calls in flight, calls that wait, results that are kept, whether the search
 * has been built, and when the token expires.
 *
 * @param meter Who looks.
 * @param profile The profile whose assembly it is; quantities of equal profiles are added up.
 * @param assembly What is looked at.
 * @returns What ends it, when another assembly takes its place.
 */
export function observeAssembly(meter: Meter, profile: string, assembly: ObservedAssembly): () => void {
  const { dispatcher, results, search, upstream: { governor, credential } } = assembly;
  const expiry = () => {
    const ms = credential.expiresAt?.();
    return ms === undefined ? undefined : Math.floor(ms / 1000);
  };
  const ends = [
    meter.observe("calls_in_flight", () => dispatcher.inFlight(), profile),
    meter.observe("queue_depth", () => governor.waiting(), profile),
    meter.observe("token_expiry", expiry, profile),
    meter.observe("search_index_built", () => search.isBuilt() ? 1 : 0, profile),
    meter.observe("results", () => results.list().length, profile),
    meter.observe("result_bytes", () => results.list().reduce((sum, { bytes }) => sum + bytes, 0), profile),
  ];
  return () => ends.forEach((end) => end());
}
