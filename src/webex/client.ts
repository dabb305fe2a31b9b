/**
 * Sends requests with the access token and reads the answers.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import { type CallContext, DeadlineReached } from "../core/context.ts";
import { RefusedError, type UpstreamError, WebexMcpError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch.ts";
import type { Log } from "../core/log.ts";
import type { Secrets } from "../core/secrets.ts";
import type { Meter, RepetitionCause } from "../telemetry/meter.ts";
import { type Answer, readAnswer } from "./answer.ts";
import { attemptLog } from "./attempt_log.ts";
import { attemptMeter } from "./attempt_meter.ts";
import { attemptSpans } from "./attempt_spans.ts";
import { type AttemptWatch, watchTogether } from "./attempt_watch.ts";
import type { Credential } from "./credential/credential.ts";
import type { Governor, Ticket } from "./limits/governor.ts";
import type { Ending } from "./limits/lane.ts";
import type { LimitFamily } from "./limits/limit.ts";
import { type Awaited, endedWaiting, isConnectionLoss, isInDoubt, lostAnswer, withDoubt } from "./errors/lost.ts";
import type { PreparedRequest } from "./requests/request.ts";
import { leavesDoubt, pauseAfter, repetitionDelay } from "./limits/retry.ts";
import { hasTimeAfter, tellWait } from "./limits/call_wait.ts";

/** What a client needs. */
export interface WebexClientOptions {
  readonly fetch: Fetch;
  readonly credential: Credential;
  readonly clock: Clock;
  readonly governor: Pick<Governor, "queue">;
  readonly secrets: Secrets;
  /** Whose calls they are: callers take turns. */
  readonly caller?: string | undefined;
  /** Numbers in [0, 1) for the waits before a repetition. */
  readonly random?: () => number;
  /** Learns of every attempt, wait and answer, without values. */
  readonly log?: Pick<Log, "debug"> | undefined;
  /** Measures them. */
  readonly meter?: Meter | undefined;
}

/** A request, and what decides how it is sent. */
export interface Outgoing extends PreparedRequest {
  readonly kind: "read" | "write";
  /** The operation, for messages and the log, for example `GET /people/{personId}`. */
  readonly label?: string;
  /** Writes with the same target go one after the other. */
  readonly target?: string;
  /** A limit of its own. */
  readonly family?: LimitFamily;
}

/** An answer, and what is doubtful about it. */
export interface Exchange extends Answer {
  /** An earlier attempt of this write broke off or failed with 5xx, so it may have been carried out before this answer. */
  readonly repeatedAfterDoubt?: boolean;
  /** This answer, a failure, leaves open whether the write was carried out. */
  readonly outcomeUnknown?: boolean;
}

/** Sends requests to Webex. */
export interface WebexClient {
  /**
   * Sends a request as often as that is safe and useful, and fills the call's trace.
   *
   * @param request The request.
   * @param context The call's limits.
   * @returns The last answer, whatever its status.
   * @throws {RefusedError} If nothing was sent.
   * @throws {UpstreamError} If no answer could be read; where a change may have been made nevertheless, its details are
   * `{outcome_unknown: true}`.
   */
  send(request: Outgoing, context: CallContext): Promise<Exchange>;
}

/** What came of one attempt. */
type Outcome = { readonly answer: Answer; readonly lost?: never } | { readonly lost: UpstreamError };

function watchOf({ log, meter }: WebexClientOptions, outgoing: Outgoing, { span }: CallContext): AttemptWatch {
  return watchTogether([
    attemptLog(log, outgoing.label ?? `${outgoing.method} ${outgoing.url.host}`),
    ...(meter === undefined ? [] : [attemptMeter(meter)]),
    ...(span === undefined ? [] : [attemptSpans(span, outgoing)]),
  ]);
}

function causeOf(status: number | undefined): RepetitionCause {
  if (status === undefined) return "lost";
  return status === 423 ? "423" : "5xx";
}

/** Sends one request, as often as it takes. */
class Sending {
  readonly #options: WebexClientOptions;
  readonly #outgoing: Outgoing;
  readonly #context: CallContext;
  readonly #watch: AttemptWatch;
  #awaited: Awaited = "turn";
  #last: Outcome | undefined;
  /** Whether an attempt may have been carried out, and whether one before the last may. */
  #inDoubt = false;
  #wasInDoubt = false;
  /** The token of the last attempt, and the one that took its place after a 401. */
  #sent = "";
  #renewed: string | undefined;
  #hasRenewed = false;
  #failures = 0;
  #locks = 0;

  constructor(options: WebexClientOptions, outgoing: Outgoing, context: CallContext) {
    this.#options = options;
    this.#outgoing = outgoing;
    this.#context = context;
    this.#watch = watchOf(options, outgoing, context);
  }

  async run(): Promise<Exchange> {
    const { governor, credential, caller } = this.#options;
    const { url, target, family, label } = this.#outgoing;
    try {
      this.#context.signal.throwIfAborted();
      const demand = { origin: url.origin, credential: credential.id, caller, target, family, label };
      using ticket = await this.#timed("turn", () => governor.queue(demand, this.#context));
      do await this.#attempt(ticket); while (await this.#isRepeated());
    } catch (error) {
      this.#settle(error);
    }
    return this.#conclude();
  }

  async #attempt(ticket: Ticket): Promise<void> {
    this.#sent = await this.#timed("token", () => this.#token());
    const place = await this.#timed("place", () => ticket.enter());
    let ending: Ending = "lost";
    try {
      // A call can end in the very moment in which its place becomes free.
      this.#context.signal.throwIfAborted();
      const outcome = await this.#exchange();
      this.#note(outcome);
      if (outcome.lost === undefined) ending = this.#endingOf(outcome.answer);
    } finally {
      place.leave(ending);
    }
  }

  /** Waits, and knows for what if the call ends meanwhile. */
  async #timed<T>(awaited: Awaited, wait: () => Promise<T>): Promise<T> {
    this.#awaited = awaited;
    const { clock } = this.#options;
    const since = clock.monotonic();
    try {
      return await wait();
    } finally {
      this.#watch.waited(clock.monotonic() - since, awaited);
    }
  }

  async #token(): Promise<string> {
    const { credential, secrets } = this.#options;
    const token = this.#renewed ?? await credential.token(this.#context.signal);
    const refuse = (code: string, problem: string) =>
      new RefusedError(`Cannot call Webex: ${problem}`, { code, guidance: credential.renewal });
    if (token === undefined) throw refuse("no_access_token", "no access token is set");
    secrets.add(token);
    if (/^[\x21-\x7e]+$/.test(token)) return token;
    throw refuse("malformed_access_token", "the access token contains blanks or characters that no token has");
  }

  /** One request on the wire, to the end of its answer. */
  async #exchange(): Promise<Outcome> {
    const { clock } = this.#options;
    const since = clock.monotonic();
    this.#watch.sent(this.#context.trace.attempts + 1);
    const outcome = await this.#request();
    const ms = clock.monotonic() - since;
    if (outcome.lost !== undefined) this.#watch.lost(outcome.lost.code, ms);
    else this.#watch.answered(outcome.answer.status, ms, outcome.answer.trackingId);
    return outcome;
  }

  async #request(): Promise<Outcome> {
    const { method, url, body } = this.#outgoing;
    const { signal, trace } = this.#context;
    const headers = new Headers(this.#outgoing.headers);
    headers.set("authorization", `Bearer ${this.#sent}`);
    const hide = (text: string) => this.#options.secrets.hide(text);
    let answered = false;
    trace.attempts++;
    try {
      // Following a redirect could carry the token to another origin.
      const init = { method, headers, redirect: "manual", signal } as const;
      const response = await this.#options.fetch(new Request(url, body === undefined ? init : { ...init, body }));
      answered = true;
      trace.status = response.status;
      const trackingId = response.headers.get("trackingid");
      if (trackingId !== null) trace.trackingId = hide(trackingId);
      return { answer: await readAnswer(response, hide) };
    } catch (cause) {
      return { lost: lostAnswer(this.#outgoing, this.#context, cause, answered) };
    }
  }

  #note(outcome: Outcome): void {
    this.#last = outcome;
    this.#wasInDoubt = this.#inDoubt;
    this.#inDoubt ||= outcome.lost === undefined
      ? leavesDoubt(this.#outgoing, outcome.answer)
      : isInDoubt(outcome.lost);
  }

  #endingOf({ status, retryAfter }: Answer): Ending {
    return status === 429 ? { status, pauseMs: pauseAfter(retryAfter, this.#options.clock.now()) } : { status };
  }

  /** Decides on a repetition and waits for its time. */
  async #isRepeated(): Promise<boolean> {
    const { lost } = this.#last ?? {};
    if (lost !== undefined && !isConnectionLoss(lost)) return false;
    const answer = this.#last?.lost === undefined ? this.#last?.answer : undefined;
    if (answer?.status === 401) return await this.#renew();
    const { clock, random = Math.random } = this.#options;
    const isLocked = answer?.status === 423;
    const repetitions = isLocked ? this.#locks : this.#failures;
    const ms = repetitionDelay(this.#outgoing, answer, { now: clock.now(), repetitions, random: random() });
    if (ms === undefined || !hasTimeAfter(this.#context, clock.monotonic() + ms)) return false;
    // The pause after a 429 holds for everybody, so the governor sees to it.
    if (answer?.status === 429) {
      this.#watch.repeats(ms, "429", "Webex asks for it (429)");
      return true;
    }
    if (isLocked) this.#locks++;
    else this.#failures++;
    const reason = answer === undefined ? "the connection to Webex broke" : `Webex answered ${answer.status}`;
    await this.#wait(ms, causeOf(answer?.status), reason);
    return true;
  }

  async #wait(ms: number, cause: RepetitionCause, reason: string): Promise<void> {
    const { clock } = this.#options;
    const since = clock.monotonic();
    this.#watch.repeats(ms, cause, reason);
    tellWait(this.#context, ms, `${reason}, the request is repeated`);
    try {
      await clock.sleep(ms, this.#context.signal);
    } finally {
      const waited = clock.monotonic() - since;
      this.#context.trace.waitedMs += waited;
      this.#watch.waited(waited, "pause");
    }
  }

  /** A 401 was not carried out, so with another token the request goes out again, once. */
  async #renew(): Promise<boolean> {
    if (this.#hasRenewed) return false;
    this.#hasRenewed = true;
    const token = await this.#options.credential.renew(this.#sent, this.#context.signal);
    if (token === undefined || token === this.#sent) return false;
    this.#renewed = token;
    this.#watch.repeats(0, "401", "another access token takes the place of the refused one");
    return true;
  }

  /** What is known already is a better answer than that there was no time to ask once more. */
  #settle(error: unknown): void {
    const { signal } = this.#context;
    const outOfTime = signal.aborted
      ? signal.reason instanceof DeadlineReached
      : error instanceof RefusedError && error.code === "rate_limited";
    if (this.#last !== undefined && outOfTime) return;
    // Who gets the tokens may know better why there was none in time.
    const isTold = this.#awaited === "token" && error instanceof WebexMcpError;
    if (signal.aborted && !isTold) {
      const soFar = this.#inDoubt ? "doubtful" : this.#last === undefined ? "unsent" : "refused";
      throw endedWaiting(this.#outgoing, this.#context, soFar, this.#awaited);
    }
    throw error instanceof WebexMcpError && this.#inDoubt ? withDoubt(error, this.#outgoing) : error;
  }

  #conclude(): Exchange {
    const outcome = this.#last;
    if (outcome === undefined) throw new Error("Nothing was attempted");
    if (outcome.lost !== undefined) throw this.#inDoubt ? withDoubt(outcome.lost, this.#outgoing) : outcome.lost;
    const { answer } = outcome;
    const hasFailed = answer.status < 200 || answer.status >= 300;
    return {
      ...answer,
      ...(this.#wasInDoubt ? { repeatedAfterDoubt: true } : {}),
      ...(hasFailed && this.#inDoubt ? { outcomeUnknown: true } : {}),
    };
  }
}

/**
 * Makes a client.
 *
 * Deno's own `fetch` sends a request once more by itself when a connection that was used before breaks; such
 * a repetition is seen neither here nor in the trace.
 *
 * @param options The network, the credential and what governs the calls.
 * @returns The client; its calls run side by side.
 */
export function createWebexClient(options: WebexClientOptions): WebexClient {
  return { send: (outgoing, context) => new Sending(options, outgoing, context).run() };
}
