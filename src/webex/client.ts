/**
 * Sends requests with the access token and reads the answers.
 *
 * @module
 */

import { RefusedError, UpstreamError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch.ts";
import { type Answer, readAnswer } from "./answer.ts";
import { type Credential, TOKEN_GUIDANCE } from "./credential.ts";
import type { PreparedRequest } from "./request.ts";

/** How long a call may take, in milliseconds; the shortest limit of known clients is 60 s. */
export const CALL_DEADLINE_MS = 55_000;

/** What a client needs. */
export interface WebexClientOptions {
  readonly fetch: Fetch;
  readonly credential: Credential;
  /** How long a call may take, in milliseconds. */
  readonly deadlineMs?: number;
}

/** Sends requests to Webex. */
export interface WebexClient {
  /**
   * @param prepared The request.
   * @param signal Ends the call early.
   * @returns The answer, whatever its status.
   * @throws {RefusedError} If there is no access token, or the call was cancelled before it was sent.
   * @throws {UpstreamError} If no answer could be read.
   */
  send(prepared: PreparedRequest, signal?: AbortSignal): Promise<Answer>;
}

/** Whether the request may have been carried out: nobody can tell once it left. */
function unknownOutcome(method: string): string {
  return method === "GET"
    ? "Try again."
    : "The change may or may not have been made: read the object before trying again.";
}

function failure(
  prepared: PreparedRequest,
  cause: unknown,
  deadline: AbortSignal,
  signal: AbortSignal | undefined,
  answered: boolean,
): Error {
  if (cause instanceof UpstreamError) return cause;
  const what = `${prepared.method} ${prepared.url.pathname}`;
  if (signal?.aborted) {
    return new UpstreamError(`Stopped ${what}: the client cancelled the call`, {
      code: "cancelled",
      guidance: unknownOutcome(prepared.method),
      cause,
    });
  }
  if (deadline.aborted) {
    return new UpstreamError(`Stopped ${what}: no answer in time`, {
      code: "deadline_exceeded",
      guidance: unknownOutcome(prepared.method),
      cause,
    });
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return new UpstreamError(`Cannot reach "${prepared.url.host}": the program was started without permission for it`, {
      code: "missing_permission",
      guidance: `Start the server with --allow-net=${prepared.url.host}.`,
      cause,
    });
  }
  return answered ? brokenOff(prepared, cause) : unreachable(prepared, cause);
}

/** Deno puts what really happened into the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** The host answered, and its answer broke off. */
function brokenOff(prepared: PreparedRequest, cause: unknown): UpstreamError {
  const { method, url } = prepared;
  return new UpstreamError(`Cannot read the answer of "${url.host}" to ${method} ${url.pathname}: ${reasonOf(cause)}`, {
    code: "answer_broken",
    guidance: unknownOutcome(method),
    cause,
  });
}

function unreachable(prepared: PreparedRequest, cause: unknown): UpstreamError {
  const { method, url } = prepared;
  // Deno tries again by itself where a reused connection breaks, so even a refused one may not have been the first.
  return new UpstreamError(`Cannot reach "${url.host}" for ${method} ${url.pathname}: ${reasonOf(cause)}`, {
    code: "connection_failed",
    guidance: `Check the network, proxy and DNS of the machine that runs the server. ${unknownOutcome(method)}`,
    cause,
  });
}

async function requireToken(credential: Credential): Promise<string> {
  const token = await credential.token();
  if (token === undefined) {
    throw new RefusedError("Cannot call Webex: no access token is set", {
      code: "no_access_token",
      guidance: TOKEN_GUIDANCE,
    });
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new RefusedError("Cannot call Webex: the access token contains blanks or characters that no token has", {
      code: "malformed_access_token",
      guidance: TOKEN_GUIDANCE,
    });
  }
  return token;
}

/**
 * Makes a client.
 *
 * @param options The network, the credential and the time limit.
 * @returns The client; its calls run side by side.
 */
export function createWebexClient(
  { fetch, credential, deadlineMs = CALL_DEADLINE_MS }: WebexClientOptions,
): WebexClient {
  return {
    async send(prepared, signal) {
      const headers = new Headers(prepared.headers);
      const token = await requireToken(credential);
      headers.set("authorization", `Bearer ${token}`);
      if (signal?.aborted) {
        throw new RefusedError(`Stopped ${prepared.method} ${prepared.url.pathname}: the client cancelled the call`, {
          code: "cancelled",
          guidance: "Nothing was sent.",
        });
      }
      let answered = false;
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      const ends = signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]);
      try {
        const { method, url, body } = prepared;
        // Following a redirect could carry the token to another origin.
        const request = new Request(url, {
          method,
          headers,
          redirect: "manual",
          signal: ends,
          ...(body === undefined ? {} : { body }),
        });
        const response = await fetch(request);
        answered = true;
        return await readAnswer(response, token);
      } catch (cause) {
        throw failure(prepared, cause, deadline.signal, signal, answered);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
