/**
 * The phone numbers of the organization: which there are, where, and who has them.
 *
 * @module
 */

import type { Json, JsonObject } from "../core/json.ts";
import { type Answer, Refusal } from "./answer.ts";
import { directNumber, extensionOf, type Face, OWNER_TYPES, part, text } from "./face.ts";
import type { NumberPool } from "./number_pool.ts";
import { respond, respondList } from "./respond.ts";
import type { Store } from "./store.ts";
import { type Call, scopeOf } from "./world.ts";

const NUMBER_REGEXP = /^\+[1-9]\d{6,14}$/;

/** A number or extension with its owner. */
export interface Line {
  readonly phoneNumber: string | undefined;
  readonly extension: string | undefined;
  readonly state: "ACTIVE" | "INACTIVE";
  readonly isMainNumber: boolean;
  readonly locationId: string;
  readonly owner: Face | undefined;
}

function owners(store: Store): Line[] {
  return Object.keys(OWNER_TYPES).flatMap((kind) => store.ofKind(kind)).flatMap((item): Line[] => {
    const face = store.face(item);
    const [phoneNumber, extension] = [directNumber(item.doc), extensionOf(item.doc)];
    if (typeof face.locationId !== "string" || (phoneNumber === undefined && extension === undefined)) return [];
    return [{ phoneNumber, extension, state: "ACTIVE", isMainNumber: false, locationId: face.locationId, owner: face }];
  });
}

/**
 * Lists all numbers and extensions: those with an owner first, then the free ones.
 *
 * @param store The objects, some of which own numbers.
 * @param pool All numbers.
 */
export function lineEntries(store: Store, pool: NumberPool): Line[] {
  const main = new Set(store.ofKind("locations").map((item) => text(part(item.doc, "callingLineId"), "phoneNumber")));
  const owned = owners(store).map((line) => ({
    ...line,
    state: line.phoneNumber === undefined ? line.state : pool.get(line.phoneNumber)?.state ?? line.state,
    isMainNumber: line.phoneNumber !== undefined && main.has(line.phoneNumber),
  }));
  const taken = new Set(owned.map((line) => line.phoneNumber));
  const free = [...pool.entries()].filter(([phoneNumber]) => !taken.has(phoneNumber)).map((
    [phoneNumber, { locationId, state }],
  ) => ({
    phoneNumber,
    extension: undefined,
    state,
    isMainNumber: main.has(phoneNumber),
    locationId,
    owner: undefined,
  }));
  return [...owned, ...free];
}

function describe(call: Call, line: Line): JsonObject {
  const { store } = call.world;
  const location = store.byId(line.locationId)?.doc;
  const prefix = text(location, "routingPrefix");
  const { owner, extension, phoneNumber } = line;
  const known: Record<string, Json | undefined> = {
    phoneNumber,
    extension,
    routingPrefix: extension === undefined ? undefined : prefix,
    esn: extension === undefined || prefix === undefined ? undefined : `${prefix}${extension}`,
    state: line.state,
    phoneNumberType: phoneNumber === undefined ? undefined : "PRIMARY",
    mainNumber: line.isMainNumber,
    tollFreeNumber: false,
    isServiceNumber: false,
    location: { id: line.locationId, name: text(location, "name") ?? "" },
    owner: owner === undefined ? undefined : {
      id: owner.id ?? "",
      type: owner.type ?? "",
      firstName: owner.firstName ?? "",
      lastName: owner.lastName ?? "",
    },
  };
  return JSON.parse(JSON.stringify(known));
}

function isWanted(line: Line, query: URLSearchParams): boolean {
  const available = query.get("available");
  if (available !== null && (line.owner === undefined) !== (available === "true")) return false;
  const kind = query.get("numberType");
  return kind === null || (kind === "NUMBER" ? line.phoneNumber : line.extension) !== undefined;
}

/** `GET /telephony/config/numbers`. */
export function listNumbers(call: Call): Answer {
  const { store, numbers } = call.world;
  const lines = lineEntries(store, numbers);
  const wanted = lines.filter((line) => isWanted(line, call.url.searchParams));
  const entries = wanted.map((line) => ({
    key: `/numbers/${line.phoneNumber ?? line.extension}`,
    given: describe(call, line),
    lean: true,
  }));
  const assigned = lines.filter((line) => line.owner !== undefined && line.phoneNumber !== undefined).length;
  const extensionOnly = lines.filter((line) => line.phoneNumber === undefined).length;
  const count = {
    assigned,
    unAssigned: lines.length - assigned - extensionOnly,
    inActive: lines.filter((line) => line.state === "INACTIVE").length,
    extensionOnly,
    tollFreeNumbers: 0,
    total: lines.length,
    mobileNumber: 0,
    serviceNumber: 0,
  };
  return respondList(call, entries, {
    scope: {},
    ...(call.url.searchParams.get("details") === "true" ? { around: { count } } : {}),
  });
}

function bodyNumbers(call: Call): string[] {
  const { body } = call;
  const list = typeof body === "object" && body !== null && !Array.isArray(body) ? body.phoneNumbers : undefined;
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
}

/** `POST`, `PUT` and `DELETE /telephony/config/locations/{locationId}/numbers`: adds, activates and removes numbers. */
export function changeNumbers(call: Call): Answer {
  const scope = scopeOf(call);
  const { numbers, store } = call.world;
  const place = String(scope.locations?.id ?? "");
  const wanted = bodyNumbers(call);
  const lines = new Map(lineEntries(store, numbers).map((line) => [line.phoneNumber, line]));
  for (const phoneNumber of wanted) {
    if (call.endpoint.method === "POST") {
      if (!NUMBER_REGEXP.test(phoneNumber)) {
        throw new Refusal(400, `Invalid phone number: ${phoneNumber}`, { errorCode: 5028 });
      }
      if (lines.has(phoneNumber)) throw new Refusal(409, `Number already exists: ${phoneNumber}`, { errorCode: 5000 });
      continue;
    }
    const line = lines.get(phoneNumber);
    // Webex reports this business error with a gateway's status.
    if (line === undefined) throw new Refusal(502, `Number does not exist: ${phoneNumber}`, { errorCode: 4251 });
    if (call.endpoint.method === "DELETE" && (line.owner !== undefined || line.isMainNumber)) {
      throw new Refusal(409, `Number is in use: ${phoneNumber}`, { errorCode: 4253 });
    }
  }
  for (const phoneNumber of wanted) {
    if (call.endpoint.method === "DELETE") numbers.remove(phoneNumber);
    else numbers.put(phoneNumber, place, isInactive(call) ? "INACTIVE" : "ACTIVE");
  }
  return respond(call, { scope });
}

function isInactive({ body }: Call): boolean {
  return typeof body === "object" && body !== null && !Array.isArray(body) && body.state === "INACTIVE";
}

/** `POST /telephony/config/actions/validateNumbers/invoke`. */
export function validateNumbers(call: Call): Answer {
  const { store, numbers } = call.world;
  const taken = new Set(lineEntries(store, numbers).map((line) => line.phoneNumber));
  const seen = new Set<string>();
  const results = bodyNumbers(call).map((number) => {
    const state = !NUMBER_REGEXP.test(number)
      ? "Invalid"
      : seen.has(number)
      ? "Duplicate In List"
      : taken.has(number)
      ? "Duplicate"
      : "Available";
    seen.add(number);
    return { number, state, tollFreeNumber: false, detail: [] };
  });
  const status = results.every((result) => result.state === "Available") ? "OK" : "ERRORS";
  return respond(call, { scope: {}, given: { status, numbers: results } });
}
