/**
 * Tells what harm a change can do: from the facts of its endpoint, and of what answers calls also from what is sent.
 *
 * @module
 */

import { apiPathOf } from "../../collection/api_path.ts";
import type { Endpoint } from "../../collection/endpoint.ts";
import { isJsonObject, type Json } from "../../core/json.ts";

/**
 * A kind of harm.
 *
 * - `deletes`: one object goes.
 * - `deletes_many`: what belongs to an object or to the organization goes at once.
 * - `destructive`: something is deleted, replaced or interrupted by a call that is no DELETE.
 * - `organization_wide`: a setting of everybody.
 * - `location_wide`: a setting of everybody in a location.
 * - `routing`: which way calls take, for everybody.
 * - `emergency`: whom emergency calls reach, and where help is sent.
 * - `numbers`: numbers change hands, or go out of service.
 * - `location`: a location, or calling in it, ends.
 * - `out_of_service`: what answers calls for many is switched off, or left without anybody to answer.
 */
export type RiskKind =
  | "deletes"
  | "deletes_many"
  | "destructive"
  | "organization_wide"
  | "location_wide"
  | "routing"
  | "emergency"
  | "numbers"
  | "location"
  | "out_of_service";

/** A kind of harm, in words. */
export interface Risk {
  readonly kind: RiskKind;
  /** One sentence for the person who decides, without a period. */
  readonly words: string;
}

/** Which endpoints a kind of harm is found in; the first that says something specific stands first. */
interface Rule extends Risk {
  readonly holds: (endpoint: Located) => boolean;
}

/** An endpoint by its path below the version of the API, however its document divides the address. */
type Located = Pick<Endpoint, "method" | "path" | "feature" | "facts">;

const EMERGENCY_REGEXP = /emergency|redsky|e911/i;
const NUMBERS_REGEXP =
  /^\/telephony\/(?:config\/jobs\/numbers\/|config\/(?:locations|people|workspaces)\/\{[^}]*\}\/numbers$|pstn\/.*\/numbers$)/;
const LOCATION_REGEXP = /^\/telephony\/config\/jobs\/locations\/deleteCallingLocation(?:$|\/.*\/resume\/)/;

const ROUTING_REGEXP =
  /^\/telephony\/config\/(?:premisePstn\/(?:trunks|routeGroups|routeLists|dialPlans)\/\{|(?:locations\/\{[^}]*\}\/)?callRouting\/translationPatterns(?:\/|$)|premisePstn\/dialPlans$)/;
/** Below one location and without a further id; with one it is about an object in the location. */
const LOCATION_WIDE_REGEXP = /^(?:\/telephony\/config)?\/locations\/\{[^}]*\}(?:\/[^{}]*)?$/;
/** What everybody in a location may dial, in what language it speaks, what it plays: whatever the method, also with an id. */
const LOCATION_RULES_REGEXP =
  /^\/telephony\/config\/(?:locations\/\{[^}]*\}\/(?:outgoingPermission|actions)\/|announcements\/playlists\/\{[^}]*\}\/locations$)/;
/** The id is of a supplier, and the setting is the organization's. */
const SUPPLIER_REGEXP = /^\/telephony\/config\/callRecording\/vendors\/\{[^}]*\}\//;
/** Whatever shares out calls among many. */
const ANSWERING_REGEXP = /\/locations\/\{[^}]*\}\/(?:huntGroups|queues|autoAttendants|paging)\/\{[^}]*\}$/;

function isReplacement(method: string): boolean {
  return method === "PUT" || method === "PATCH";
}

function endsInId(path: string): boolean {
  return /\}\/*$/.test(path);
}

/** Stopping a job only keeps things as they are; adding numbers takes none away. */
function touchesNumbers({ method, path }: Located): boolean {
  if (!NUMBERS_REGEXP.test(path) || path.includes("/actions/pause/")) return false;
  return method !== "POST" || !path.startsWith("/telephony/config/locations/");
}

const RULES: readonly Rule[] = [
  {
    kind: "location",
    words: "Ends a location, or calling in it",
    holds: ({ method, path }) =>
      LOCATION_REGEXP.test(path) || (method === "DELETE" && /^\/locations\/\{[^}]*\}$/.test(path)),
  },
  {
    kind: "emergency",
    words: "Changes emergency calling: whom such calls reach, or where help is sent",
    holds: ({ path, feature }) => EMERGENCY_REGEXP.test(path) || EMERGENCY_REGEXP.test(feature),
  },
  {
    kind: "numbers",
    words: "Moves phone numbers, changes their kind, or takes them out of service",
    holds: touchesNumbers,
  },
  {
    kind: "organization_wide",
    words: "Changes a setting of the whole organization",
    holds: ({ method, path }) =>
      isReplacement(method) && (SUPPLIER_REGEXP.test(path) || (!path.includes("{") && !/\/me(?:\/|$)/.test(path))),
  },
  {
    kind: "routing",
    words: "Changes which way calls take, for everybody who is concerned",
    holds: ({ method, path }) => method !== "DELETE" && ROUTING_REGEXP.test(path),
  },
  {
    kind: "location_wide",
    words: "Changes a setting of everybody in the location",
    holds: ({ method, path }) =>
      (isReplacement(method) && LOCATION_WIDE_REGEXP.test(path)) ||
      (method !== "DELETE" && LOCATION_RULES_REGEXP.test(path)),
  },
  {
    kind: "deletes_many",
    words: "Deletes several things at once; that cannot be undone",
    holds: ({ method, path }) => method === "DELETE" && !endsInId(path),
  },
  {
    kind: "deletes",
    words: "Deletes it; that cannot be undone",
    holds: ({ method, path }) => method === "DELETE" && endsInId(path),
  },
  {
    kind: "destructive",
    words: "Deletes, replaces or interrupts something",
    holds: ({ method, facts }) => method !== "DELETE" && facts.destructive,
  },
];

const OUT_OF_SERVICE: Risk = {
  kind: "out_of_service",
  words: "Switches it off, or leaves nobody to answer: its calls are not answered any more",
};

/** Who is in a group stands under the one name or the other. */
const ANSWERERS = ["agents", "targets"];

function isOutOfService(body: Json | undefined): boolean {
  if (!isJsonObject(body)) return false;
  return body.enabled === false || ANSWERERS.some((name) => Array.isArray(body[name]) && body[name].length === 0);
}

function sharesOutCalls(endpoint: Endpoint): boolean {
  return isReplacement(endpoint.method) && ANSWERING_REGEXP.test(apiPathOf(endpoint));
}

/**
 * Finds the harm that a call of an endpoint can do.
 *
 * @param endpoint The endpoint.
 * @param body What is sent; without it, only what follows from the endpoint is found.
 * @returns The kinds, the most telling first; empty for reads, and for changes that are easily taken back.
 */
export function risksOf(endpoint: Endpoint, body?: Json): readonly Risk[] {
  if (endpoint.facts.kind === "read") return [];
  const located = { ...endpoint, path: apiPathOf(endpoint) };
  const found = RULES.filter(({ holds }) => holds(located)).map(({ kind, words }) => ({ kind, words }));
  return sharesOutCalls(endpoint) && isOutOfService(body) ? [OUT_OF_SERVICE, ...found] : found;
}

/**
 * Tells whether every call of an endpoint can do harm.
 *
 * @param endpoint The endpoint.
 * @returns Whether somebody should be asked before it.
 */
export function isRisky(endpoint: Endpoint): boolean {
  return risksOf(endpoint).length > 0;
}

/**
 * Tells whether some calls of an endpoint can do harm.
 *
 * @param endpoint The endpoint.
 * @returns Whether somebody may have to be asked before it.
 */
export function canBeRisky(endpoint: Endpoint): boolean {
  return endpoint.facts.kind === "write" && (sharesOutCalls(endpoint) || isRisky(endpoint));
}
