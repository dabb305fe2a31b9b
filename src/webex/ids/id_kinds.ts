/**
 * Which kinds of identifiers an argument takes, as far as that is certain.
 *
 * The specification's examples are no source: many of them decode to a wrong kind.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";

/** A kind of object. */
export interface IdKind {
  /** As it stands in an identifier. */
  readonly type: string;
  /** In words, before "id": `a person's`. */
  readonly words: string;
  /** Where such identifiers come from, as `METHOD /path`. */
  readonly source?: string;
}

/** The kinds whose types are known for certain. An identifier of any other type is never refused. */
export const ID_KINDS: Readonly<Record<string, IdKind>> = {
  PEOPLE: { type: "PEOPLE", words: "a person's", source: "GET /people" },
  ORGANIZATION: { type: "ORGANIZATION", words: "an organization's", source: "GET /people/me" },
  LOCATION: { type: "LOCATION", words: "a location's", source: "GET /locations" },
  PLACE: { type: "PLACE", words: "a workspace's", source: "GET /workspaces" },
  VIRTUAL_LINE: { type: "VIRTUAL_LINE", words: "a virtual line's", source: "GET /telephony/config/virtualLines" },
  VIRTUAL_EXTENSION: {
    type: "VIRTUAL_EXTENSION",
    words: "a virtual extension's",
    source: "GET /telephony/config/virtualExtensions",
  },
  CALL_QUEUE: { type: "CALL_QUEUE", words: "a call queue's", source: "GET /telephony/config/queues" },
  HUNT_GROUP: { type: "HUNT_GROUP", words: "a hunt group's", source: "GET /telephony/config/huntGroups" },
  AUTO_ATTENDANT: {
    type: "AUTO_ATTENDANT",
    words: "an auto attendant's",
    source: "GET /telephony/config/autoAttendants",
  },
  DEVICE: { type: "DEVICE", words: "a device's", source: "GET /devices" },
  JOB_ID: { type: "JOB_ID", words: "a job's" },
  TRUNK: { type: "TRUNK", words: "a trunk's", source: "GET /telephony/config/premisePstn/trunks" },
  ROUTE_GROUP: {
    type: "ROUTE_GROUP",
    words: "a route group's",
    source: "GET /telephony/config/premisePstn/routeGroups",
  },
  ROUTE_LIST: { type: "ROUTE_LIST", words: "a route list's", source: "GET /telephony/config/premisePstn/routeLists" },
  DIAL_PLAN: { type: "DIAL_PLAN", words: "a dial plan's", source: "GET /telephony/config/premisePstn/dialPlans" },
  SCHEDULE: { type: "SCHEDULE", words: "a schedule's" },
  CALL_PARK: { type: "CALL_PARK", words: "a call park's" },
  CALL_PICKUP: { type: "CALL_PICKUP", words: "a call pickup's" },
};

/** Whoever has a line. */
const LINE = ["PEOPLE", "PLACE", "VIRTUAL_LINE"] as const;

/** By argument, in lower case: the specification writes some names in two ways. A map, since `constructor` is a name, too. */
const BY_NAME: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>(Object.entries({
  personid: ["PEOPLE"],
  managerid: ["PEOPLE"],
  workspaceid: ["PLACE"],
  placeid: ["PLACE"],
  virtuallineid: ["VIRTUAL_LINE"],
  locationid: ["LOCATION"],
  locationids: ["LOCATION"],
  limittolocationid: ["LOCATION"],
  devicelocationid: ["LOCATION"],
  targetlocationid: ["LOCATION"],
  orgid: ["ORGANIZATION"],
  organizationid: ["ORGANIZATION"],
  onbehalfofsubpartnerorgid: ["ORGANIZATION"],
  queueid: ["CALL_QUEUE"],
  huntgroupid: ["HUNT_GROUP"],
  autoattendantid: ["AUTO_ATTENDANT"],
  deviceid: ["DEVICE"],
  jobid: ["JOB_ID"],
  trunkid: ["TRUNK"],
  routegroupid: ["ROUTE_GROUP"],
  routelistid: ["ROUTE_LIST"],
  dialplanid: ["DIAL_PLAN"],
  scheduleid: ["SCHEDULE"],
  callparkid: ["CALL_PARK"],
  callpickupid: ["CALL_PICKUP"],
  lineownerid: LINE,
  supervisorid: LINE,
  supervisorids: LINE,
  assistantids: LINE,
  agents: LINE,
  hostid: LINE,
  line1memberid: LINE,
  line2memberid: LINE,
  locationmemberid: [...LINE, "HUNT_GROUP"],
}));

/** What is certain only in certain places. */
const BY_PLACE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^memberId \w+ \/telephony\/\w+\/members\/\{/, LINE],
  [/^memberId GET .*\/handsets$/, LINE],
  [/^id POST \/telephony\/config\/locations$/, ["LOCATION"]],
  [/^id GET \/locations$/, ["LOCATION"]],
  [/^id GET \/people$/, ["PEOPLE"]],
  [/^id GET \/telephony\/config\/virtualLines$/, ["VIRTUAL_LINE"]],
  [/^id POST \/telephony\/config\/supervisors$/, LINE],
  [/^extensionId \w+ \/telephony\/config\/virtualExtensions\/\{/, ["VIRTUAL_EXTENSION"]],
];

/** Inside bodies the names say less: a contact's `personId` can be any line's. */
const INSIDE: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>(Object.entries({
  locationid: ["LOCATION"],
  orgid: ["ORGANIZATION"],
  queueid: ["CALL_QUEUE"],
  huntgroupid: ["HUNT_GROUP"],
  personid: LINE,
  userid: LINE,
  line1memberid: LINE,
  line2memberid: LINE,
}));

/**
 * Tells which kinds an argument takes.
 *
 * @param endpoint What is called.
 * @param name The argument's name.
 * @returns The types, or nothing where any kind may be right.
 */
export function kindsOf({ method, path }: Endpoint, name: string): readonly string[] | undefined {
  return BY_PLACE.find(([pattern]) => pattern.test(`${name} ${method} ${path}`))?.[1] ??
    BY_NAME.get(name.toLowerCase());
}

/**
 * Tells which kinds a member inside a body takes.
 *
 * @param name The member's name.
 * @param parent The name of what it is a member of, for example `agents`.
 * @returns The types, or nothing where any kind may be right.
 */
export function kindsInside(name: string, parent = ""): readonly string[] | undefined {
  // A plain "id" says what it is of only together with its place.
  if (name === "id" && parent === "agents") return LINE;
  return INSIDE.get(name.toLowerCase());
}
