/**
 * Builds what commands work with out of the configuration.
 *
 * @module
 */

import { type AuditTrail, createAuditTrail, noAudit } from "../audit/trail.ts";
import { absentAudit } from "../audit/absent.ts";
import type { Collection } from "../collection/endpoint.ts";
import { selectEndpoints } from "../collection/selection.ts";
import type { Config } from "../config/config.ts";
import type { CredentialSource } from "../config/credential_source.ts";
import { systemClock } from "../core/clock.ts";
import type { CallContext } from "../core/context.ts";
import { RefusedError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch.ts";
import type { JsonObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import { createSeal } from "../core/seal.ts";
import type { Secrets } from "../core/secrets.ts";
import { absenceFrom } from "../tools/absence.ts";
import { createAdvice } from "../tools/advice.ts";
import { type Catalogue, createCatalogue, createPreparedCatalogue } from "../tools/catalogue.ts";
import { createDispatcher, type Dispatcher } from "../tools/dispatcher.ts";
import { createExecutor, type Executor } from "../tools/executor.ts";
import { fit, type ResultLimit } from "../tools/results/fit.ts";
import { createNextPage, nextToken } from "../tools/next_page.ts";
import { createOrganizationPolicy } from "../tools/organization.ts";
import { preparedDefinitions } from "../tools/definitions/prepared.ts";
import { createResultStore, type ResultStore } from "../tools/results/result_store.ts";
import { createResultTool } from "../tools/results/result_tool.ts";
import type { ToolResult } from "../tools/results/result.ts";
import { createWaitForJob, pollToolsOf } from "../tools/jobs/wait_for_job.ts";
import { createWebexClient } from "../webex/client.ts";
import { createCredential } from "../webex/credential/create_credential.ts";
import type { Credential } from "../webex/credential/credential.ts";
import { governedFetch } from "../webex/governed_fetch.ts";
import { createGovernor } from "../webex/limits/governor.ts";
import { DEFAULT_BASE_URL } from "../webex/requests/hosts.ts";
import { whoAmI } from "../webex/credential/identity.ts";
import { createOwner, type Owner } from "../webex/credential/owner.ts";
import { loadCollections } from "./collections.ts";
import { guardFiles } from "./file_guard.ts";
import { secretPlaces } from "./secret_places.ts";
import type { System } from "./system.ts";

/** The simulated organization takes any token; the real one stays out of it. */
const SANDBOX_TOKEN = "sandbox";

/** A token is about four characters of English and about two of an id; this is what keeps both within the limit. */
const CHARACTERS_PER_TOKEN = 7.5;

/** The tools, and what calls them. */
export interface Assembly {
  readonly catalogue: Catalogue;
  readonly dispatcher: Dispatcher;
  readonly results: ResultStore;
  readonly audit: AuditTrail;
}

/** A question about the token's owner is not worth a longer wait, in milliseconds. */
const OWNER_MS = 8_000;

/** What every command that calls Webex brings. */
export interface AssemblyParts {
  readonly config: Config;
  readonly system: System;
  readonly log: Log;
  readonly secrets: Secrets;
  /** The process ends with the call: results of any length are passed on as a whole, and nothing is left to read on. */
  readonly once?: boolean;
}

/**
 * Makes the catalogue of the tools that the configuration selects.
 *
 * @param config The configuration.
 * @param system The outside of the program.
 * @returns The catalogue.
 * @throws {UsageError} If a collection cannot be read, or a feature is unknown.
 */
export async function assembleCatalogue(config: Config, system: System): Promise<Catalogue> {
  return await catalogueOf(config, collectionsOf(config, system));
}

/** Loads the collections when they are first needed. */
function collectionsOf(config: Config, system: System): () => Promise<readonly Collection[]> {
  let collections: Promise<readonly Collection[]> | undefined;
  return () => collections ??= loadCollections(config.collections, system.readTextFile);
}

/** Only the whole embedded collection is prepared; anything else has to be read and defined at start. */
async function catalogueOf(config: Config, collections: () => Promise<readonly Collection[]>): Promise<Catalogue> {
  const { features, readOnly, schema } = config;
  const load = async () => selectEndpoints(await collections(), config);
  const absence = absenceFrom(async () => (await collections()).flatMap(({ endpoints }) => endpoints), readOnly);
  if (config.collections.length === 0 && features.length === 0 && schema === "full") {
    return createPreparedCatalogue(() => preparedDefinitions(readOnly), load, absence);
  }
  return createCatalogue(await load(), schema, absence);
}

/** The simulated organization is built at the first call, from all endpoints, so that each finds what it refers to. */
function sandboxFetch(collections: () => Promise<readonly Collection[]>): Fetch {
  let sandbox: Promise<{ fetch: Fetch }> | undefined;
  return async (request) => {
    sandbox ??= import("../sandbox/sandbox.ts").then(async ({ createSandbox }) =>
      createSandbox((await collections()).flatMap(({ endpoints }) => endpoints))
    );
    return (await sandbox).fetch(request);
  };
}

function credentialOf({ config, system, log, secrets }: AssemblyParts): Credential {
  const source: CredentialSource = config.sandbox ? { type: "token", token: SANDBOX_TOKEN } : config.credential;
  return createCredential(source, {
    clock: systemClock,
    fetch: system.fetch,
    secrets,
    log,
    baseUrl: config.baseUrl ?? DEFAULT_BASE_URL,
    files: system.credentialFiles,
    run: system.run,
  });
}

function ownerOf({ config, secrets }: AssemblyParts, fetch: Fetch, credential: Credential): Owner {
  return createOwner({
    clock: systemClock,
    token: (signal) => credential.token(signal),
    read: async (token, signal) => {
      const baseUrl = config.baseUrl ?? DEFAULT_BASE_URL;
      return await whoAmI({ fetch, baseUrl, token, secrets, signal, extent: "owner" });
    },
  });
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

/** A tool of the server itself may call those that only read. */
async function readTool(
  catalogue: Catalogue,
  executor: Executor,
  tool: string,
  args: JsonObject,
  context: CallContext,
): Promise<ToolResult> {
  const endpoint = await catalogue.find(tool);
  const refused = new RefusedError(`Cannot read with "${tool}"`, { code: "unknown_tool" });
  if (endpoint === undefined) throw refused;
  return await executor.call(endpoint, args, { ...context, beforeWrite: () => Promise.reject(refused) });
}

/**
 * Makes everything that is needed to call tools. Nothing is sent, and no token is read, before the first call.
 *
 * @param parts The configuration and the outside of the program.
 * @returns The catalogue and the dispatcher.
 * @throws {UsageError} If a collection cannot be read, or a feature is unknown.
 */
export async function assemble(parts: AssemblyParts): Promise<Assembly> {
  const { config, system, log, secrets } = parts;
  const collections = collectionsOf(config, system);
  const catalogue = await catalogueOf(config, collections);
  const fetch = config.sandbox ? sandboxFetch(collections) : system.fetch;
  const credential = credentialOf(parts);
  const results = createResultStore({ clock: systemClock });
  const limit = limitOf(parts);
  const shorten = (value: JsonObject, tool: string) => fit(value, limit, (text) => results.put(text, tool));
  const seal = createSeal({ clock: systemClock });
  const governor = createGovernor({ clock: systemClock, random: Math.random, concurrency: config.concurrency });
  const owner = ownerOf(
    parts,
    governedFetch({ fetch, governor, clock: systemClock, credential: credential.id, deadlineMs: OWNER_MS }),
    credential,
  );
  const executor = createExecutor({
    client: createWebexClient({ fetch, credential, clock: systemClock, governor, secrets, log }),
    advice: createAdvice({ catalogue, credential, owner, clock: systemClock }),
    organization: createOrganizationPolicy({
      pinned: config.organization,
      partner: config.partner,
      // With another base URL the upstream may be anything, and is asked only for what it was called for.
      curious: config.baseUrl === undefined && !config.sandbox,
      lookup: (context) => owner.lookup(context),
    }),
    pinnedOrganization: config.organization,
    nextToken: parts.once === true ? undefined : (endpoint, position) => nextToken(seal, endpoint, position),
    fit: shorten,
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
  });
  const audit = auditOf(parts);
  const dispatcher = createDispatcher({
    catalogue,
    executor,
    builtIns: [
      createNextPage({
        seal,
        baseUrl: config.baseUrl,
        findEndpoint: catalogue.find,
        continueList: (endpoint, position, options, context) => executor.readOn(endpoint, position, options, context),
      }),
      createResultTool({ store: results, limit }),
      createWaitForJob({
        pollTools: async () => pollToolsOf(await catalogue.endpoints()),
        callTool: (tool, args, context) => readTool(catalogue, executor, tool, args, context),
        clock: systemClock,
      }),
    ],
    audit,
    profile: config.profile.name,
    auditValues: config.audit.values,
    clock: systemClock,
    deadlineMs: config.deadlineMs,
    fit: shorten,
    log,
  });
  return { catalogue, dispatcher, results, audit };
}
