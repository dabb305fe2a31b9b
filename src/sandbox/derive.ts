/**
 * Lists that follow from other things: who or which number is available, whose devices, and what is invented.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import type { Face } from "./face.ts";
import { lineEntries } from "./numbers.ts";
import type { Entry } from "./respond.ts";
import { type Call, pathOf } from "./world.ts";

type Scope = Readonly<Record<string, Face>>;

const INVENTED = 3;
const PEOPLE_REGEXP = /^(available(Members|Users|Agents|Supervisors|Assistants)|agents)$/;
const NUMBERS_REGEXP = /^(availableNumbers|assignedNumbers)$|\/guestCalling\/numbers$/;
/** Numbers that are in use can be chosen here: calls are sent to them, or they are shown. */
const TAKEN_REGEXP =
  /callForwarding|callIntercept|emergencyCallbackNumber|externalCallerId|chargeNumber|assignedNumbers/i;

function people(call: Call, scope: Scope): Entry[] {
  const { store } = call.world;
  const home = call.params.locationId === undefined ? undefined : scope.locations?.id;
  return store.ofKind("people")
    .map((item) => store.face(item))
    .filter((face) => home === undefined || face.locationId === home)
    .map((face) => ({ key: `${pathOf(call.segments)}#${face.id}`, given: { ...face } }));
}

/** The devices of the person, workspace or virtual line on the path. */
function devices(call: Call, scope: Scope): Entry[] {
  const { store } = call.world;
  const owner = scope.people ?? scope.workspaces ?? scope.virtualLines;
  const name = scope.people !== undefined ? "personId" : "workspaceId";
  return store.ofKind("devices")
    .filter((item) => item.doc[name] === owner?.id)
    .map((item) => {
      const details: JsonObject = {
        primaryOwner: true,
        owner: { ...owner },
        type: "PRIMARY",
        description: [String(item.doc.product ?? "")],
      };
      return { key: `${item.collection}/${item.id}`, given: { ...store.face(item), ...details } };
    });
}

/**
 * Makes the entries of a list that has no objects of its own.
 *
 * @param call The request.
 * @param scope The objects on its path.
 */
export function deriveEntries(call: Call, scope: Scope): Entry[] {
  const { template } = call.plan;
  const path = pathOf(call.segments);
  const last = call.segments.at(-1) ?? "";
  if (NUMBERS_REGEXP.test(template) || last === "availableNumbers") {
    const place = scope.locations?.id;
    const lines = lineEntries(call.world.store, call.world.numbers)
      .filter((line) => place === undefined || line.locationId === place)
      .filter((line) => line.phoneNumber !== undefined && (line.owner === undefined || TAKEN_REGEXP.test(template)));
    return lines.map(({ phoneNumber = "", extension, state, isMainNumber, owner }) => {
      const known = {
        phoneNumber,
        state,
        isMainNumber,
        mainNumber: isMainNumber,
        tollFreeNumber: false,
        isServiceNumber: false,
      };
      return {
        key: `${path}#${phoneNumber}`,
        given: {
          ...known,
          ...(extension === undefined ? {} : { extension }),
          ...(owner === undefined ? {} : { owner: { ...owner } }),
        },
        lean: true,
      };
    });
  }
  if (PEOPLE_REGEXP.test(last)) return people(call, scope);
  if (last === "devices" && (scope.people ?? scope.workspaces ?? scope.virtualLines) !== undefined) {
    return devices(call, scope);
  }
  return Array.from({ length: INVENTED }, (_, index) => ({ key: `${path}[${index}]` }));
}
