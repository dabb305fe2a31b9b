/**
 * Decides which object of the organization a field speaks of.
 *
 * @module
 */

import type { Face } from "./face.ts";
import { hash } from "./random.ts";
import type { Store } from "./store.ts";

const PEOPLE =
  /^(agents?|members?|people|persons?|users?|owner|assistants?|assignedAssistants|supervisors?|hosts?|guest|manager|executives?|parkedAgainst|availableMembers|usersList|contacts)$/i;

const KINDS: readonly (readonly [RegExp, string])[] = [
  [PEOPLE, "people"],
  [/locations?$/i, "locations"],
  [/^(workspaces?|places?)$/i, "workspaces"],
  [/^devices?$/i, "devices"],
  [/huntGroups?$/i, "huntGroups"],
  [/^(call)?queues?$/i, "queues"],
  [/^autoAttendants?$/i, "autoAttendants"],
  [/^virtualLines?$/i, "virtualLines"],
  [/^(trunks?|localGateways?)$/i, "trunks"],
  [/^routeGroups?$/i, "routeGroups"],
  [/^organization$/i, "organizations"],
];

const ID_KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(person|user|sourceUser|owner|agent|host|manager|creator|supervisor|member|assistant|lineOwner)id$/i, "people"],
  [/location_?id$/i, "locations"],
  [/^(workspace|place)id$/i, "workspaces"],
  [/^(calling)?deviceid$/i, "devices"],
  [/^(call)?queueid$/i, "queues"],
  [/^huntgroupid$/i, "huntGroups"],
  [/^autoattendantid$/i, "autoAttendants"],
  [/^virtuallineid$/i, "virtualLines"],
  [/^trunkid$/i, "trunks"],
  [/^routegroupid$/i, "routeGroups"],
];

/**
 * Names the kind of object that an object or array of this name holds.
 *
 * @param name The field's name, for example `agents`.
 * @returns The kind, or `undefined` if the name tells none.
 */
export function kindOfField(name: string): string | undefined {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1];
}

/**
 * Names the kind of object that a field of this name identifies.
 *
 * @param name The field's or parameter's name, for example `personId`.
 */
export function kindOfIdField(name: string): string | undefined {
  return ID_KINDS.find(([pattern]) => pattern.test(name))?.[1];
}

/** Chooses objects of the organization; the same key always means the same one. */
export class Cast {
  readonly #store: Store;
  readonly #faces = new Map<string, readonly Face[]>();
  #version = -1;
  /** The organization's identifier. */
  readonly organizationId: string;

  /**
   * @param store Where the objects are.
   * @param organizationId The organization's identifier.
   */
  constructor(store: Store, organizationId: string) {
    this.#store = store;
    this.organizationId = organizationId;
  }

  /**
   * Chooses an object.
   *
   * @param kind For example `people`.
   * @param key What the choice follows from.
   * @param offset Moves on from the chosen one, so that the members of one array differ.
   * @returns Its face, or `undefined` if there is none of that kind.
   */
  choose(kind: string, key: string, offset = 0): Face | undefined {
    const faces = this.#facesOf(kind);
    return faces[(hash(key) + offset) % Math.max(1, faces.length)];
  }

  /** The face of a known object. */
  known(id: string): Face | undefined {
    const item = this.#store.byId(id);
    return item && this.#store.face(item);
  }

  /** The faces of a kind, kept until something changes: a list asks for them hundreds of times. */
  #facesOf(kind: string): readonly Face[] {
    if (this.#version !== this.#store.version) this.#faces.clear();
    this.#version = this.#store.version;
    let faces = this.#faces.get(kind);
    if (faces === undefined) {
      faces = this.#store.ofKind(kind).filter((item) => !item.created).map((item) => this.#store.face(item));
      this.#faces.set(kind, faces);
    }
    return faces;
  }
}
