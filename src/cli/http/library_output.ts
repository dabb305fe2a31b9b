/**
 * Takes what libraries write to the console into the log: it may hold anything, and is for whoever looks for a fault.
 *
 * @module
 */

import type { Log } from "../../core/log.ts";

const METHODS = ["debug", "log", "info", "warn", "error"] as const;

/** What is told of an error is its name and its message; a stack would be many lines. */
function textOf(value: unknown): string {
  return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
}

/**
 * Begins to take it.
 *
 * @param log Where it goes.
 * @returns What gives the console back.
 */
export function divertConsole(log: Pick<Log, "debug">): Disposable {
  const own = globalThis.console;
  const kept = Object.fromEntries(METHODS.map((method) => [method, own[method]]));
  const say = (...values: readonly unknown[]) => log.debug(`Library: ${values.map(textOf).join(" ")}`);
  Object.assign(own, Object.fromEntries(METHODS.map((method) => [method, say])));
  return { [Symbol.dispose]: () => void Object.assign(own, kept) };
}
