/**
 * A sandbox with a clock that stands still, and short ways to talk to it.
 *
 * @module
 */

import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { Clock } from "../../src/core/clock.ts";
import { isRecord } from "../../src/core/json.ts";
import type { SandboxOptions } from "../../src/sandbox/reception.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";

/** A Wednesday afternoon. */
export const NOW: number = Date.UTC(2026, 5, 17, 15);

/** A clock that stands at {@linkcode NOW} and never waits. */
export const stillClock: Clock = { now: () => NOW, monotonic: () => NOW, sleep: () => Promise.resolve() };

/** An answer, read. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text. */
  readonly body: unknown;
}

/** Looks into an answer: a member or array position for each step; `undefined` where there is none. */
export function at(value: unknown, ...steps: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of steps) {
    if (Array.isArray(current)) current = current[Number(step)];
    else current = isRecord(current) ? current[step] : undefined;
  }
  return current;
}

/** Looks for an array in an answer. */
export function listAt(value: unknown, ...steps: readonly (string | number)[]): unknown[] {
  const found = at(value, ...steps);
  return Array.isArray(found) ? found : [];
}

/** A sandbox under test. */
export interface Bench {
  readonly sandbox: Sandbox;
  /** Sends a request; the path is below `/v1`. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** Makes a sandbox of the embedded collection. */
export function makeBench(options: SandboxOptions = {}): Bench {
  const sandbox = createSandbox(embeddedCollection().endpoints, { clock: stillClock, ...options });
  return {
    sandbox,
    async call(method, path, body, headers = {}) {
      const response = await sandbox.fetch(
        new Request(path.startsWith("https:") ? path : `https://webexapis.com/v1${path}`, {
          method,
          headers: {
            authorization: "Bearer test",
            ...(body === undefined || body instanceof FormData ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          ...(body === undefined
            ? {}
            : { body: body instanceof FormData || typeof body === "string" ? body : JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      const isJson = /json/.test(response.headers.get("content-type") ?? "");
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
  };
}
