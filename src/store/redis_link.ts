/**
 * The connection to a Redis or Valkey server: made when it is needed, and never waited for without end.
 *
 * @module
 */

import { createClient, RESP_TYPES } from "@redis/client";
import type { Bytes } from "../core/cipher_box.ts";
import type { Clock } from "../core/clock.ts";
import { UsageError } from "../core/errors.ts";
import { REDACTED } from "../core/redaction.ts";
import type { RedisAddress } from "./redis_address.ts";
import { StoreError } from "./store_error.ts";

/** What a connection works with. */
export interface RedisLinkOptions {
  readonly address: RedisAddress;
  readonly clock: Clock;
  /** Numbers in [0, 1), so that several replicas don't come back in the same moment. */
  readonly random: () => number;
  /** How long a command may take, the connection included, in milliseconds. Default: 2 s. */
  readonly timeoutMs?: number;
}

/** A part of a command. */
export type Part = string | number | Bytes;

/** Sends commands to one server. */
export interface RedisLink extends AsyncDisposable {
  /**
   * Sends a command.
   *
   * @param parts Its name and arguments.
   * @returns The reply; texts in it are bytes.
   * @throws {StoreError} If there is no reply in time.
   */
  send(...parts: readonly Part[]): Promise<unknown>;
  /**
   * Makes sure that the server is there and lets us in.
   *
   * @throws {UsageError} If it refuses the user or password.
   * @throws {StoreError} If it can't be reached.
   */
  ping(): Promise<void>;
  /** Ends the connection, after what is under way. */
  close(): Promise<void>;
}

const TIMEOUT_MS = 2_000;
/** After a failure nobody knocks for a while: twice as long each time, up to this, in milliseconds. */
const LONGEST_BACKOFF_MS = 2_000;
const FIRST_BACKOFF_MS = 100;

/** What Redis answers where the user or password is wrong or missing. */
const LOGIN_REGEXP = /^(WRONGPASS|NOAUTH|NOPERM|ERR (AUTH|Client sent AUTH|invalid password))/;

function clientOf({ host, port, tls, database, user, password }: RedisAddress, connectTimeout: number) {
  const common = { host, port, connectTimeout, reconnectStrategy: false as const };
  return createClient({
    socket: tls ? { ...common, tls: true } : common,
    database,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    // The newer protocol brings nothing here, and with it the client asks for announcements of maintenance.
    RESP: 2,
    disableClientInfo: true,
    disableOfflineQueue: true,
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
}

type Client = ReturnType<typeof clientOf>;

/** A client that is connected, or will be. */
interface Session {
  readonly client: Client;
  readonly ready: Promise<unknown>;
}

function isLoginProblem(error: unknown): boolean {
  return error instanceof Error && LOGIN_REGEXP.test(error.message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withoutLogin(text: string, { user = "", password = "" }: RedisAddress): string {
  // The longer one first: of one that holds the other nothing may be left.
  const parts = [password, user].filter((part) => part !== "").toSorted((a, b) => b.length - a.length);
  return parts.reduce((safe, part) => safe.replaceAll(part, REDACTED), text);
}

/** There is no reply in time; whether the command was carried out is unknown. */
class LateError extends Error {}

class Link implements RedisLink {
  readonly #options: Required<RedisLinkOptions>;
  #session: Session | undefined;
  #failures = 0;
  #retryAt = -Infinity;
  /** What ended the session that was tried last; others fail for its sake until the next one is tried. */
  #reason = "";
  #isClosed = false;

  constructor(options: RedisLinkOptions) {
    this.#options = { timeoutMs: TIMEOUT_MS, ...options };
  }

  async send(...parts: readonly Part[]): Promise<unknown> {
    try {
      return await this.#exchange(parts);
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  async ping(): Promise<void> {
    try {
      // Almost everything is a script, so a user who may run none is of no use.
      await this.#exchange(["EVAL", "return redis.call('PING')", 0]);
    } catch (cause) {
      if (!isLoginProblem(cause)) throw this.#failure(cause);
      throw new UsageError(
        `Cannot log in to the store ${this.#options.address.label}: it refuses the user or password`,
        {
          code: "store_login",
          guidance:
            "Give the password that the server asks for, and a user that may run scripts and use the keys wxm:*.",
        },
      );
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const session = this.#session;
    this.#session = undefined;
    if (session === undefined) return;
    await this.#inTime(session.ready.then(() => session.client.close())).catch(() => session.client.destroy());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #exchange(parts: readonly Part[]): Promise<unknown> {
    const session = this.#obtain();
    const command = parts.map((part) => part instanceof Uint8Array ? Buffer.from(part) : String(part));
    try {
      const reply = await this.#inTime(session.ready.then(() => session.client.sendCommand(command)));
      this.#failures = 0;
      return reply;
    } catch (error) {
      // A refusal of the command alone says that the server is well.
      if (!session.client.isReady || error instanceof LateError) this.#forget(session, error);
      throw error;
    }
  }

  #obtain(): Session {
    const { address, clock, timeoutMs } = this.#options;
    if (this.#isClosed) throw new Error("The connection was ended");
    if (this.#session !== undefined) return this.#session;
    if (clock.monotonic() < this.#retryAt) throw new Error(`It was tried a moment ago: ${this.#reason}`);
    const client = clientOf(address, timeoutMs);
    const session = { client, ready: client.connect() };
    // Whoever waits learns of it by the command; this one is for nobody.
    client.on("error", (error) => this.#forget(session, error));
    session.ready.catch(() => {});
    this.#session = session;
    return session;
  }

  /** Other commands of this session fail with it; the next one tries anew, when its time has come. */
  #forget(session: Session, cause: unknown): void {
    session.client.destroy();
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#reason = messageOf(cause);
    const { clock, random } = this.#options;
    const longest = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.#failures++);
    this.#retryAt = clock.monotonic() + longest * (0.5 + random() / 2);
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    const { clock, timeoutMs } = this.#options;
    const over = new AbortController();
    const late = clock.sleep(timeoutMs, over.signal).then(() => {
      throw new LateError(`It did not answer in ${timeoutMs} ms`);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      over.abort();
      late.catch(() => {});
      work.catch(() => {});
    }
  }

  #failure(cause: unknown): StoreError {
    const { address } = this.#options;
    // Callers see the message; where the server is, is for whoever runs it. The error itself isn't passed on: what answers
    // there may be no store, and repeat how we logged in.
    const place = new Error(`${address.label}: ${withoutLogin(messageOf(cause), address)}`);
    return new StoreError("Cannot use the store that the replicas of the server share", place);
  }
}

/**
 * Makes a connection; the first command opens it.
 *
 * A command whose reply doesn't come in time fails, and its connection is given up: it may have been carried out all the
 * same. While the server is away, commands fail at once, but for one now and then that tries it again.
 *
 * @param options Where the server is.
 * @returns The connection.
 */
export function createRedisLink(options: RedisLinkOptions): RedisLink {
  return new Link(options);
}
