/**
 * Chooses the size of a list's pages where several of them are read.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";

/** Webex's backend runs out of time on larger pages of people with calling data, though it takes a `max` of 100. */
const PEOPLE_WITH_CALLING_DATA = 10;
const PEOPLE_OF_LOCATION = 50;
/** A `max` of 1,000 is taken and answered with fewer. */
const PEOPLE = 100;

function largest({ path, facts }: Endpoint, query: URLSearchParams): number | undefined {
  if (path !== "/people") return facts.paging?.max;
  if (query.get("callingData") === "true") return PEOPLE_WITH_CALLING_DATA;
  return query.has("locationId") ? PEOPLE_OF_LOCATION : PEOPLE;
}

/**
 * Asks for pages as large as is sensible, since small ones cost requests, and some lists repeat or skip items in them.
 *
 * @param endpoint The endpoint.
 * @param url The first request's address.
 * @param maxItems The most items that are wanted.
 * @returns The address with `max`; as it is where the caller chose a size, or nothing is known of sizes.
 */
export function sizedFor(endpoint: Endpoint, url: URL, maxItems: number = Infinity): URL {
  const takesMax = endpoint.parameters.some(({ name, in: place }) => name === "max" && place === "query");
  const max = largest(endpoint, url.searchParams);
  if (!takesMax || max === undefined || url.searchParams.has("max")) return url;
  const sized = new URL(url);
  // Changing `searchParams` would spell the other values anew.
  sized.search = `${url.search === "" ? "?" : `${url.search}&`}max=${Math.min(max, maxItems)}`;
  return sized;
}
