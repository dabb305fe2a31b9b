/**
 * What an endpoint does, and whose settings it is about.
 *
 * Both are read off its method and path, so they hold for any API that is built of resources.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";

/** What an endpoint does: `act` is anything that is neither reading nor keeping an object. */
export type Deed = "list" | "get" | "create" | "update" | "delete" | "act";

/** Whose settings it is about; `none` where its path doesn't tell. */
export type Owner = "me" | "person" | "workspace" | "virtual line" | "location" | "organization" | "none";

const LIST_TITLE_REGEXP = /^(?:(?:read|get|fetch|retrieve|search)\s+)?(?:the\s+|a\s+)?(?:list|search)\b/i;
const PLURAL_END_REGEXP = /\/[\w.-]*s$/;

/** The paths that tell an owner, the more specific first. */
const OWNERS: readonly (readonly [path: RegExp, owner: Owner])[] = [
  [/\/me(?:\/|$)/, "me"],
  [/\/(?:people|users|members)(?:\/|$)/, "person"],
  [/\/workspaces(?:\/|$)/, "workspace"],
  [/\/virtualLines(?:\/|$)/, "virtual line"],
  [/\/locations(?:\/|$)/, "location"],
  [/^\/telephony\/config\/(?!jobs\/)/, "organization"],
];

function readDeed({ facts, path, title }: Endpoint): Deed {
  if (path.endsWith("}")) return "get";
  if (facts.list !== undefined || LIST_TITLE_REGEXP.test(title)) return "list";
  return PLURAL_END_REGEXP.test(path) && !/settings$/i.test(path) ? "list" : "get";
}

/**
 * Tells what an endpoint does.
 *
 * @param endpoint The endpoint.
 * @returns The deed; a `PUT` whose title or name says that it deletes is a deletion.
 */
export function deedOf(endpoint: Endpoint): Deed {
  const { method, facts, title, tool } = endpoint;
  if (facts.kind === "read") return readDeed(endpoint);
  if (method === "DELETE" || /^delete\b/i.test(title) || /_delete_/.test(tool)) return "delete";
  if (method === "PUT" || method === "PATCH") return "update";
  return /^(?:create|add)\b/i.test(title) || !isDoing(endpoint.path) ? "create" : "act";
}

/** `POST /calls/hold` does something; `POST /calls` makes a call. */
function isDoing(path: string): boolean {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return /\/(?:actions|jobs)\//.test(path) || (!last.endsWith("}") && !last.endsWith("s"));
}

function ownerOf({ path }: Pick<Endpoint, "path">): Owner {
  return OWNERS.find(([pattern]) => pattern.test(path))?.[1] ?? "none";
}

/** By which a list of the whole organization can be narrowed down to what is in one place. */
const PLACE_FILTERS: ReadonlySet<string> = new Set(["locationId", "limitToLocationId", "locationName"]);

/**
 * Tells whose settings an endpoint is about.
 *
 * @param endpoint The endpoint.
 * @returns The owner; of a list that can be narrowed down to a location, the location, too.
 */
export function ownersOf(endpoint: Pick<Endpoint, "path" | "parameters" | "facts">): readonly Owner[] {
  const owner = ownerOf(endpoint);
  const isList = endpoint.facts.list !== undefined && owner !== "location";
  const narrows = isList && endpoint.parameters.some((one) => one.in === "query" && PLACE_FILTERS.has(one.name));
  return narrows ? [owner, "location"] : [owner];
}
