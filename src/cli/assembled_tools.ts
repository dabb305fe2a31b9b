/**
 * Makes the tools that clients see, and the gate that changes pass.
 *
 * @module
 */

import type { Collection, Endpoint } from "../collection/endpoint.ts";
import { readOnlyBy } from "../config/limiter.ts";
import { systemClock } from "../core/clock.ts";
import type { CallContext } from "../core/context.ts";
import { RefusedError } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import type { Seal } from "../core/seal.ts";
import type { Store } from "../store/store.ts";
import { createWriteGate, type WriteGate } from "../tools/confirmation/gate.ts";
import { createPlans } from "../tools/confirmation/plan.ts";
import type { BuiltInTool } from "../tools/definitions/built_in.ts";
import { createExecutor, type Executor, type ExecutorOptions } from "../tools/executor.ts";
import { createWaitForJob, pollToolsOf } from "../tools/jobs/wait_for_job.ts";
import { createNextPage } from "../tools/next_page.ts";
import type { ResultLimit } from "../tools/results/fit.ts";
import type { ResultStore } from "../tools/results/result_store.ts";
import { createResultTool } from "../tools/results/result_tool.ts";
import type { ToolResult } from "../tools/results/result.ts";
import { createDiscoverySurface } from "../tools/surface/discovery_surface.ts";
import { createFullSurface } from "../tools/surface/full_surface.ts";
import type { Surface } from "../tools/surface/surface.ts";
import { DEFAULT_BASE_URL } from "../webex/requests/hosts.ts";
import { type AssemblyParts, LOCAL } from "./assembly_parts.ts";
import type { ServedCatalogue } from "./served_catalogue.ts";

/** What tools are made of. */
export interface ToolParts extends ServedCatalogue {
  readonly executor: Executor;
  readonly seal: Seal;
  /** Remembers which plans were used. */
  readonly store: Store;
  readonly results: ResultStore;
  /** How long a result may be. */
  readonly limit: ResultLimit;
}

function unreadable(tool: string): RefusedError {
  return new RefusedError(`Cannot read with "${tool}"`, { code: "unknown_tool" });
}

/** The server itself only reads. */
async function readWith(
  executor: Executor,
  endpoint: Endpoint,
  args: JsonObject,
  context: CallContext,
): Promise<ToolResult> {
  const beforeWrite = () => Promise.reject(unreadable(endpoint.tool));
  return await executor.call(endpoint, args, { ...context, beforeWrite });
}

function builtInsOf({ config, caller = LOCAL }: AssemblyParts, parts: ToolParts): readonly BuiltInTool[] {
  const { catalogue, executor, seal, results, limit } = parts;
  return [
    createNextPage({
      seal,
      holder: { owner: caller, profile: config.profile.name },
      baseUrl: config.baseUrl,
      findEndpoint: catalogue.find,
      absence: catalogue.absence,
      continueList: (endpoint, position, options, context) => executor.readOn(endpoint, position, options, context),
    }),
    createResultTool({ store: results, limit }),
    createWaitForJob({
      pollTools: async () => pollToolsOf(await catalogue.endpoints()),
      async callTool(tool, args, context) {
        const endpoint = await catalogue.find(tool);
        if (endpoint === undefined) throw unreadable(tool);
        return await readWith(executor, endpoint, args, context);
      },
      clock: systemClock,
    }),
  ];
}

/**
 * Makes the surface that the configuration asks for.
 *
 * @param assembly The configuration.
 * @param parts What the tools are made of.
 * @returns All tools, or those that find and call them.
 */
export function surfaceOf(assembly: AssemblyParts, parts: ToolParts): Surface {
  const { tools, confirm } = assembly.config;
  const { catalogue, finders } = parts;
  const builtIns = builtInsOf(assembly, parts);
  if (tools === "all") return createFullSurface({ catalogue, builtIns, confirmsAll: confirm === "writes" });
  return createDiscoverySurface({
    catalogue,
    builtIns: [...finders, ...builtIns],
    readOnlyBy: readOnlyBy(assembly.config),
  });
}

/** A further collection is of another system, or may only seem to be of the same. */
function endpointsBeside(tool: string, collections: readonly Collection[]): readonly Endpoint[] {
  return collections.find(({ endpoints }) => endpoints.some((one) => one.tool === tool))?.endpoints ?? [];
}

/**
 * Makes the gate.
 *
 * @param assembly The configuration.
 * @param parts What plans are sealed with.
 * @param execution How calls are carried out; what is read back is not shortened, and needs no tool that is selected.
 * @returns The gate.
 */
export function gateOf(
  { config, once = false, caller = LOCAL }: AssemblyParts,
  { seal, store, collections }: Pick<ToolParts, "seal" | "store" | "collections">,
  execution: ExecutorOptions,
): WriteGate {
  const profile = config.profile.name;
  const { host } = new URL(config.baseUrl ?? DEFAULT_BASE_URL);
  const reader = createExecutor({ ...execution, nextToken: undefined });
  return createWriteGate({
    readOnlyBy: readOnlyBy(config),
    confirm: config.confirm,
    plans: createPlans({
      seal,
      clock: systemClock,
      store,
      owner: caller,
      profile,
      place: JSON.stringify([config.baseUrl ?? null, config.organization ?? null]),
    }),
    subject: {
      endpoints: async ({ tool }) => endpointsBeside(tool, await collections()),
      clock: systemClock,
      read: (endpoint, args, context) => readWith(reader, endpoint, args, context),
    },
    place: config.sandbox ? "The simulated organization" : `Profile ${profile}, ${host}`,
    once,
  });
}
