/**
 * A legal call of every endpoint: its example, with ids in the place of placeholders.
 *
 * @module
 */

import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { describeEndpoint } from "../../src/tools/discovery/describe.ts";

const { endpoints } = embeddedCollection();

function hoursAgo(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString();
}

/**
 * Makes the arguments of a call.
 *
 * @param endpoint An endpoint of the embedded collection.
 * @returns Its example; every identifier is a text that is none of Webex's, so that no check of kinds minds it.
 */
export function exampleOf(endpoint: Endpoint): JsonObject {
  const text = JSON.stringify(describeEndpoint(endpoint, endpoints).example);
  const args = JSON.parse(text.replace(/"<[A-Za-z][^<>"]*>"/g, '"an-id"'));
  // Call records are checked against the clock, and the times of an example are not of today.
  return endpoint.path.startsWith("/cdr_") ? { ...args, startTime: hoursAgo(2), endTime: hoursAgo(1) } : args;
}
