/**
 * Says why a request has no answer, and whether it may have been carried out.
 *
 * @module
 */

import { connectionReason, innermostMessage } from "../../core/connection_reason.ts";
import { type CallContext, DeadlineReached } from "../../core/context.ts";
import { RefusedError, UpstreamError, WebexMcpError } from "../../core/errors.ts";
import { isJsonObject } from "../../core/json.ts";
import type { PreparedRequest } from "../requests/request.ts";

/** A request, as far as messages about it go. */
export interface Sent extends Pick<PreparedRequest, "method" | "url"> {
  readonly kind: "read" | "write";
  /** The operation, for example `GET /people/{personId}`: the address itself holds ids. */
  readonly label?: string;
}

const UNKNOWN = "The change may or may not have been made: read the object before trying again.";
const LONGER = "set a longer --deadline where this takes its time";
const OUTCOME_UNKNOWN = { outcome_unknown: true } as const;

/** Nobody can tell once a request left. */
function doubt({ kind }: Sent): string {
  return kind === "read" ? "Try again." : UNKNOWN;
}

/** No connection came about: the name is unknown, or nobody listens. */
const UNCONNECTED_REGEXP = /\b(?:dns error|tcp connect error|connection refused)\b/i;

function detailsOf({ kind }: Sent): { details?: typeof OUTCOME_UNKNOWN } {
  return kind === "read" ? {} : { details: OUTCOME_UNKNOWN };
}

function nameOf({ method, url, label }: Sent): string {
  return label ?? `${method} ${url.pathname}`;
}

/** The connection stood; a refused one, a name that is unknown and a certificate that isn't trusted read otherwise. */
const BROKEN_REGEXP =
  /SendRequest|before message completed|connection reset|ECONNRESET|socket hang up|broken pipe|EPIPE/i;

function whyEnded(signal: AbortSignal): { code: string; words: string } {
  return signal.reason instanceof DeadlineReached
    ? { code: "deadline_exceeded", words: "no answer in time" }
    : { code: "cancelled", words: "the client cancelled the call" };
}

/** The call ended while its request was on the wire. */
function stopped(sent: Sent, signal: AbortSignal, cause: unknown): UpstreamError {
  const { code, words } = whyEnded(signal);
  return new UpstreamError(`Stopped ${nameOf(sent)}: ${words}`, {
    code,
    ...detailsOf(sent),
    guidance: code === "deadline_exceeded" ? `${doubt(sent)} ${slow(sent)}` : doubt(sent),
    cause,
  });
}

function slow({ url }: Sent): string {
  return `"${url.host}" took longer than the call has: ${LONGER}.`;
}

function notPermitted({ url }: Sent, cause: unknown): UpstreamError {
  return new UpstreamError(`Cannot reach "${url.host}": the program was started without permission for it`, {
    code: "missing_permission",
    guidance: `Start the server with --allow-net=${url.host}.`,
    cause,
  });
}

/** The host answered, and its answer broke off. */
function brokenOff(sent: Sent, cause: unknown): UpstreamError {
  return new UpstreamError(
    `Cannot read the answer of "${sent.url.host}" to ${nameOf(sent)}: ${connectionReason(cause)}`,
    {
      code: "answer_broken",
      ...detailsOf(sent),
      guidance: doubt(sent),
      cause,
    },
  );
}

function unreachable(sent: Sent, cause: unknown): UpstreamError {
  const reason = innermostMessage(cause);
  const { host } = sent.url;
  const failed = BROKEN_REGEXP.test(reason)
    ? `The connection to "${host}" broke before ${nameOf(sent)} was answered`
    : `Cannot reach "${host}" for ${nameOf(sent)}`;
  // A change has a connection of its own, so where none came about nothing can have left.
  const left = !UNCONNECTED_REGEXP.test(reason);
  return new UpstreamError(`${failed}: ${connectionReason(cause)}`, {
    code: "connection_failed",
    ...(left ? detailsOf(sent) : {}),
    guidance: `Check the network, proxy and DNS of the machine that runs the server. ${
      left || sent.kind === "read" ? doubt(sent) : "The change did not reach Webex: call again."
    }`,
    cause,
  });
}

/** An answer that can't be taken, and whose status leaves the outcome of a change open. */
function isServerError({ status = 0 }: UpstreamError): boolean {
  return status >= 500;
}

/**
 * Makes the error of a request that was handed to the network and has no answer.
 *
 * @param sent The request.
 * @param context The call.
 * @param cause What was thrown.
 * @param answered The answer had begun.
 * @returns The error; for a write that may have been carried out its details are `{outcome_unknown: true}`.
 */
export function lostAnswer(sent: Sent, { signal }: CallContext, cause: unknown, answered: boolean): WebexMcpError {
  if (cause instanceof UpstreamError) return isServerError(cause) ? withDoubt(cause, sent) : cause;
  if (signal.aborted) return stopped(sent, signal, cause);
  if (cause instanceof Deno.errors.NotCapable) return notPermitted(sent, cause);
  return answered ? brokenOff(sent, cause) : unreachable(sent, cause);
}

/**
 * Tells whether an error says that a change may have been made nevertheless.
 *
 * @param error Any error of this program.
 */
export function isInDoubt({ details }: WebexMcpError): boolean {
  return isJsonObject(details) && details.outcome_unknown === true;
}

/**
 * Tells whether another attempt could have more luck: the connection was to blame, not this machine's settings.
 *
 * @param error An error of {@linkcode lostAnswer}.
 */
export function isConnectionLoss({ code, message }: UpstreamError): boolean {
  return code === "answer_broken" || (code === "connection_failed" && !/certificate/i.test(message));
}

/** What had become of a call when it ended. */
export type SoFar = "unsent" | "refused" | "doubtful";

/** What a call waits for before its request goes out: an earlier change of the same object, the token, or a place. */
export type Awaited = "turn" | "token" | "place";

/** What was not there in time, and what helps. */
const LATE: Readonly<Record<Awaited, { readonly words: string; readonly help: string }>> = {
  turn: {
    words: "an earlier change of the same object was not done in time",
    help: "Make the changes of one object one after the other",
  },
  token: { words: "the access token was not there in time", help: "Try again" },
  place: {
    words: "it could not be sent in time, because other calls were before it",
    help: "Make fewer calls at the same time",
  },
};

/**
 * Makes the error of a call that ended while it waited.
 *
 * @param sent The request.
 * @param context The call.
 * @param soFar What had become of earlier attempts.
 * @param awaited What it waited for.
 */
export function endedWaiting(sent: Sent, { signal }: CallContext, soFar: SoFar, awaited: Awaited): WebexMcpError {
  if (soFar === "doubtful") return stopped(sent, signal, signal.reason);
  const { code, words } = whyEnded(signal);
  const late = code === "deadline_exceeded";
  if (soFar === "unsent") {
    return new RefusedError(`Stopped ${nameOf(sent)}: ${late ? LATE[awaited].words : words}`, {
      code,
      guidance: late ? `Nothing was sent. ${LATE[awaited].help}, or ${LONGER}.` : "Nothing was sent.",
    });
  }
  return new UpstreamError(`Stopped ${nameOf(sent)}: ${words}`, {
    code,
    guidance: sent.kind === "read" ? "Try again." : "Webex had refused it before, so nothing was changed: try again.",
  });
}

/**
 * Says of an error that an earlier attempt of the same call may have been carried out.
 *
 * @param error What ended the call.
 * @param sent The request.
 */
export function withDoubt(error: WebexMcpError, sent: Sent): WebexMcpError {
  if (sent.kind === "read" || isInDoubt(error)) return error;
  const { message, code, status, details } = error;
  return new UpstreamError(message, {
    code,
    details: { ...(isJsonObject(details) ? details : {}), ...OUTCOME_UNKNOWN },
    guidance: `${UNKNOWN} ${error.guidance?.replace("Nothing was sent. ", "") ?? ""}`.trim(),
    ...(status === undefined ? {} : { status }),
    cause: error,
  });
}
