/**
 * Builds what commands work with out of the configuration.
 *
 * @module
 */

import type { Collection } from "../collection/endpoint.ts";
import { selectEndpoints } from "../collection/selection.ts";
import type { Config } from "../config/config.ts";
import type { Fetch } from "../core/fetch.ts";
import type { Log } from "../core/log.ts";
import { type Catalogue, createCatalogue, createPreparedCatalogue } from "../tools/catalogue.ts";
import { preparedDefinitions } from "../tools/prepared.ts";
import { createExecutor, type Executor } from "../tools/executor.ts";
import { createWebexClient } from "../webex/client.ts";
import { createCredential } from "../webex/credential.ts";
import { loadCollections } from "./collections.ts";
import type { System } from "./system.ts";
import { guardTokenFile } from "./token_guard.ts";

/** The simulated organization takes any token; the real one stays out of it. */
const SANDBOX_TOKEN = "sandbox";

/** The tools, and what calls them. */
export interface Assembly {
  readonly catalogue: Catalogue;
  readonly executor: Executor;
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
  if (config.collections.length === 0 && features.length === 0 && schema === "full") {
    return createPreparedCatalogue(() => preparedDefinitions(readOnly), load);
  }
  return createCatalogue(await load(), schema);
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

/**
 * Makes everything that is needed to call tools. Nothing is sent, and no token is read, before the first call.
 *
 * @param config The configuration.
 * @param system The outside of the program.
 * @param log Receives what happens.
 * @returns The catalogue and the executor.
 * @throws {UsageError} If a collection cannot be read, or a feature is unknown.
 */
export async function assemble(config: Config, system: System, log: Log): Promise<Assembly> {
  const collections = collectionsOf(config, system);
  const catalogue = await catalogueOf(config, collections);
  const { token, tokenFile } = config;
  const { readTextFile } = system;
  const credential = config.sandbox ? createCredential({ token: SANDBOX_TOKEN, readTextFile }) : createCredential({
    readTextFile,
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
  });
  const fetch = config.sandbox ? sandboxFetch(collections) : system.fetch;
  const executor = createExecutor({
    client: createWebexClient({ fetch, credential }),
    baseUrl: config.baseUrl,
    validation: config.validation,
    readFile: guardTokenFile(system.readFile, system.realPath, tokenFile),
    log,
  });
  return { catalogue, executor };
}
