/**
 * The load that a team makes: reads and changes, many at a time, each change with a name of its own.
 *
 * @module
 */

import { isRecord } from "../../src/core/json.ts";
import { modernMessage } from "./http_messages.ts";

/** What a client came to know of a change. */
export interface Attempt {
  /** The change's name. */
  readonly name: string;
  /** A phase of the test. */
  readonly phase: string;
  /** The status of HTTP; absent where the connection broke. */
  readonly status?: number;
  /** The result, where there is one. */
  readonly isError?: boolean;
  readonly text: string;
}

/** A running load. */
export interface TeamLoad {
  /** What it is in just now; attempts that begin note it. */
  phase: string;
  /** What became of all changes and reads so far; those of reads have names that begin with `read`. */
  readonly attempts: readonly Attempt[];
  /** How many attempts of a phase were answered as they should be. */
  served(phase: string): number;
  /** Ends it, after what is under way. */
  end(): Promise<void>;
}

/** How many requests are under way at a time. */
export const CLIENTS = 40;
/** Changes of one location's groups go one after the other. */
const LOCATIONS = 10;
/** Every so many requests of a client is a read. */
const READ_EVERY = 4;
/** A client that was told to wait, or met with nobody, waits so long, in milliseconds. */
const PAUSE_MS = 50;
/** No answer takes longer in a test that goes well. */
const ANSWER_MS = 25_000;

type Result = Pick<Attempt, "status" | "isError" | "text">;

async function send(url: string, init: RequestInit): Promise<Result> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    const text = await response.text();
    if (response.status !== 200) return { status: response.status, text };
    const { result } = JSON.parse(text);
    return { status: 200, isError: !isRecord(result) || result.isError === true, text };
  } catch (error) {
    return { text: String(error) };
  }
}

function requestFor(name: string, client: number, token: string): RequestInit {
  const headers = { authorization: `Bearer ${token}` };
  if (name.startsWith("read")) {
    return modernMessage("tools/call", { name: "people_list_people", arguments: { max: 1 } }, headers);
  }
  const args = { locationId: `location-${client % LOCATIONS}`, name };
  return modernMessage("tools/call", { name: "call_pickup_create_a_call_pickup", arguments: args }, headers);
}

/**
 * Begins.
 *
 * @param url Where to.
 * @param tokens The callers' tokens; the clients take them in turn.
 * @returns The load; end it.
 */
export function startTeamLoad(url: string, tokens: readonly string[]): TeamLoad {
  const attempts: Attempt[] = [];
  let isOver = false;

  async function work(client: number): Promise<void> {
    for (let count = 0; !isOver; count++) {
      const name = `${count % READ_EVERY === 0 ? "read" : "change"}-${client}-${count}`;
      const { phase } = load;
      const result = await send(url, requestFor(name, client, tokens[client % tokens.length] ?? ""));
      attempts.push({ name, phase, ...result });
      if (result.isError !== false) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  const load: TeamLoad = {
    phase: "start",
    attempts,
    served: (wanted) => attempts.filter(({ phase, isError }) => phase === wanted && isError === false).length,
    async end() {
      isOver = true;
      await clients;
    },
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)));
  return load;
}
