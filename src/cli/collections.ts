/**
 * Loads the collections that the configuration names.
 *
 * @module
 */

import type { Collection } from "../collection/endpoint.ts";
import { readTextFile } from "./text_file.ts";

/** Two files of one name, or a name that is a feature's, too, must not give two tools one name. */
async function parseApart(
  text: string,
  path: string,
  taken: ReadonlySet<string>,
): Promise<Collection> {
  // Loaded late: a start without further collections needs none of it.
  const { namespaceOf, parseCollection } = await import("../collection/load.ts");
  const namespace = namespaceOf(path);
  for (let number = 1;; number++) {
    const collection = await parseCollection(text, path, number === 1 ? namespace : `${namespace}${number}`);
    if (!collection.endpoints.some(({ tool }) => taken.has(tool))) return collection;
  }
}

async function embedded(): Promise<Collection> {
  // Loaded late: what is prepared is enough for a start, and the first call has time.
  return (await import("../collection/embedded.ts")).embeddedCollection();
}

/**
 * Loads the embedded collection and those in files.
 *
 * @param paths The files' paths.
 * @param read Reads a text file.
 * @returns The collections, the embedded one first; no two of their tools share a name.
 * @throws {UsageError} If a file cannot be read, or is malformed.
 */
export async function loadCollections(
  paths: readonly string[],
  read: (path: string) => Promise<string>,
): Promise<readonly Collection[]> {
  const own = await embedded();
  const collections = [own];
  if (paths.length === 0) return collections;
  const { withKnownFacts } = await import("../collection/known_facts.ts");
  const taken = new Set(collections.flatMap(({ endpoints }) => endpoints.map(({ tool }) => tool)));
  for (const path of paths) {
    const collection = await parseApart(await readTextFile(path, read), path, taken);
    for (const { tool } of collection.endpoints) taken.add(tool);
    collections.push(withKnownFacts(collection, own.endpoints));
  }
  return collections;
}
