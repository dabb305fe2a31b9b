/**
 * Keeps a client from changing anything, whatever the layers above it let through.
 *
 * @module
 */

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
 * @returns A client that refuses every change with `read_only` before anything is sent.
 */
export function readOnlyClient(client: WebexClient): WebexClient {
  return {
    send(request, context) {
      if (!isChange(request)) return client.send(request, context);
      const what = request.label ?? request.method;
      return Promise.reject(
        new RefusedError(`Cannot send ${what}: this server was started read-only`, {
          code: "read_only",
          guidance: "Whoever runs the server decides whether it may change anything.",
        }),
      );
    },
  };
}
