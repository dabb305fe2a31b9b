/**
 * The catalogue by feature and by operation, made when it is first asked for.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { createFeatureNames } from "../collection/feature_names.ts";
import { nearestNames } from "../collection/nearest.ts";
import type { Catalogue } from "./catalogue.ts";

/** A feature's own tools in the order of the catalogue. */
export interface Feature {
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
}

/** The catalogue from other sides than the tools' names. */
export interface CatalogueIndex {
  /** All features that have a tool here, in the order of the catalogue. */
  features(): Promise<readonly Feature[]>;
  /** The features that a name means, or an alias stands for; case, blanks and punctuation don't count. */
  matching(name: string): Promise<readonly Feature[]>;
  /** The features whose names come closest to one that doesn't exist. */
  nearest(name: string): Promise<readonly string[]>;
  /** Finds tools by operations, given as `METHOD /path`. */
  operations(): Promise<(operation: string) => string | undefined>;
}

/** Gives other names under which features are known, by feature. */
export type Aliases = () => Promise<Readonly<Record<string, readonly string[]>>>;

interface Sides {
  readonly features: readonly Feature[];
  readonly operations: ReadonlyMap<string, string>;
}

function sidesOf(endpoints: readonly Endpoint[]): Sides {
  const groups = Map.groupBy(endpoints, ({ feature }) => feature);
  return {
    features: [...groups].map(([name, members]) => ({ name, endpoints: members })),
    // The first one wins: further collections come after the embedded one.
    operations: new Map(endpoints.toReversed().map(({ method, path, tool }) => [`${method} ${path}`, tool])),
  };
}

/**
 * Makes the index of a catalogue.
 *
 * @param catalogue The tools that are selected.
 * @param aliases Other names of features; those of features that are not selected don't matter.
 */
export function createCatalogueIndex(catalogue: Pick<Catalogue, "endpoints">, aliases: Aliases): CatalogueIndex {
  let sides: Promise<Sides> | undefined;
  const load = () => sides ??= catalogue.endpoints().then(sidesOf);

  async function names() {
    const { features } = await load();
    const known = await aliases();
    const present = features.map(({ name }) => name);
    return createFeatureNames([{
      features: present,
      aliases: Object.fromEntries(present.map((name) => [name, Object.hasOwn(known, name) ? known[name] ?? [] : []])),
    }]);
  }

  return {
    features: async () => (await load()).features,
    async matching(name) {
      const meant = (await names()).closest(name);
      return (await load()).features.filter((feature) => meant.has(feature.name));
    },
    nearest: async (name) => nearestNames(name, (await names()).names),
    async operations() {
      const { operations } = await load();
      return (operation) => operations.get(operation);
    },
  };
}
