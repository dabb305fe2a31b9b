/**
 * Founds the simulated organization: locations, people, rooms, phones, and what calls pass through.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import { encodeId, makeId } from "./ids.ts";
import { Dispenser, type Founding } from "./founding.ts";
import { hex, pick, uuid } from "./random.ts";
import { DEPARTMENTS, LOCATIONS, MAIL_DOMAIN, ORGANIZATION_NAME, PHONES, type SeedLocation } from "./seed_data.ts";
import { seedFeatures } from "./seed_features.ts";
import type { Item } from "./store.ts";

/** The kinds that are known completely after the founding. */
export const COMPLETE_KINDS: ReadonlySet<string> = new Set([
  "autoAttendants",
  "devices",
  "huntGroups",
  "locations",
  "people",
  "queues",
  "routeGroups",
  "trunks",
  "virtualLines",
  "workspaces",
]);

/** How many numbers each location has, with and without an owner. */
const NUMBERS_PER_LOCATION = 24;
const CREATED = "2024-03-11T08:00:00.000Z";

function licenseId(name: string, seed: string): string {
  return encodeId("LICENSE", `${uuid(`${seed}:license:${name}`)}:BC${name}_${uuid(`${seed}:offer`)}`);
}

function addLocation(founding: Founding, location: SeedLocation, main: string): Item {
  const { name, timeZone, language, prefix, country, city, state, street, postalCode } = location;
  const { store, organizationId, seed } = founding;
  const doc: JsonObject = {
    name,
    orgId: organizationId,
    timeZone,
    preferredLanguage: language,
    announcementLanguage: language,
    address: { address1: street, city, state, postalCode, country },
    routingPrefix: prefix,
    outsideDialDigit: "9",
    enforceOutsideDialDigit: false,
    callingLineId: { name, phoneNumber: main },
    externalCallerIdName: name,
    userLimit: 500,
    defaultDomain: "calling.webex.com",
    e911SetupRequired: false,
  };
  return store.add("/locations", "locations", makeId("locations", `${seed}:${name}`), doc);
}

function addPerson(
  founding: Founding,
  name: string,
  place: Item,
  line: { phoneNumber: string; extension: string },
): Item {
  const { store, organizationId, seed } = founding;
  const [firstName = name, lastName = ""] = name.split(" ");
  const mailbox = name.normalize("NFD").replace(/\p{M}/gu, "").replace(/ı/g, "i").replace(/[^A-Za-z ]/g, "")
    .toLowerCase().replace(" ", ".");
  const email = `${mailbox}@${MAIL_DOMAIN}`;
  const isFirst = store.ofKind("people").length === 0;
  const doc: JsonObject = {
    emails: [email],
    phoneNumbers: [
      { type: "work", value: line.phoneNumber, primary: true },
      { type: "work_extension", value: line.extension, primary: false },
    ],
    extension: line.extension,
    locationId: place.id,
    displayName: name,
    nickName: firstName,
    firstName,
    lastName,
    orgId: organizationId,
    roles: isFirst ? [encodeId("ROLE", "id_full_admin")] : [],
    licenses: [licenseId(store.ofKind("people").length % 6 === 5 ? "STD" : "PRO", seed)],
    department: pick(`${seed}:${name}`, DEPARTMENTS) ?? "Sales",
    siteUrls: [],
    sipAddresses: [{ type: "cloud-calling", value: email, primary: true }],
    created: CREATED,
    lastModified: CREATED,
    timezone: place.doc.timeZone ?? "UTC",
    announcementLanguage: place.doc.announcementLanguage ?? "en_us",
    status: "active",
    invitePending: false,
    loginEnabled: true,
    type: "person",
  };
  return store.add("/people", "people", makeId("people", `${seed}:${name}`), doc);
}

function addWorkspace(
  founding: Founding,
  name: string,
  place: Item,
  line: { phoneNumber: string; extension: string },
): Item {
  const { store, organizationId, seed } = founding;
  const doc: JsonObject = {
    displayName: name,
    orgId: organizationId,
    locationId: place.id,
    workspaceLocationId: place.id,
    capacity: 6,
    type: "meetingRoom",
    created: CREATED,
    calling: { type: "webexCalling", webexCalling: { licenses: [licenseId("WSP", seed)] } },
    calendar: { type: "none" },
    hotdeskingStatus: "off",
    supportedDevices: "phones",
    phoneNumber: line.phoneNumber,
    extension: line.extension,
  };
  return store.add("/workspaces", "workspaces", makeId("workspaces", `${seed}:${name}`), doc);
}

function addDevice(founding: Founding, owner: Item): void {
  const { store, organizationId, seed } = founding;
  const key = `${seed}:${owner.id}:phone`;
  const product = pick(key, PHONES) ?? "Cisco 8845";
  const id = makeId("devices", key);
  const doc: JsonObject = {
    displayName: owner.doc.displayName ?? "",
    [owner.kind === "people" ? "personId" : "workspaceId"]: owner.id,
    ...(owner.kind === "people" ? {} : { placeId: owner.id }),
    orgId: organizationId,
    locationId: owner.doc.locationId ?? "",
    connectionStatus: "connected",
    product,
    model: `DMS ${product}`,
    type: "phone",
    tags: [],
    mac: `AC7E8A${hex(key, 6).toUpperCase()}`,
    capabilities: [],
    permissions: [],
    errorCodes: [],
    created: CREATED,
    managedBy: "CISCO",
    devicePlatform: "cisco",
    callingDeviceId: id,
  };
  store.add("/devices", "devices", id, doc);
}

/**
 * Founds the organization.
 *
 * @param founding Where its objects and numbers go.
 * @returns The person that the token belongs to.
 */
export function foundOrganization(founding: Founding): Item {
  const { store, numbers, organizationId } = founding;
  store.add("/organizations", "organizations", organizationId, {
    displayName: ORGANIZATION_NAME,
    name: ORGANIZATION_NAME,
  });
  const places = LOCATIONS.map((location) => {
    const dispenser = new Dispenser(location);
    const place = addLocation(founding, location, dispenser.at(0));
    for (let position = 0; position < NUMBERS_PER_LOCATION; position++) numbers.put(dispenser.at(position), place.id);
    numbers.put(dispenser.at(NUMBERS_PER_LOCATION), place.id, "INACTIVE");
    const people = location.people.map((name) => addPerson(founding, name, place, dispenser.take()));
    const rooms = location.workspaces.map((name) => addWorkspace(founding, name, place, dispenser.take()));
    for (const owner of [...people, ...rooms]) addDevice(founding, owner);
    return { place, people, dispenser };
  });
  seedFeatures(founding, places);
  const me = places[0]?.people[0];
  if (me === undefined) throw new Error("Cannot found the organization: expected a person in the first location");
  return me;
}
