/**
 * The errors of this program, split by who must act.
 *
 * @module
 */

import type { Json } from "./json.ts";

/** What an error tells besides its message. */
export interface ErrorFacts {
  /** A stable, machine-readable name, for example `missing_argument`. */
  readonly code: string;
  /** One sentence that says what to do next. */
  readonly guidance?: string;
  /** Anything that helps to act on it. */
  readonly details?: Json;
  /** The HTTP status, where one was answered. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** The base of all errors that this program raises on purpose. */
export class WebexMcpError extends Error {
  override name = "WebexMcpError";
  /** A stable, machine-readable name. */
  readonly code: string;
  /** One sentence that says what to do next. */
  readonly guidance: string | undefined;
  /** Anything that helps to act on it. */
  readonly details: Json | undefined;
  /** The HTTP status, where one was answered. */
  readonly status: number | undefined;

  /**
   * @param message What failed: capital first, no period.
   * @param facts The code and what else is known.
   */
  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.code = facts.code;
    this.guidance = facts.guidance;
    this.details = facts.details;
    this.status = facts.status;
  }
}

/** Whoever started the program must act: a flag, an environment variable or a file is wrong. Exit code 2. */
export class UsageError extends WebexMcpError {
  override name = "UsageError";
}

/** Whoever called the tool must act: the call was refused here and nothing was sent. */
export class RefusedError extends WebexMcpError {
  override name = "RefusedError";
}

/** Nobody answered as expected: the request could not be sent, or its answer could not be read. */
export class UpstreamError extends WebexMcpError {
  override name = "UpstreamError";
}
