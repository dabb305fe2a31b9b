/**
 * What accompanies one call through all layers.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import type { Span } from "./span.ts";

/** What a call waits for, told to whoever waits for the call. */
export interface ProgressNote {
  /** One line without values that belong to somebody, for example `Waiting 5 s: Webex asks for it`. */
  readonly message: string;
  /** How much is done, in the unit of `total`. */
  readonly done?: number;
  readonly total?: number;
}

/** What happened to a call on its way; filled in by the layers that it passes. */
export interface CallTrace {
  /** Requests that were handed to the network, repeated ones too. */
  attempts: number;
  /** Milliseconds spent waiting for a place, for a limit, or before a repetition. */
  waitedMs: number;
  /** The last status that was answered. */
  status?: number;
  /** The last tracking id that was answered. */
  trackingId?: string;
  /** The operation that was carried out first. */
  endpoint?: { readonly method: string; readonly path: string };
}

/** One call's limits and ears. */
export interface CallContext {
  /** Aborts when the client cancels the call, or the deadline passes: then its reason is a {@linkcode DeadlineReached}. */
  readonly signal: AbortSignal;
  /** When the call must be answered, in {@linkcode Clock.monotonic} milliseconds. */
  readonly deadline: number;
  /** Tells what the call waits for. Never throws, and costs nothing where nobody listens. */
  readonly progress: (note: ProgressNote) => void;
  readonly trace: CallTrace;
  /** The span that requests of this call are part of; absent where nothing is traced. */
  readonly span?: Span | undefined;
}

/** The reason of a signal that aborts because the time is up. */
export class DeadlineReached extends Error {
  override name = "DeadlineReached";
}

/** How a call is begun. */
export interface CallOptions {
  readonly clock: Clock;
  /** How long the call may take, in milliseconds. */
  readonly deadlineMs: number;
  /** The client's cancellation. */
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((note: ProgressNote) => void) | undefined;
  readonly span?: Span | undefined;
}

/** A context that must be disposed of, so that its timer ends. */
export interface RunningCall extends CallContext, Disposable {}

/**
 * Begins a call.
 *
 * @param options Its limits.
 * @returns The context; dispose of it when the call is answered.
 */
export function beginCall({ clock, deadlineMs, signal, progress = () => {}, span }: CallOptions): RunningCall {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new DeadlineReached("The time is up")), deadlineMs);
  return {
    signal: signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]),
    deadline: clock.monotonic() + deadlineMs,
    progress,
    trace: { attempts: 0, waitedMs: 0 },
    span,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
