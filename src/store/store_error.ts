/**
 * The error of a store that can't be asked.
 *
 * @module
 */

import { WebexMcpError } from "../core/errors.ts";

/** Whoever runs the server must act, or wait: what replicas share could not be read or written. */
export class StoreError extends WebexMcpError {
  override name = "StoreError";

  /**
   * @param message What failed, without a password: capital first, no period.
   * @param cause What it came from.
   */
  constructor(message: string, cause?: unknown) {
    super(message, {
      code: "store_unavailable",
      guidance:
        "Wait a few seconds, then call again; where that fails, whoever runs the server must look at its store.",
      cause,
    });
  }
}
