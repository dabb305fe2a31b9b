/**
 * Builds what commands work with out of the configuration.
 *
 * @module
 */

import type { AuditTrail } from "../audit/trail.ts";
import { readOnlyBy } from "../config/limiter.ts";
import { systemClock } from "../core/clock.ts";
import type { JsonObject } from "../core/json.ts";
import type { Seal } from "../core/seal.ts";
import { createAdvice } from "../tools/advice.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import type { ToolSearch } from "../tools/discovery/search_tool.ts";
import { createDispatcher, type Dispatcher } from "../tools/dispatcher.ts";
import { createExecutor, type ExecutorOptions } from "../tools/executor.ts";
import { nextToken } from "../tools/next_page.ts";
import { createOrganizationPolicy } from "../tools/organization.ts";
import { fit, type ResultLimit } from "../tools/results/fit.ts";
import { createResultStore, type ResultStore } from "../tools/results/result_store.ts";
import { createWebexClient, type WebexClient } from "../webex/client.ts";
import type { ReadFile } from "../webex/requests/upload.ts";
import { readOnlyClient } from "../webex/read_only.ts";
import { gateOf, surfaceOf } from "./assembled_tools.ts";
import { type AssemblyParts, LOCAL } from "./assembly_parts.ts";
import { guardFiles, refuseFiles } from "./file_guard.ts";
import { secretPlaces } from "./secret_places.ts";
import type { ServedCatalogue } from "./served_catalogue.ts";
import { createSharedParts, type SharedParts } from "./shared_parts.ts";
import type { Upstream } from "./upstream.ts";

/** A token is about four characters of English and about two of an id; this is what keeps both within the limit. */
const CHARACTERS_PER_TOKEN = 7.5;

/** The tools, and what calls them. */
export interface Assembly extends Pick<ServedCatalogue, "index" | "book"> {
  readonly catalogue: Catalogue;
  readonly dispatcher: Dispatcher;
  readonly results: ResultStore;
  readonly search: ToolSearch;
  readonly audit: AuditTrail;
  /** What calls are sent with. */
  readonly upstream: Upstream;
}

function limitOf({ config, once }: AssemblyParts): ResultLimit {
  if (once === true) return { tokens: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY };
  const { maxResultTokens } = config;
  return { tokens: maxResultTokens, characters: Math.round(maxResultTokens * CHARACTERS_PER_TOKEN) };
}

function clientOf(parts: AssemblyParts, { fetch, credential, governor }: Upstream): WebexClient {
  const { config, secrets, log, meter, caller = LOCAL } = parts;
  const client = createWebexClient({ fetch, credential, clock: systemClock, governor, secrets, caller, log, meter });
  const by = readOnlyBy(config);
  return by === undefined ? client : readOnlyClient(client, by);
}

function filesFor({ config, system, secrets, remote = false }: AssemblyParts): ReadFile {
  if (remote) return refuseFiles;
  const { environment } = system;
  const readTextFile = (path: string) => system.readTextFile(path);
  const places = () => secretPlaces({ config, environment, readTextFile });
  return guardFiles({ readFile: system.readFile, realPath: system.realPath, places, secrets });
}

/** How calls are carried out; results come out as long as they are. */
function executionOf(parts: AssemblyParts, upstream: Upstream, catalogue: Catalogue, seal: Seal): ExecutorOptions {
  const { config, log } = parts;
  const { credential, owner } = upstream;
  return {
    client: clientOf(parts, upstream),
    advice: createAdvice({ catalogue, credential, owner, clock: systemClock }),
    organization: createOrganizationPolicy({
      pinned: config.organization,
      partner: config.partner,
      // With another base URL the upstream may be anything, and is asked only for what it was called for.
      curious: config.baseUrl === undefined && !config.sandbox,
      lookup: (context) => owner.lookup(context),
    }),
    pinnedOrganization: config.organization,
    nextToken: parts.once === true
      ? undefined
      : (endpoint, position) =>
        nextToken(seal, { owner: parts.caller ?? LOCAL, profile: config.profile.name }, endpoint, position),
    fit: (value) => Promise.resolve(value),
    baseUrl: config.baseUrl,
    validation: config.validation,
    idCheck: config.idCheck,
    readFile: filesFor(parts),
    clock: systemClock,
    log,
  };
}

/**
 * Makes everything that is needed to call tools. Nothing is sent, and no token is read, before the first call.
 *
 * @param parts The configuration and the outside of the program.
 * @param shared What other assemblies of the same process have, too.
 * @returns The catalogue and the dispatcher.
 * @throws {UsageError} If a collection cannot be read, a feature is unknown, a pattern matches no tool, or no tool is
 *   left.
 */
export async function assemble(
  parts: AssemblyParts,
  shared: SharedParts = createSharedParts(parts),
): Promise<Assembly> {
  const { config, log, caller = LOCAL } = parts;
  const { seal, store, audit } = shared;
  const served = await shared.catalogueFor(config);
  const { catalogue, collections, index, book } = served;
  const { maxResultBytes: maxBytes } = parts;
  const kept = { store, owner: caller, clock: systemClock };
  const results = createResultStore(maxBytes === undefined ? kept : { ...kept, maxBytes });
  const limit = limitOf(parts);
  const shorten = (value: JsonObject, tool: string) => fit(value, limit, (text) => results.put(text, tool));
  const upstream = shared.upstreamFor(config);
  const execution = executionOf(parts, upstream, catalogue, seal);
  const executor = createExecutor({ ...execution, fit: shorten });
  const dispatcher = createDispatcher({
    surface: surfaceOf(parts, { ...served, executor, seal, store, results, limit }),
    executor,
    gate: gateOf(parts, { seal, store, collections }, execution),
    audit,
    profile: config.profile.name,
    auditValues: config.audit.values,
    clock: systemClock,
    deadlineMs: config.deadlineMs,
    fit: shorten,
    log,
    meter: parts.meter,
  });
  return { catalogue, index, book, dispatcher, results, search: served.search, audit, upstream };
}
