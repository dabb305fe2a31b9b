/**
 * Makes the catalogue of the tools that the configuration selects.
 *
 * @module
 */

import type { Collection } from "../collection/endpoint.ts";
import { isWhole, selectEndpoints } from "../collection/selection.ts";
import type { Config } from "../config/config.ts";
import { absenceFrom, absenceWithin, type ServerTools } from "../tools/absence.ts";
import { type Catalogue, createCatalogue, createPreparedCatalogue } from "../tools/catalogue.ts";
import { preparedDefinitions } from "../tools/definitions/prepared.ts";
import { loadCollections } from "./collections.ts";
import { nothingSelected } from "./selection_error.ts";
import type { System } from "./system.ts";

/** Gives all collections, loaded when they are first needed. */
export type Collections = () => Promise<readonly Collection[]>;

/** Gives the catalogue of whoever has no policy. */
export type ServerCatalogue = () => Promise<ServerTools>;

/** A catalogue, and the collections that it is chosen from. */
export interface AssembledCatalogue {
  readonly catalogue: Catalogue;
  readonly collections: Collections;
}

/**
 * Makes what gives all collections.
 *
 * @param config Names those beside the embedded one.
 * @param system The outside of the program.
 * @returns Loads them at its first call, and again after one that failed.
 */
export function collectionsOf(config: Config, system: Pick<System, "readTextFile">): Collections {
  let collections: Promise<readonly Collection[]> | undefined;
  async function load(): Promise<readonly Collection[]> {
    try {
      return await loadCollections(config.collections, system.readTextFile);
    } catch (error) {
      // A file that was wrong may be mended by the next time.
      collections = undefined;
      throw error;
    }
  }
  return () => collections ??= load();
}

/** Only the whole embedded collection is prepared; anything else has to be read and defined at start. */
async function catalogueOf(config: Config, collections: Collections, server?: ServerCatalogue): Promise<Catalogue> {
  const { selection, readOnly, schema } = config;
  const load = async () => selectEndpoints(await collections(), { ...selection, readOnly });
  const absence = server === undefined
    ? absenceFrom(async () => (await collections()).flatMap(({ endpoints }) => endpoints), readOnly)
    : absenceWithin(server, readOnly);
  if (config.collections.length === 0 && isWhole(selection) && schema === "full") {
    return createPreparedCatalogue(() => preparedDefinitions(readOnly), load, absence);
  }
  const endpoints = await load();
  if (endpoints.length === 0) throw nothingSelected(config);
  return createCatalogue(endpoints, schema, absence);
}

/**
 * Makes the catalogue.
 *
 * @param config The configuration.
 * @param system The outside of the program.
 * @param collections All collections, where they are at hand.
 * @param server The catalogue of whoever has no policy, where this one is for a caller who has one.
 * @returns The catalogue.
 * @throws {UsageError} If a collection cannot be read, a feature is unknown, a pattern matches no tool, or no tool is
 *   left.
 */
export async function assembleCatalogue(
  config: Config,
  system: Pick<System, "readTextFile">,
  collections: Collections = collectionsOf(config, system),
  server?: ServerCatalogue,
): Promise<AssembledCatalogue> {
  return { catalogue: await catalogueOf(config, collections, server), collections };
}
