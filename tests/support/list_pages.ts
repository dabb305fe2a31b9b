/**
 * Pages of a list in a test's own words, and other servers that nothing should come to.
 *
 * @module
 */

import type { Json } from "../../src/core/json.ts";
import type { Upstream } from "./process.ts";
import type { CallOutcome } from "./session.ts";

/** A page of `GET /people`. */
export interface PeoplePage {
  /** The items' ids, or a body in place of items. */
  readonly ids?: readonly string[];
  readonly body?: Json;
  /** A body that is no JSON object. */
  readonly text?: string;
  readonly status?: number;
  /** The `Link` header as it is; `{base}` stands for the upstream's base URL. */
  readonly link?: string;
}

/** Makes a link to a page, as Webex writes it. */
export function linkTo(page: string): string {
  return `<{base}/people?page=${page}>; rel="next"`;
}

/** Makes things with these ids. */
export function peopleOf(ids: readonly string[]): Json {
  return { items: ids.map((id) => ({ id, displayName: `Person ${id}` })) };
}

/**
 * Replaces `GET /people` of an upstream.
 *
 * @param upstream The upstream; whatever went wrong with it before is forgotten.
 * @param pages The pages by the value of `page` in the query; the first one is `1`.
 */
export function servePages(upstream: Upstream, pages: Readonly<Record<string, PeoplePage>>): void {
  upstream.sandbox.faults.clear();
  upstream.sandbox.requests.clear();
  for (const [page, { ids = [], body = peopleOf(ids), text, status, link }] of Object.entries(pages)) {
    upstream.sandbox.faults.add({
      method: "GET",
      path: "/people",
      pattern: page === "1" ? "^/people(?!.*[?&]page=)" : `[?&]page=${page}(?:&|$)`,
      headers: {
        ...(link === undefined ? {} : { link: link.replaceAll("{base}", upstream.url) }),
        ...(text === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(status === undefined ? {} : { status }),
      ...(text === undefined ? { body } : { text }),
    });
  }
}

/** The path and query of each request that an upstream received. */
export function askedOf({ sandbox }: Upstream): string[] {
  return sandbox.requests.entries.map(({ path, query }) => {
    const pairs = Object.entries(query).flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
    return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
  });
}

/** The ids of the items in a result. */
export function idsOf({ value }: CallOutcome): string[] {
  return value.body.items.map(({ id }: { id: string }) => id);
}

/** A server that nothing should come to. */
export interface Stranger extends AsyncDisposable {
  readonly origin: string;
  /** Everything that came: the address, and the headers. */
  readonly received: readonly string[];
}

/** Starts a server at another port, which counts as another origin. */
export function startStranger(): Stranger {
  const received: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    received.push(`${request.method} ${request.url} ${JSON.stringify([...request.headers])}`);
    return Response.json({ items: [{ id: "stolen" }] });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    received,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
