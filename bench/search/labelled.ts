/**
 * Requests with the tools that are right for them, and how well a search does on them.
 *
 * @module
 */

import { parse } from "yaml";
import type { Finder } from "./plain_search.ts";

/** A request, and the tools of which any is right. */
export interface Labelled {
  readonly request: string;
  readonly tools: readonly string[];
}

/** How well a search does. */
export interface Quality {
  /** The share of requests with a right tool among the first so many. */
  readonly recall: Readonly<Record<"1" | "5" | "10", number>>;
  /** The mean of one divided by the rank of the first right tool. */
  readonly reciprocal: number;
  /** Milliseconds of a search. */
  readonly median: number;
  readonly p95: number;
}

function isLabelled(value: unknown): value is Labelled {
  return typeof value === "object" && value !== null && "request" in value && typeof value.request === "string" &&
    "tools" in value && Array.isArray(value.tools) && value.tools.length > 0 &&
    value.tools.every((tool) => typeof tool === "string");
}

/**
 * Reads labelled requests.
 *
 * @param path A YAML file: a list of `{ request, tools }`.
 * @returns The requests, or `undefined` if there is no such file.
 * @throws {TypeError} If the file holds anything else.
 */
export async function readLabelled(path: URL | string): Promise<readonly Labelled[] | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  const list: unknown = parse(text);
  if (!Array.isArray(list) || !list.every(isLabelled)) {
    throw new TypeError(`Cannot read "${path}": expected a list of { request, tools }`);
  }
  return list;
}

/**
 * Finds the rank of the first right tool.
 *
 * @param found The tools that were found, the best first.
 * @param labelled The request.
 * @returns The rank, from 1; `Infinity` if no right tool was found.
 */
export function rankOf(found: readonly string[], { tools }: Labelled): number {
  const at = found.findIndex((tool) => tools.includes(tool));
  return at < 0 ? Infinity : at + 1;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * Measures a search.
 *
 * @param finder The search.
 * @param labelled The requests.
 * @returns Its quality.
 */
export function measure(finder: Finder, labelled: readonly Labelled[]): Quality {
  for (const { request } of labelled) finder(request);
  const times: number[] = [];
  const ranks = labelled.map((item) => {
    const begin = performance.now();
    const found = finder(item.request);
    times.push(performance.now() - begin);
    return rankOf(found, item);
  });
  times.sort((a, b) => a - b);
  const within = (most: number) => ranks.filter((rank) => rank <= most).length / ranks.length;
  return {
    recall: { "1": within(1), "5": within(5), "10": within(10) },
    reciprocal: ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length,
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
}
