/**
 * Decides which endpoints are visible.
 *
 * @module
 */

import { commandFor } from "../core/command.ts";
import { UsageError } from "../core/errors.ts";
import type { Collection, Endpoint } from "./endpoint.ts";
import { createFeatureNames } from "./feature_names.ts";
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

function wantedFeatures(
  collections: readonly Collection[],
  names: readonly string[],
  source: string | undefined,
): ReadonlySet<string> {
  const known = createFeatureNames(collections.map(({ endpoints, aliases }) => ({
    features: new Set(endpoints.map(({ feature }) => feature)),
    aliases,
  })));
  const wanted = new Set<string>();
  for (const name of names) {
    const features = known.every(name);
    if (features.size === 0) throw unknownFeature(name, known.names, source);
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
