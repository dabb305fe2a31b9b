/**
 * Codes that people dial to be let through: added one by one or together, and removed by a list.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { type Answer, Refusal } from "./answer.ts";
import { parts } from "./face.ts";
import { respond, respondList } from "./respond.ts";
import { successOf } from "./success.ts";
import { type Call, pathOf, scopeOf } from "./world.ts";

/** The codes that a body brings: one at its top, or one or several as `accessCodes`. */
function brought(body: JsonObject): JsonObject[] {
  if (isJsonObject(body.accessCodes)) return [body.accessCodes];
  return typeof body.code === "string" ? [body] : parts(body, "accessCodes");
}

/** All methods of `…/outgoingPermission/accessCodes`. */
export function handleAccessCodes(call: Call): Answer {
  const scope = scopeOf(call);
  const { store } = call.world;
  const path = pathOf(call.segments);
  const body: JsonObject = isJsonObject(call.body) ? call.body : {};
  const codes = parts(store.document(path), "accessCodes");
  const write = (accessCodes: Json[]) => store.write(path, { accessCodes });
  switch (call.endpoint.method) {
    case "GET": {
      const isList = call.endpoint.facts.list !== undefined;
      if (isList) {
        return respondList(call, codes.map((given) => ({ key: `${path}/${given.code}`, given, lean: true })), {
          scope,
        });
      }
      return respond(call, { scope, given: { accessCodes: codes } });
    }
    case "POST": {
      const fresh = brought(body);
      const twice = fresh.find((entry) => codes.some((code) => code.code === entry.code));
      if (twice !== undefined) throw new Refusal(409, `Access code exists already: ${String(twice.code)}`);
      write([...codes, ...fresh]);
      break;
    }
    case "PUT": {
      const gone = new Set(Array.isArray(body.deleteCodes) ? body.deleteCodes : []);
      write(codes.filter((entry) => entry.code === undefined || !gone.has(entry.code)));
      break;
    }
    default:
      write([]);
  }
  return { status: successOf(call.endpoint).status };
}
