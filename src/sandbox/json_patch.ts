/**
 * Applies the small part of JSON Patch (RFC 6902) that Webex takes: operations on members at the top.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";

/**
 * Turns operations into the members that they set.
 *
 * @param body One operation or several; Webex wants one object, whose path can lack the leading slash.
 * @returns The members; a removed one is an empty array, because only lists can be patched.
 */
export function patchedMembers(body: Json | undefined): JsonObject {
  const members: JsonObject = {};
  for (const operation of [body].flat()) {
    if (!isJsonObject(operation) || typeof operation.path !== "string") continue;
    const name = operation.path.replace(/^\//, "");
    members[name] = operation.op === "remove" ? [] : operation.value ?? [];
  }
  return members;
}
