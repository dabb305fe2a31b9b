/**
 * Says why a request has no answer, and whether it may have been carried out.
 *
 * @module
 */

import { type CallContext, DeadlineReached } from "../../core/context.ts";
import { RefusedError, UpstreamError, WebexMcpError } from "../../core/errors.ts";
import { isJsonObject } from "../../core/json.ts";
import type { PreparedRequest } from "../requests/request.ts";

/** A request, as far as messages about it go. */
export interface Sent extends Pick<PreparedRequest, "method" | "url"> {
  readonly kind: "read" | "write";
}

const UNKNOWN = "The change may or may not have been made: read the object before trying again.";
const OUTCOME_UNKNOWN = { outcome_unknown: true } as const;

/** Nobody can tell once a request left. */
function doubt({ kind }: Sent): string {
  return kind === "read" ? "Try again." : UNKNOWN;
}

function detailsOf({ kind }: Sent): { details?: typeof OUTCOME_UNKNOWN } {
  return kind === "read" ? {} : { details: OUTCOME_UNKNOWN };
}

function nameOf({ method, url }: Sent): string {
  return `${method} ${url.pathname}`;
}

/** Deno puts what really happened into the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

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
    guidance: doubt(sent),
    cause,
  });
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
  return new UpstreamError(`Cannot read the answer of "${sent.url.host}" to ${nameOf(sent)}: ${reasonOf(cause)}`, {
    code: "answer_broken",
    ...detailsOf(sent),
    guidance: doubt(sent),
    cause,
  });
}

function unreachable(sent: Sent, cause: unknown): UpstreamError {
  // Deno tries again by itself where a reused connection breaks, so even a refused one may not have been the first.
  return new UpstreamError(`Cannot reach "${sent.url.host}" for ${nameOf(sent)}: ${reasonOf(cause)}`, {
    code: "connection_failed",
    ...detailsOf(sent),
    guidance: `Check the network, proxy and DNS of the machine that runs the server. ${doubt(sent)}`,
    cause,
  });
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
export function lostAnswer(sent: Sent, { signal }: CallContext, cause: unknown, answered: boolean): UpstreamError {
  if (cause instanceof UpstreamError) return cause;
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

/**
 * Makes the error of a call that ended while it waited.
 *
 * @param sent The request.
 * @param context The call.
 * @param soFar What had become of earlier attempts.
 */
export function endedWaiting(sent: Sent, { signal }: CallContext, soFar: SoFar): WebexMcpError {
  if (soFar === "doubtful") return stopped(sent, signal, signal.reason);
  const { code, words } = whyEnded(signal);
  const late = code === "deadline_exceeded";
  if (soFar === "unsent") {
    return new RefusedError(`Stopped ${nameOf(sent)}: ${late ? "it could not be sent in time" : words}`, {
      code,
      guidance: late ? "Nothing was sent. Make fewer calls at the same time." : "Nothing was sent.",
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
