/**
 * Decides which endpoints are visible.
 *
 * @module
 */

import { commandFor } from "../core/command.ts";
import { UsageError } from "../core/errors.ts";
import { guessText } from "../core/guess.ts";
import type { Choice, Selection } from "../config/selection.ts";
import type { Preset } from "../config/presets.ts";
import type { Collection, Endpoint } from "./endpoint.ts";
import { type FeatureNames, featureNamesOf } from "./feature_names.ts";
import { nearestNames } from "./nearest.ts";
import { namesLike } from "./tool_pattern.ts";

/** What is wanted, and whether it may change anything. */
export interface WantedTools extends Selection {
  /** Drops every endpoint that does not promise to change nothing. */
  readonly readOnly: boolean;
}

function guess(wrong: string, known: Iterable<string>): { text: string; nearest: string[] } {
  const nearest = nearestNames(wrong, known);
  return { nearest, text: guessText(nearest, ";") };
}

function unknownFeature(name: string, features: Iterable<string>, source: string): UsageError {
  const { nearest, text } = guess(name, features);
  return new UsageError(`Cannot find feature ${JSON.stringify(name)} of ${source}${text}`, {
    code: "unknown_feature",
    guidance: `Run "${commandFor("tools")}" to see all features.`,
    details: { nearest },
  });
}

function unknownTools(pattern: string, tools: Iterable<string>, source: string): UsageError {
  const { nearest, text } = guess(pattern.replace(/[*?]/g, ""), tools);
  return new UsageError(`Cannot find any tool that matches ${JSON.stringify(pattern)} of ${source}${text}`, {
    code: "unknown_tool",
    guidance: `Run "${commandFor("tools")}" to see all tools; * stands for any letters.`,
    details: { nearest },
  });
}

/** Endpoints by what people call them. */
class Selector {
  readonly #all: readonly Endpoint[];
  readonly #known: FeatureNames;
  /** The endpoints of the collection that comes with the program, which has no namespace. */
  readonly #reviewed: ReadonlySet<Endpoint>;

  constructor(collections: readonly Collection[]) {
    this.#reviewed = new Set(
      collections.filter(({ namespace }) => namespace === "").flatMap(({ endpoints }) => endpoints),
    );
    this.#all = collections.flatMap(({ endpoints }) => endpoints);
    this.#known = featureNamesOf(collections);
  }

  ofFeatures({ names, source }: Choice): Endpoint[] {
    const wanted = new Set<string>();
    for (const name of names) {
      const features = this.#known.every(name);
      if (features.size === 0) throw unknownFeature(name, this.#known.names, source);
      for (const feature of features) wanted.add(feature);
    }
    return this.#all.filter(({ feature }) => wanted.has(feature));
  }

  like({ names, source }: Choice): Endpoint[] {
    return names.flatMap((pattern) => {
      const matches = namesLike(pattern);
      const found = this.#all.filter(({ tool, formerly }) => matches(tool) || formerly?.some(matches) === true);
      if (found.length === 0) throw unknownTools(pattern, this.#all.map(({ tool }) => tool), source);
      return found;
    });
  }

  of({ name, features = [], tools = [], excludeTools = [] }: Preset): Endpoint[] {
    const source = `preset "${name}"`;
    const whole = features.length + tools.length === 0;
    const left = new Set(excludeTools.length === 0 ? [] : this.like({ names: excludeTools, source }));
    const taken = whole
      ? this.#all
      : [...this.ofFeatures({ names: features, source }), ...this.like({ names: tools, source })];
    return taken.filter((endpoint) => !left.has(endpoint));
  }

  select({ readOnly, ...selection }: WantedTools): Endpoint[] {
    const taken = this.#takenBy(selection);
    return this.#all.filter((endpoint) => taken.has(endpoint) && (!readOnly || this.#isRead(endpoint)));
  }

  #takenBy({ features, tools, presets, excludeFeatures, excludeTools, within }: Selection): ReadonlySet<Endpoint> {
    const parts = [
      ...(presets ?? []).map((preset) => this.of(preset)),
      ...(features === undefined ? [] : [this.ofFeatures(features)]),
      ...(tools === undefined ? [] : [this.like(tools)]),
    ];
    const taken = new Set(parts.length === 0 ? this.#all : parts.flat());
    const left = new Set([
      ...(excludeFeatures ?? []).flatMap((choice) => this.ofFeatures(choice)),
      ...(excludeTools ?? []).flatMap((choice) => this.like(choice)),
    ]);
    const allowed = taken.difference(left);
    return within === undefined ? allowed : allowed.intersection(this.#takenBy(within));
  }

  /** That a POST only reads is believed of what was reviewed; a file from elsewhere can say anything. */
  #isRead(endpoint: Endpoint): boolean {
    const { method, facts } = endpoint;
    return facts.kind === "read" && (method === "GET" || method === "HEAD" || this.#reviewed.has(endpoint));
  }
}

/**
 * Selects endpoints: all that a feature, a pattern or a preset names, or all there are where nothing is named, without
 * those that are left out, and within what another selection takes where there is one.
 *
 * @param collections The collections to select from.
 * @param wanted What is wanted. Features match by name, with or without its group, or by alias; case, spaces and
 *   punctuation do not count. Patterns match present and former names of tools.
 * @returns The endpoints in the collections' order.
 * @throws {UsageError} If a feature is unknown, or a pattern matches nothing; the message lists the nearest.
 */
export function selectEndpoints(collections: readonly Collection[], wanted: WantedTools): readonly Endpoint[] {
  return new Selector(collections).select(wanted);
}

/**
 * Tells whether a selection leaves everything in.
 *
 * @param selection The selection.
 * @returns Whether nothing is named and nothing is left out.
 */
export function isWhole({ features, tools, presets = [], excludeFeatures, excludeTools, within }: Selection): boolean {
  return (within === undefined || isWhole(within)) &&
    [features, tools, excludeFeatures, excludeTools].every((choice) => choice === undefined) &&
    presets.every((preset) => (preset.features ?? preset.tools ?? preset.excludeTools) === undefined);
}
