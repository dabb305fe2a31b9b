/**
 * Lists of a test's own, read page by page.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { systemClock } from "../../src/core/clock.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Outgoing } from "../../src/webex/client.ts";
import type { PageLimits } from "../../src/webex/lists/page_limits.ts";
import type { PagePosition } from "../../src/webex/lists/pages.ts";
import { createPager, type ListRead } from "../../src/webex/lists/paging.ts";
import { contextOf, senderOf, type ToldContext } from "./calls.ts";
import { endpointOf } from "./endpoints.ts";

/** Read to the end. */
export const ALL: PageLimits = { allPages: true };
/** Read one page. */
export const ONE: PageLimits = { allPages: false };

/** Makes the first request of a list. */
export function outgoing(url: string, headers: Record<string, string> = {}): Outgoing {
  return { method: "GET", url: new URL(url), headers: new Headers(headers), kind: "read" };
}

/** Makes a body with things of these ids. */
export function things(...ids: string[]): JsonObject {
  return { things: ids.map((id) => ({ id })) };
}

/** Makes a page of things that announces another one. */
export function pageOf(body: JsonObject, next?: string): Response {
  return Response.json(body, next === undefined ? {} : { headers: { link: `<?page=${next}>;rel=next` } });
}

/** A list that is read. */
export interface ListBench {
  /** The requests that were made. */
  readonly sent: readonly Outgoing[];
  /** Which pages were asked for. */
  asked(): string[];
  read(limits?: PageLimits, context?: ToldContext, headers?: Record<string, string>): Promise<ListRead>;
  readOn(position: PagePosition | undefined, limits?: PageLimits): Promise<ListRead>;
}

/** Makes a list `GET /things` whose pages a function answers. */
export function listOf(fetch: Fetch, endpoint: Endpoint = endpointOf({}, { list: "things" })): ListBench {
  const { send, sent } = senderOf(fetch);
  const pager = createPager({ send, clock: systemClock });
  return {
    sent,
    asked: () => sent.map(({ url }) => url.searchParams.get("page") ?? "1"),
    read: (limits = ALL, context = contextOf(), headers = {}) =>
      pager.read({ endpoint, first: outgoing("https://webexapis.com/v1/things", headers), limits, context }),
    readOn: (position, limits = ALL) => {
      assert.ok(position);
      return pager.readOn({ endpoint, position, limits, context: contextOf() });
    },
  };
}

/** Makes a list of the given pages: each has a body, and the page that it announces. */
export function listOfPages(pages: Record<string, readonly [body: JsonObject, next?: string]>): ListBench {
  return listOf(({ url }) => {
    const page = pages[new URL(url).searchParams.get("page") ?? "1"];
    return Promise.resolve(
      page === undefined ? Response.json({ message: "No such page" }, { status: 500 }) : pageOf(...page),
    );
  });
}
