/**
 * Identifiers as Webex writes them: base64 of `ciscospark://us/TYPE/uuid`.
 *
 * @module
 */

import { uuid } from "./random.ts";

const URI_REGEXP = /^ciscospark:\/\/[^/]+\/([A-Z_]+)\/(.+)$/;
const BARE_REGEXP = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-Fa-f]{12}|\+?\d{4,20})$/i;

const TYPES: Readonly<Record<string, string>> = {
  autoAttendants: "AUTO_ATTENDANT",
  callParkExtensions: "CALL_PARK_EXTENSION",
  callParks: "CALL_PARK",
  callPickups: "CALL_PICKUP",
  devices: "DEVICE",
  huntGroups: "HUNT_GROUP",
  jobs: "JOB_ID",
  licenses: "LICENSE",
  locations: "LOCATION",
  organizations: "ORGANIZATION",
  paging: "PAGING_GROUP",
  people: "PEOPLE",
  queues: "CALL_QUEUE",
  virtualLines: "VIRTUAL_LINE",
  workspaces: "PLACE",
};

/** What an identifier tells. */
export interface DecodedId {
  /** For example `PEOPLE`. */
  readonly type: string;
  /** Mostly a UUID. */
  readonly value: string;
}

/**
 * Names the type that identifiers of a kind of object carry.
 *
 * @param kind The last literal segment of the collection's path, for example `huntGroups`.
 * @returns For example `HUNT_GROUP`.
 */
export function idType(kind: string): string {
  const known = TYPES[kind];
  if (known !== undefined) return known;
  return kind.replace(/([a-z])([A-Z])/g, "$1_$2").replace(/ies$/, "y").replace(/s$/, "").replace(/\W+/g, "_")
    .toUpperCase();
}

/**
 * Makes an identifier.
 *
 * @param kind The last literal segment of the collection's path.
 * @param key What its UUID follows from.
 * @returns The identifier, without padding.
 */
export function makeId(kind: string, key: string): string {
  return encodeId(idType(kind), uuid(`${kind}:${key}`));
}

/**
 * Writes an identifier.
 *
 * @param type For example `PEOPLE`.
 * @param value Mostly a UUID; ASCII only.
 */
export function encodeId(type: string, value: string): string {
  return btoa(`ciscospark://us/${type}/${value}`).replace(/=+$/, "");
}

/**
 * Reads an identifier; padding and both base64 alphabets are accepted, as Webex does.
 *
 * @param id The identifier.
 * @returns Its parts, or `undefined` if it isn't one.
 */
export function decodeId(id: string): DecodedId | undefined {
  try {
    const [, type, value] = URI_REGEXP.exec(atob(id.replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, ""))) ?? [];
    return type === undefined || value === undefined ? undefined : { type, value };
  } catch {
    return undefined;
  }
}

/**
 * Brings an identifier into the form that {@linkcode makeId} writes, so that padding makes no difference.
 *
 * @param id The identifier as it came.
 */
export function normalId(id: string): string {
  const decoded = decodeId(id);
  return decoded === undefined ? id : encodeId(decoded.type, decoded.value);
}

/**
 * Tells whether a text could be an identifier at all: a Webex one, a UUID, a MAC address or a number.
 *
 * @param id The text.
 */
export function isWellFormedId(id: string): boolean {
  return BARE_REGEXP.test(id) || decodeId(id) !== undefined;
}
