/**
 * Finds features by the names that people use for them.
 *
 * @module
 */

import type { Collection } from "./endpoint.ts";

/** The features of one collection. */
export interface NamedFeatures {
  readonly features: Iterable<string>;
  /** Other names under which a feature is known, by feature. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** Features by their names; case, blanks and punctuation never count. */
export interface FeatureNames {
  /** Every feature that a name can mean, by its own name, without its group, or by an alias; empty for none. */
  every(name: string): ReadonlySet<string>;
  /** The features that a name means most closely: a feature's own name wins over one without its group, and that over an alias. */
  closest(name: string): ReadonlySet<string>;
  /** The names to suggest: each feature without its group, and all aliases. */
  readonly names: ReadonlySet<string>;
}

/** Letters and digits only, so that `features hunt-group` finds `Features: Hunt Group`. */
function plain(name: string): string {
  return name.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** What people call `Features: Hunt Group`. */
function withoutGroup(feature: string): string {
  return feature.slice(feature.lastIndexOf(":") + 1).trim();
}

class Names {
  readonly #features = new Map<string, Set<string>>();

  add(name: string, feature: string): void {
    const key = plain(name);
    this.#features.set(key, (this.#features.get(key) ?? new Set()).add(feature));
  }

  get(name: string): ReadonlySet<string> {
    return this.#features.get(plain(name)) ?? new Set();
  }
}

/**
 * Makes the index of names.
 *
 * @param collections The features of all collections; an alias can stand for several features.
 */
export function createFeatureNames(collections: Iterable<NamedFeatures>): FeatureNames {
  const [own, short, other] = [new Names(), new Names(), new Names()];
  const suggested: string[] = [];
  const others: string[] = [];
  for (const { features, aliases } of collections) {
    for (const feature of features) {
      own.add(feature, feature);
      short.add(withoutGroup(feature), feature);
      suggested.push(withoutGroup(feature));
      for (const alias of aliases[feature] ?? []) other.add(alias, feature);
    }
    others.push(...Object.values(aliases).flat());
  }
  return {
    every: (name) => new Set([own, short, other].flatMap((names) => [...names.get(name)])),
    closest: (name) => [own, short, other].map((names) => names.get(name)).find(({ size }) => size > 0) ?? new Set(),
    names: new Set([...suggested, ...others]),
  };
}

/**
 * Makes the index of names of whole collections.
 *
 * @param collections The collections.
 */
export function featureNamesOf(collections: readonly Collection[]): FeatureNames {
  return createFeatureNames(collections.map(({ endpoints, aliases }) => ({
    features: new Set(endpoints.map(({ feature }) => feature)),
    aliases,
  })));
}
