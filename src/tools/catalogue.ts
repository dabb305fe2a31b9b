/**
 * The tools that are listed and callable: chosen at start-up, never changed after it.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { nearestByWords } from "../collection/nearest.ts";
import type { Absence } from "./absence.ts";
import { compactDefinition } from "./definitions/compact.ts";
import { defineTool, type ListedTool } from "./definitions/definition.ts";

/** How much the listed definitions say. */
export type SchemaDetail = "full" | "compact";

/** A fixed set of tools. */
export interface Catalogue {
  /** How many tools there are. */
  readonly size: number;
  /** The endpoints of all tools. */
  endpoints(): Promise<readonly Endpoint[]>;
  /** The endpoint behind a tool; a name of an earlier release will do. */
  find(tool: string): Promise<Endpoint | undefined>;
  /** The tools whose names come closest to one that doesn't exist. */
  nearest(tool: string): string[];
  /** Why a tool that exists is not in the catalogue. */
  readonly absence: Absence;
  /** All definitions in the order of their names, made at the first call. */
  definitions(): readonly ListedTool[];
}

const nowhere: Absence = () => Promise.resolve(undefined);

function byName(a: { readonly tool: string }, b: { readonly tool: string }): number {
  return a.tool < b.tool ? -1 : 1;
}

function define(endpoints: readonly Endpoint[], schema: SchemaDetail): readonly ListedTool[] {
  return endpoints.toSorted(byName).map((endpoint) => {
    const definition = defineTool(endpoint);
    return schema === "full" ? definition : compactDefinition(endpoint, definition);
  });
}

/** Gives the result of `make`, made at the first call. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Present names win over former ones. */
function indexOf(endpoints: readonly Endpoint[]): ReadonlyMap<string, Endpoint> {
  const former = endpoints.flatMap((endpoint) => (endpoint.formerly ?? []).map((name) => [name, endpoint] as const));
  return new Map([...former, ...endpoints.map((endpoint) => [endpoint.tool, endpoint] as const)]);
}

/**
 * Makes a catalogue whose definitions were made beforehand. Its endpoints are not needed before the first call, which is
 * most of the time until a client sees the list.
 *
 * @param prepared Gives the definitions of the same endpoints.
 * @param load Loads the endpoints, once.
 * @param absence Tells of tools that are left out.
 * @returns The catalogue.
 */
export function createPreparedCatalogue(
  prepared: () => readonly ListedTool[],
  load: () => Promise<readonly Endpoint[]>,
  absence: Absence = nowhere,
): Catalogue {
  const definitions = lazily(prepared);
  const endpoints = lazily(load);
  const index = lazily(async () => indexOf(await endpoints()));
  return {
    get size() {
      return definitions().length;
    },
    endpoints,
    find: async (tool) => (await index()).get(tool),
    nearest: (tool) => nearestByWords(tool, definitions().map(({ name }) => name)),
    absence,
    definitions,
  };
}

/**
 * Makes a catalogue.
 *
 * @param endpoints The endpoints to show; their tools' names are unique.
 * @param schema How much the definitions say; `compact` leaves out what a client can do without.
 * @param absence Tells of tools that are left out.
 * @returns The catalogue.
 */
export function createCatalogue(endpoints: readonly Endpoint[], schema: SchemaDetail, absence?: Absence): Catalogue {
  return createPreparedCatalogue(() => define(endpoints, schema), () => Promise.resolve(endpoints), absence);
}
