/**
 * Makes sure that a listener still takes connections.
 *
 * Node's server in Deno 2.9.6 takes none for ever after the system once had no file descriptor left for one: it hears of
 * no further connection, raises no error, and goes on telling that it listens
 * (docs/decisions/0020-http-listener.md). So the watch knocks where nobody did, and has the listener renewed when it
 * stays silent.
 *
 * @module
 */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Address } from "../../config/address.ts";

/** How a knock went: `failed` if it never left this process, because it has no descriptor or no permission. */
export type Knock = "sent" | "failed";

/** What the watch needs. */
export interface AcceptWatchOptions {
  /** Where the events `connection` and `drop` tell of connections taken and turned away. */
  readonly server: {
    on(event: "connection" | "drop", heard: () => void): unknown;
    off(event: "connection" | "drop", heard: () => void): unknown;
  };
  /** Tries to connect, until the signal. */
  readonly knock: (signal: AbortSignal) => Promise<Knock>;
  /** Makes the listener new. */
  readonly renew: () => void;
  /** How often it looks, in milliseconds; a knock is given this time as well. */
  readonly everyMs: number;
}

/** Silence this many times in a row means that it isn't just busy. */
const SILENT_KNOCKS = 2;

/** How an attempt ends that came as far as the system: nobody is there, or nobody took it up. */
const REACHED: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "ABORT_ERR"]);

/**
 * Knocks at an address of this machine.
 *
 * @param address The address.
 * @returns Connects, and waits for the signal or the other side's end; tells whether the attempt left this process.
 */
export function knockAt({ hostname, port }: Address): (signal: AbortSignal) => Promise<Knock> {
  return async (signal) => {
    let socket: Socket | undefined;
    try {
      socket = connect({ host: hostname, port });
      await once(socket, "close", { signal });
      return "sent";
    } catch (error) {
      return error instanceof Error && "code" in error && REACHED.has(String(error.code)) ? "sent" : "failed";
    } finally {
      socket?.destroy();
    }
  };
}

/** Looks at a listener again and again. */
export class AcceptWatch implements Disposable {
  readonly #options: AcceptWatchOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #isHeard = true;
  #isOver = false;
  #silent = 0;
  #knocking: AbortController | undefined;

  /**
   * Begins to watch.
   *
   * @param options What it watches, and what it does.
   */
  constructor(options: AcceptWatchOptions) {
    this.#options = options;
    options.server.on("connection", this.#hear);
    options.server.on("drop", this.#hear);
    this.#timer = setInterval(() => this.#look(), options.everyMs);
  }

  readonly #hear = (): void => {
    this.#isHeard = true;
    this.#silent = 0;
    this.#knocking?.abort();
  };

  #look(): void {
    if (this.#knocking !== undefined) return;
    if (this.#isHeard) {
      this.#isHeard = false;
      return;
    }
    void this.#try();
  }

  async #try(): Promise<void> {
    const { knock, renew, everyMs } = this.#options;
    const knocking = new AbortController();
    this.#knocking = knocking;
    const timer = setTimeout(() => knocking.abort(), everyMs);
    const result = await knock(knocking.signal);
    clearTimeout(timer);
    this.#knocking = undefined;
    if (this.#isHeard || this.#isOver || result === "failed") return;
    this.#silent++;
    if (this.#silent < SILENT_KNOCKS) return;
    this.#silent = 0;
    renew();
  }

  /** Ends the watch. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#isOver = true;
    this.#knocking?.abort();
    this.#options.server.off("connection", this.#hear);
    this.#options.server.off("drop", this.#hear);
  }
}
