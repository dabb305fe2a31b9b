/**
 * Builds what commands work with out of the configuration.
 *
 * @module
 */

import { absentAudit } from "../audit/absent.ts";
import { type AuditTrail, createAuditTrail, noAudit } from "../audit/trail.ts";
import { systemClock } from "../core/clock.ts";
import type { JsonObject } from "../core/json.ts";
import { createSeal, type Seal } from "../core/seal.ts";
import { createMemoryStore } from "../store/memory_store.ts";
import { createAdvice } from "../tools/advice.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import type { Aliases } from "../tools/catalogue_index.ts";
import { createDispatcher, type Dispatcher } from "../tools/dispatcher.ts";
import { createExecutor, type ExecutorOptions } from "../tools/executor.ts";
import { nextToken } from "../tools/next_page.ts";
import { createOrganizationPolicy } from "../tools/organization.ts";
import { fit, type ResultLimit } from "../tools/results/fit.ts";
import { createResultStore, type ResultStore } from "../tools/results/result_store.ts";
import { createWebexClient, type WebexClient } from "../webex/client.ts";
import { readOnlyClient } from "../webex/read_only.ts";
import { assembleCatalogue } from "./assembled_catalogue.ts";
import { gateOf, surfaceOf } from "./assembled_tools.ts";
import { type AssemblyParts, OWNER } from "./assembly_parts.ts";
import { guardFiles } from "./file_guard.ts";
import { secretPlaces } from "./secret_places.ts";
import { type Upstream, upstreamOf } from "./upstream.ts";

/** A token is about four characters of English and about two of an id; this is what keeps both within the limit. */
const CHARACTERS_PER_TOKEN = 7.5;

/** The tools, and what calls them. */
export interface Assembly {
  readonly catalogue: Catalogue;
  /** Other names of features, of all collections. */
  readonly aliases: Aliases;
  readonly dispatcher: Dispatcher;
  readonly results: ResultStore;
  readonly audit: AuditTrail;
}

function auditOf({ config, system, log, secrets }: AssemblyParts): AuditTrail {
  const { audit } = config;
  if (audit.off) return noAudit;
  if (audit.path === undefined) return absentAudit("no home directory is known");
  return createAuditTrail({
    path: audit.path,
    files: system.auditFiles,
    clock: systemClock,
    secrets,
    pid: system.pid,
    randomId: () => crypto.randomUUID(),
    log,
  });
}

function limitOf({ config, once }: AssemblyParts): ResultLimit {
  if (once === true) return { tokens: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY };
  const { maxResultTokens } = config;
  return { tokens: maxResultTokens, characters: Math.round(maxResultTokens * CHARACTERS_PER_TOKEN) };
}

function clientOf({ config, secrets, log }: AssemblyParts, { fetch, credential, governor }: Upstream): WebexClient {
  const client = createWebexClient({ fetch, credential, clock: systemClock, governor, secrets, caller: OWNER, log });
  return config.readOnly ? readOnlyClient(client) : client;
}

/** How calls are carried out; results come out as long as they are. */
function executionOf(parts: AssemblyParts, upstream: Upstream, catalogue: Catalogue, seal: Seal): ExecutorOptions {
  const { config, system, log, secrets } = parts;
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
      : (endpoint, position) => nextToken(seal, { owner: OWNER, profile: config.profile.name }, endpoint, position),
    fit: (value) => Promise.resolve(value),
    baseUrl: config.baseUrl,
    validation: config.validation,
    idCheck: config.idCheck,
    readFile: guardFiles({
      readFile: system.readFile,
      realPath: system.realPath,
      places: () =>
        secretPlaces({ config, environment: system.environment, readTextFile: (path) => system.readTextFile(path) }),
      secrets,
    }),
    clock: systemClock,
    log,
  };
}

/**
 * Makes everything that is needed to call tools. Nothing is sent, and no token is read, before the first call.
 *
 * @param parts The configuration and the outside of the program.
 * @returns The catalogue and the dispatcher.
 * @throws {UsageError} If a collection cannot be read, a feature is unknown, a pattern matches no tool, or no tool is
 *   left.
 */
export async function assemble(parts: AssemblyParts): Promise<Assembly> {
  const { config, system, log } = parts;
  const { catalogue, collections } = await assembleCatalogue(config, system);
  const upstream = upstreamOf(parts, collections);
  const store = createMemoryStore({ clock: systemClock });
  const results = createResultStore({ store, owner: OWNER, clock: systemClock });
  const limit = limitOf(parts);
  const shorten = (value: JsonObject, tool: string) => fit(value, limit, (text) => results.put(text, tool));
  const seal = createSeal({ clock: systemClock });
  const execution = executionOf(parts, upstream, catalogue, seal);
  const executor = createExecutor({ ...execution, fit: shorten });
  const audit = auditOf(parts);
  const dispatcher = createDispatcher({
    surface: surfaceOf(parts, { catalogue, collections, executor, seal, store, results, limit }),
    executor,
    gate: gateOf(parts, { seal, store, collections }, execution),
    audit,
    profile: config.profile.name,
    auditValues: config.audit.values,
    clock: systemClock,
    deadlineMs: config.deadlineMs,
    fit: shorten,
    log,
  });
  const aliases = async () => Object.assign({}, ...(await collections()).map((collection) => collection.aliases));
  return { catalogue, aliases, dispatcher, results, audit };
}
