/**
 * Names the object that a change concerns, so that changes of the same one don't run side by side.
 *
 * @module
 */

import { argumentsOf } from "../../collection/arguments.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import type { JsonObject } from "../../core/json.ts";
import { textOf } from "../requests/query.ts";

/** Who has settings, devices and numbers; wherever they are named, it is they whom a change concerns. */
const OWNERS: ReadonlySet<string> = new Set(["personId", "workspaceId", "placeId", "virtualLineId", "memberId"]);

const PLACEHOLDER_REGEXP = /^\{([^{}]+)\}$/;

/** Webex accepts its ids with and without padding, in both alphabets of base64. */
function normalized(id: string): string {
  return id.trim().replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
}

function ownerOf(endpoint: Endpoint, args: JsonObject): string | undefined {
  for (const { name, key } of argumentsOf(endpoint)) {
    const value = args[name];
    if (OWNERS.has(key) && typeof value === "string" && value !== "") return `id:${normalized(value)}`;
  }
  return undefined;
}

/** The path's segments, up to and including its last parameter; those of a bare collection: all. */
function significant(path: string): readonly string[] {
  const segments = path.split("/").filter((segment) => segment !== "");
  const last = segments.findLastIndex((segment) => PLACEHOLDER_REGEXP.test(segment));
  if (last < 0) return segments;
  // Two features of a location have nothing to do with each other.
  return segments.slice(0, segments[last] === "{locationId}" ? last + 2 : last + 1);
}

/**
 * Names the object that a call changes.
 *
 * @param endpoint The endpoint.
 * @param args The arguments by their names.
 * @returns The same text for calls that must not run side by side; `undefined` for reads.
 */
export function targetOf(endpoint: Endpoint, args: JsonObject): string | undefined {
  if (endpoint.facts.kind === "read") return undefined;
  const owner = ownerOf(endpoint, args);
  if (owner !== undefined) return owner;
  const names = new Map(
    argumentsOf(endpoint).filter(({ place }) => place === "path").map(({ key, name }) => [key, name]),
  );
  const segments = significant(endpoint.path).map((segment) => {
    const key = PLACEHOLDER_REGEXP.exec(segment)?.[1];
    return key === undefined ? segment : normalized(textOf(args[names.get(key) ?? key] ?? ""));
  });
  return `/${segments.join("/")}`;
}
