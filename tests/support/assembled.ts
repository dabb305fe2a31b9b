/**
 * The whole program but for the protocol: tools as clients call them, and a network that only takes notes.
 *
 * @module
 */

import { assemble, type Assembly } from "../../src/cli/assembly.ts";
import { createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { Secrets } from "../../src/core/secrets.ts";
import type { Caller } from "../../src/tools/dispatcher.ts";
import type { ToolResult } from "../../src/tools/results/result.ts";
import { fakeSystem } from "./fake_system.ts";
import { recordingLog } from "./recording_log.ts";

/** A request that reached the network. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** An assembly, and what it sent. */
export interface Assembled extends Assembly {
  /** What was sent so far; a test may empty it. */
  readonly sent: Sent[];
  call(tool: string, args: JsonObject, caller?: Partial<Caller>): Promise<ToolResult>;
}

/**
 * Assembles the program with flags.
 *
 * @param flags The flags; nothing is recorded.
 * @param answer Gives the body of each answer, a 200.
 * @param files Text files, such as further collections.
 * @returns What it made.
 */
export async function assembled(
  flags: FlagValues,
  answer: (sent: Sent) => unknown = () => ({}),
  files: Readonly<Record<string, string>> = {},
): Promise<Assembled> {
  const sent: Sent[] = [];
  const outside = fakeSystem({
    files,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const one = { method: request.method, path: pathname + search, body: await request.text() };
      sent.push(one);
      return Response.json(answer(one));
    },
  });
  // Examples name files for uploads; any path leads to one.
  const system = { ...outside, readFile: () => Promise.resolve(new TextEncoder().encode("content")) };
  const config = createConfig(
    { noAudit: true, baseUrl: "https://upstream.test/v1", concurrency: "50", ...flags },
    (name) => name === "WEBEX_ACCESS_TOKEN" ? "t" : undefined,
    undefined,
    "linux",
  );
  const assembly = await assemble({ config, system, log: recordingLog(), secrets: new Secrets() });
  return {
    ...assembly,
    sent,
    async call(tool, args, caller = {}) {
      const result = await assembly.dispatcher.call(tool, args, { client: "test", ...caller });
      if (result === undefined) throw new Error(await assembly.dispatcher.explain(tool));
      return result;
    },
  };
}
