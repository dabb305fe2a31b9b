/**
 * Sets up what calls pass through in the simulated organization: groups, queues, menus, opening hours and trunks.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import { text } from "./face.ts";
import { makeId } from "./ids.ts";
import type { Dispenser, Founding } from "./founding.ts";
import type { Item } from "./store.ts";

/** A location with those who work there. */
export interface SeedPlace {
  readonly place: Item;
  readonly people: readonly Item[];
  readonly dispenser: Dispenser;
}

function add(founding: Founding, place: Item, kind: string, name: string, doc: JsonObject): Item {
  const id = makeId(kind, `${founding.seed}:${place.id}:${name}`);
  return founding.store.add(`/locations/${place.id}/${kind}`, kind, id, { name, enabled: true, ...doc });
}

function common({ place, dispenser }: SeedPlace): JsonObject {
  return {
    ...dispenser.take(),
    timeZone: place.doc.timeZone ?? "UTC",
    languageCode: place.doc.announcementLanguage ?? "en_us",
    alternateNumbers: [],
  };
}

function agents(people: readonly Item[]): JsonObject[] {
  return people.map((person) => ({ id: person.id }));
}

function addGroups(founding: Founding, seed: SeedPlace): void {
  const { place, people } = seed;
  const city = text(place.doc, "name")?.split(" ")[0] ?? "";
  add(founding, place, "huntGroups", `${city} Sales`, {
    ...common(seed),
    callPolicies: { policy: "CIRCULAR", waitingEnabled: false },
    agents: agents(people.slice(0, 3)),
  });
  add(founding, place, "queues", `${city} Support`, {
    ...common(seed),
    hasCxEssentials: false,
    callPolicies: { policy: "UNIFORM" },
    queueSettings: { queueSize: 25 },
    agents: agents(people.slice(1, 5)),
  });
  if (people.length < 5) return;
  add(founding, place, "huntGroups", `${city} Front Desk`, {
    ...common(seed),
    callPolicies: { policy: "SIMULTANEOUS", waitingEnabled: true },
    agents: agents(people.slice(3, 5)),
  });
}

function addHours(founding: Founding, { place }: SeedPlace): void {
  const { store, seed } = founding;
  const path = `/locations/${place.id}/schedules`;
  const schedules: readonly (readonly [string, string, JsonObject])[] = [
    ["businessHours", "Opening Hours", {
      name: "Weekdays",
      startDate: "2026-01-05",
      endDate: "2026-01-05",
      startTime: "09:00",
      endTime: "17:30",
      allDayEnabled: false,
      recurrence: {
        recurForEver: true,
        recurWeekly: {
          sunday: false,
          monday: true,
          tuesday: true,
          wednesday: true,
          thursday: true,
          friday: true,
          saturday: false,
        },
      },
    }],
    ["holidays", "Public Holidays", {
      name: "New Year",
      startDate: "2027-01-01",
      endDate: "2027-01-01",
      allDayEnabled: true,
    }],
  ];
  for (const [type, name, event] of schedules) {
    const item = store.add(path, "schedules", makeId("schedules", `${seed}:${place.id}:${name}`), { name, type });
    const events = `${path}/${type}/${item.id}/events`;
    store.add(events, "events", makeId("events", `${seed}:${events}`), event);
  }
}

function addMenu(founding: Founding, seed: SeedPlace): void {
  const { place } = seed;
  const menu = { greeting: "DEFAULT", extensionEnabled: true, keyConfigurations: [{ key: "0", action: "EXIT" }] };
  add(founding, place, "autoAttendants", `${text(place.doc, "name")} Menu`, {
    ...common(seed),
    phoneNumber: seed.dispenser.at(0),
    businessSchedule: "Opening Hours",
    holidaySchedule: "Public Holidays",
    extensionDialing: "ENTERPRISE",
    nameDialing: "ENTERPRISE",
    businessHoursMenu: menu,
    afterHoursMenu: menu,
  });
}

function addVirtualLine(founding: Founding, seed: SeedPlace, firstName: string, lastName: string): void {
  const { phoneNumber, extension } = seed.dispenser.take();
  const { place } = seed;
  const doc: JsonObject = {
    firstName,
    lastName,
    displayName: `${firstName} ${lastName}`,
    number: { external: phoneNumber, extension, primary: true },
    location: { id: place.id, name: place.doc.name ?? "", address: place.doc.address ?? {} },
    timeZone: place.doc.timeZone ?? "UTC",
    announcementLanguage: place.doc.announcementLanguage ?? "en_us",
    directorySearchEnabled: true,
    numberOfDevicesAssigned: 0,
  };
  founding.store.add(
    "/telephony/config/virtualLines",
    "virtualLines",
    makeId("virtualLines", `${founding.seed}:${firstName} ${lastName}`),
    doc,
  );
}

function addTrunks(founding: Founding, places: readonly SeedPlace[]): void {
  const { store, seed, organizationId } = founding;
  const base = "/telephony/config/premisePstn";
  const trunks = places.slice(0, 2).map(({ place }, index) => {
    const name = `${text(place.doc, "name")?.split(" ")[0]} Gateway`;
    const doc: JsonObject = {
      name,
      location: { id: place.id, name: place.doc.name ?? "" },
      inUse: true,
      trunkType: index === 0 ? "REGISTERING" : "CERTIFICATE_BASED",
      isRestrictedToDedicatedInstance: false,
    };
    return { item: store.add(`${base}/trunks`, "trunks", makeId("trunks", `${seed}:${name}`), doc), place };
  });
  const localGateways = trunks.map(({ item, place }, index) => ({
    id: item.id,
    name: item.doc.name ?? "",
    locationId: place.id,
    priority: index + 1,
  }));
  const doc: JsonObject = {
    name: "Main Route Group",
    inUse: true,
    organization: { id: organizationId },
    localGateways,
  };
  const group = store.add(`${base}/routeGroups`, "routeGroups", makeId("routeGroups", `${seed}:main`), doc);
  for (const { place } of places) place.doc.connection = { type: "ROUTE_GROUP", id: group.id };
}

/**
 * Sets up the features of all locations.
 *
 * @param founding Where they go.
 * @param places The locations with their people.
 */
export function seedFeatures(founding: Founding, places: readonly SeedPlace[]): void {
  for (const seed of places) {
    addGroups(founding, seed);
    addHours(founding, seed);
    addMenu(founding, seed);
  }
  const [first, second] = places;
  if (first !== undefined) addVirtualLine(founding, first, "Night", "Line");
  if (second !== undefined) addVirtualLine(founding, second, "Overflow", "Line");
  addTrunks(founding, places);
}
