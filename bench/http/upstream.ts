/**
 * The upstream that the measured server calls: one that answers at once, and costs the server's process nothing.
 *
 * @module
 */

import { type Started, startProcess } from "./process.ts";

/** A running upstream. */
export interface Upstream extends AsyncDisposable {
  readonly url: string;
}

const PATH = new URL("../upstream.ts", import.meta.url).pathname;

/** Starts it. */
export async function startUpstream(): Promise<Upstream> {
  const process: Started = await startProcess({ args: ["run", "-A", PATH], ready: /Upstream at (\S+)/ });
  return { url: process.said, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
}
