/**
 * Decides which endpoints are visible.
 *
 * @module
 */

import { commandFor } from "../core/command.ts";
import { UsageError } from "../core/errors.ts";
import type { Collection, Endpoint } from "./endpoint.ts";
import { nearestNames } from "./nearest.ts";

/** What is wanted. */
export interface Selection {
  /** Names of features; absent or empty takes all. */
  readonly features?: readonly string[];
  /** Where the names come from, for messages: a flag, a variable or a profile. */
  readonly featuresSource?: string;
  /** Drops every endpoint that does not promise to change nothing. */
  readonly readOnly: boolean;
}

/** Letters and digits only, so that `features hunt-group` finds `Features: Hunt Group`. */
function plain(name: string): string {
  return name.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** What people call `Features: Hunt Group`. */
function withoutGroup(feature: string): string {
  return feature.slice(feature.lastIndexOf(":") + 1).trim();
}

/** Finds a feature's endpoints under each of its names; an alias can stand for several features. */
function featuresByName(
  collections: readonly Collection[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, feature: string) => {
    const key = plain(name);
    found.set(key, (found.get(key) ?? new Set()).add(feature));
  };
  for (const { endpoints, aliases } of collections) {
    const features = new Set(endpoints.map(({ feature }) => feature));
    for (const feature of features) {
      add(feature, feature);
      add(withoutGroup(feature), feature);
      for (const alias of aliases[feature] ?? []) add(alias, feature);
    }
  }
  return found;
}

function unknownFeature(name: string, features: Iterable<string>, source: string | undefined): UsageError {
  const nearest = nearestNames(name, features);
  const guess = nearest.length === 0 ? "" : `; did you mean ${nearest.map((item) => `"${item}"`).join(" or ")}?`;
  const origin = source === undefined ? "" : ` of ${source}`;
  return new UsageError(`Cannot find feature ${JSON.stringify(name)}${origin}${guess}`, {
    code: "unknown_feature",
    guidance: `Run "${commandFor("tools")}" to see all features.`,
    details: { nearest },
  });
}

/** Every name that a feature has, once. */
function allNames(collections: readonly Collection[]): ReadonlySet<string> {
  return new Set(collections.flatMap(({ endpoints, aliases }) => [
    ...endpoints.map(({ feature }) => withoutGroup(feature)),
    ...Object.values(aliases).flat(),
  ]));
}

function wantedFeatures(
  collections: readonly Collection[],
  names: readonly string[],
  source: string | undefined,
): ReadonlySet<string> {
  const known = featuresByName(collections);
  const wanted = new Set<string>();
  for (const name of names) {
    const features = known.get(plain(name));
    if (features === undefined) {
      throw unknownFeature(name, allNames(collections), source);
    }
    for (const feature of features) wanted.add(feature);
  }
  return wanted;
}

/**
 * Selects endpoints.
 *
 * @param collections The collections to select from.
 * @param selection What is wanted. Features match by name, with or without its group, or by alias; case, spaces and punctuation do not count.
 * @returns The endpoints in the collections' order.
 * @throws {UsageError} If a feature is unknown; the message lists the nearest.
 */
export function selectEndpoints(
  collections: readonly Collection[],
  selection: Selection,
): readonly Endpoint[] {
  const all = collections.flatMap(({ endpoints }) => endpoints);
  const names = selection.features ?? [];
  const wanted = names.length === 0 ? undefined : wantedFeatures(collections, names, selection.featuresSource);
  return all.filter(({ feature, facts }) =>
    (wanted === undefined || wanted.has(feature)) &&
    (!selection.readOnly || facts.kind === "read")
  );
}
