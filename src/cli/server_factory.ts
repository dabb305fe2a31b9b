/**
 * Makes what makes MCP servers out of an assembly.
 *
 * @module
 */

import type { Server } from "@modelcontextprotocol/server";
import type { Config } from "../config/config.ts";
import type { Secrets } from "../core/secrets.ts";
import { PROGRAM, VERSION } from "../core/version.ts";
import { instructionsFor } from "../server/instructions.ts";
import type { ObservedServer, Observers } from "../server/observed_server.ts";
import { createServerFactory, type RequestBinding } from "../server/server.ts";
import type { Assembly } from "./assembly.ts";

/** What the servers are made of. */
export interface ServerFactoryOptions {
  readonly config: Config;
  readonly assembly: Assembly;
  readonly secrets: Secrets;
  /** Every caller sees the same lists. */
  readonly isPublic: boolean;
  /** Who learns of requests. */
  readonly observers?: Observers;
}

/**
 * Makes the factory.
 *
 * @param options What the servers are made of.
 * @param Kind The class of the servers; by default the protocol's own.
 * @returns A factory without side effects.
 */
export function serverFactoryOf(
  options: ServerFactoryOptions,
  Kind?: typeof ObservedServer,
): (binding?: RequestBinding) => Server {
  const { config, assembly, secrets, isPublic, observers = {} } = options;
  const { dispatcher, catalogue, index, book, results } = assembly;
  return createServerFactory({
    implementation: { name: PROGRAM, version: VERSION, title: "Webex Calling" },
    instructions: instructionsFor({ ...config, size: catalogue.size, surface: config.tools }),
    dispatcher,
    catalogue,
    index,
    book,
    results,
    structured: config.structured,
    isPublic,
    hide: (text) => secrets.hide(text),
    observers,
  }, Kind);
}
