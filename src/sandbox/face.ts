/**
 * What other objects repeat of an object: its name, numbers and place.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";

/** An object as others refer to it; every member is a field name that schemas use. */
export type Face = Readonly<Record<string, Json>>;

/** The words by which the telephony endpoints call kinds of objects. */
export const OWNER_TYPES: Readonly<Record<string, string>> = {
  autoAttendants: "AUTO_ATTENDANT",
  huntGroups: "HUNT_GROUP",
  paging: "PAGING_GROUP",
  people: "PEOPLE",
  queues: "CALL_QUEUE",
  virtualLines: "VIRTUAL_LINE",
  voicemailGroups: "VOICEMAIL_GROUP",
  workspaces: "PLACE",
};

/**
 * Reads a text member.
 *
 * @param object Any JSON object.
 * @param name The member's name.
 * @returns The text, or `undefined` when it is absent, empty or no text.
 */
export function text(object: JsonObject | Face | undefined, name: string): string | undefined {
  const value = object?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * Reads a member that is an object.
 *
 * @param object Any JSON object.
 * @param name The member's name.
 */
export function part(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

/**
 * Reads a member that is an array, leaving out what isn't an object.
 *
 * @param object Any JSON object.
 * @param name The member's name.
 */
export function parts(object: JsonObject | undefined, name: string): JsonObject[] {
  const value = object?.[name];
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/**
 * Finds an object's direct number, wherever its kind keeps it.
 *
 * @param doc The object.
 */
export function directNumber(doc: JsonObject): string | undefined {
  const work = parts(doc, "phoneNumbers").find((entry) => entry.type === "work");
  return text(doc, "phoneNumber") ?? text(work, "value") ?? text(part(doc, "number"), "external");
}

/**
 * Finds an object's extension, wherever its kind keeps it.
 *
 * @param doc The object.
 */
export function extensionOf(doc: JsonObject): string | undefined {
  const work = parts(doc, "phoneNumbers").find((entry) => entry.type === "work_extension");
  return text(doc, "extension") ?? text(part(doc, "number"), "extension") ?? text(work, "value");
}

function defined(members: Record<string, Json | undefined>): Record<string, Json> {
  const face: Record<string, Json> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) face[name] = value;
  return face;
}

/**
 * Makes the face of an object.
 *
 * @param kind The kind of object, for example `huntGroups`.
 * @param doc The object; `id` is set.
 * @param location The face of its location, if it has one.
 */
export function faceOf(kind: string, doc: JsonObject, location: Face | undefined): Face {
  const full = [text(doc, "firstName"), text(doc, "lastName")].filter((word) => word !== undefined).join(" ");
  const name = text(doc, "displayName") ?? text(doc, "name") ?? (full === "" ? undefined : full);
  const phoneNumber = directNumber(doc);
  const extension = extensionOf(doc);
  const prefix = text(location, "routingPrefix") ?? text(doc, "routingPrefix");
  const esn = extension === undefined || prefix === undefined ? undefined : `${prefix}${extension}`;
  const lines = defined({
    external: phoneNumber,
    directNumber: phoneNumber,
    extension,
    routingPrefix: prefix,
    esn,
    primary: true,
  });
  const hasLine = phoneNumber !== undefined || extension !== undefined;
  const emails = Array.isArray(doc.emails) ? doc.emails : undefined;
  const locationId = text(location, "id");
  const locationName = text(location, "name");
  const place = locationId === undefined
    ? {}
    : { location: defined({ id: locationId, name: locationName }), locationId, locationName };
  return defined({
    ...place,
    id: doc.id,
    name,
    displayName: text(doc, "displayName") ?? name,
    firstName: text(doc, "firstName") ?? name,
    lastName: text(doc, "lastName") ?? (name === undefined ? undefined : "."),
    phoneNumber,
    extension,
    routingPrefix: prefix,
    esn,
    email: emails?.[0],
    emails,
    type: OWNER_TYPES[kind],
    number: hasLine ? lines : undefined,
    numbers: hasLine ? [lines] : undefined,
    phoneNumbers: hasLine ? [lines] : undefined,
    mac: doc.mac,
    model: text(doc, "model") ?? text(doc, "product"),
    timeZone: text(doc, "timeZone") ?? text(location, "timeZone"),
  });
}
