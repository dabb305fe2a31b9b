/**
 * The tools that are listed and callable: chosen at start-up, never changed after it.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { nearestNames } from "../collection/nearest.ts";
import { compactDefinition } from "./compact.ts";
import { defineTool, type ListedTool, type ToolDefinition } from "./definition.ts";

/** How much the listed definitions say. */
export type SchemaDetail = "full" | "compact";

/** How the catalogue presents its tools. */
export interface CatalogueOptions {
  /** `compact` leaves out what a client can do without. */
  readonly schema: SchemaDetail;
  /**
   * The complete definitions of the same endpoints, made beforehand. With them the endpoints are not needed before the
   * first call, which is most of the time until a client sees the list.
   */
  readonly definitions?: () => readonly ToolDefinition[];
}

/** A fixed set of tools. */
export interface Catalogue {
  /** How many tools there are. */
  readonly size: number;
  /** The endpoints of all tools. */
  readonly endpoints: readonly Endpoint[];
  /** The endpoint behind a tool; a name of an earlier release will do. */
  find(tool: string): Endpoint | undefined;
  /** The tools whose names come closest to one that doesn't exist. */
  nearest(tool: string): string[];
  /** All definitions in the order of their names, made at the first call. */
  definitions(): readonly ListedTool[];
}

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

/**
 * Makes a catalogue.
 *
 * @param select Gives the endpoints to show, whose tools' names are unique; called when they are needed.
 * @param options How to present them.
 * @returns The catalogue.
 */
export function createCatalogue(select: () => readonly Endpoint[], options: CatalogueOptions): Catalogue {
  const { schema, definitions: prepared } = options;
  const endpoints = lazily(select);
  const byTool = lazily(() => new Map(endpoints().map((endpoint) => [endpoint.tool, endpoint])));
  const byFormerName = lazily(() =>
    new Map(endpoints().flatMap((endpoint) => (endpoint.formerly ?? []).map((name) => [name, endpoint])))
  );
  const definitions = lazily(() =>
    prepared !== undefined && schema === "full" ? prepared() : define(endpoints(), schema)
  );
  return {
    get size() {
      return prepared === undefined ? endpoints().length : definitions().length;
    },
    get endpoints() {
      return endpoints();
    },
    find: (tool) => byTool().get(tool) ?? byFormerName().get(tool),
    nearest: (tool) => nearestNames(tool, byTool().keys()),
    definitions,
  };
}
