/**
 * An upstream that counts the changes it is asked for, each by its name, and takes a little time over every request.
 *
 * @module
 */

import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";

/** The upstream. */
export interface TallyingUpstream extends AsyncDisposable {
  readonly url: string;
  /** How often a change was asked for, by its name. */
  readonly changes: ReadonlyMap<string, number>;
  /** How many requests were under way together, at the most. */
  readonly most: number;
}

const SHORTEST_MS = 5;
const LONGEST_MS = 30;

/** Serves it on loopback. */
export async function startTallyingUpstream(): Promise<TallyingUpstream> {
  const changes = new Map<string, number>();
  let [under, most] = [0, 0];

  async function answer(request: Request): Promise<Response> {
    if (request.method !== "GET") {
      const { name } = await request.json();
      changes.set(name, (changes.get(name) ?? 0) + 1);
    }
    // A client that goes away changes nothing: what was asked for is done.
    const ms = SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS);
    await new Promise((resolve) => setTimeout(resolve, ms));
    return request.method === "GET" ? Response.json({ items: [] }) : Response.json({ id: "made" }, { status: 201 });
  }

  const served = await serveSandbox({
    ...createSandbox([]),
    async fetch(request) {
      most = Math.max(most, ++under);
      try {
        return await answer(request);
      } finally {
        under--;
      }
    },
  });
  return {
    url: served.url,
    changes,
    get most() {
      return most;
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}
