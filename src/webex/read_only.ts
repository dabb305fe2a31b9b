/**
 * Keeps a client from changing anything, whatever the layers above it let through.
 *
 * @module
 */

import { type Limiter, READ_ONLY } from "../config/limiter.ts";
import { RefusedError } from "../core/errors.ts";
import type { Outgoing, WebexClient } from "./client.ts";

/** A file of further operations may call a POST a read; no file can make these one. */
const CHANGING: ReadonlySet<string> = new Set(["PUT", "PATCH", "DELETE"]);

function isChange({ kind, method }: Outgoing): boolean {
  return kind !== "read" || CHANGING.has(method.toUpperCase());
}

/**
 * Makes a client that sends reads only.
 *
 * @param client The client.
 * @param by Who says so.
 * @returns A client that refuses every change with `read_only` before anything is sent.
 */
export function readOnlyClient(client: WebexClient, by: Limiter): WebexClient {
  const { reason, guidance } = READ_ONLY[by];
  return {
    send(request, context) {
      if (!isChange(request)) return client.send(request, context);
      const what = request.label ?? request.method;
      return Promise.reject(
        new RefusedError(`Cannot send ${what}: ${reason}`, { code: "read_only", guidance }),
      );
    },
  };
}
