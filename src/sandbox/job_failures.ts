/**
 * What fails in jobs: numbers that do not exist, and everything in a job that has the word "fail" in it.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { parts } from "./face.ts";
import type { Item } from "./store.ts";
import type { Call } from "./world.ts";

/** One thing that failed. */
export interface JobFailure {
  readonly item: string;
  /** The HTTP status that Webex gives it. */
  readonly key: string;
  readonly code: string;
  readonly description: string;
}

const FAIL_REGEXP = /\bfail/i;

/** All texts in a value. */
function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether a request, or an object that it names, asks for a failure. */
function asksForFailure(call: Call): boolean {
  const texts = [...textsIn(call.body), ...Object.values(call.params)];
  return texts.some((text) => {
    const name = call.world.store.byId(text)?.doc.name;
    return FAIL_REGEXP.test(text) || (typeof name === "string" && FAIL_REGEXP.test(name));
  });
}

function missingNumbers(call: Call, body: JsonObject): JobFailure[] {
  return parts(body, "numberList").flatMap(({ numbers }) => Array.isArray(numbers) ? numbers : [])
    .filter((number) => typeof number === "string" && call.world.numbers.get(number) === undefined)
    .map((number) => ({
      item: String(number),
      key: "404",
      code: "4251",
      description: `The number ${number} does not exist in the source location`,
    }));
}

/**
 * Decides what will fail in a job.
 *
 * @param call The request that starts it.
 * @param body The job's own description.
 * @param name The job's name.
 */
export function failuresOf(call: Call, body: JsonObject, name: string): JobFailure[] {
  const things = [
    ...parts(body, "usersList").flatMap((list) => parts(list, "users")).map(({ userId }) => String(userId)),
    ...parts(body, "numberList").flatMap(({ numbers }) => Array.isArray(numbers) ? numbers.map(String) : []),
  ];
  if (asksForFailure(call)) {
    const description = "The change could not be made, as its name asks for";
    return (things.length === 0 ? [name] : things).map((item) => ({ item, key: "409", code: "1026006", description }));
  }
  return missingNumbers(call, body);
}

/**
 * Writes a failure as an item of a job's list of errors.
 *
 * @param failure What failed.
 * @param index Its position, from 0.
 * @param job The job.
 */
export function failureItem({ item, key, code, description }: JobFailure, index: number, job: Item): JsonObject {
  return {
    item,
    itemNumber: index + 1,
    trackingId: job.doc.trackingId ?? "",
    error: { key, message: [{ code, description, locationId: job.doc.sourceLocationId ?? "" }] },
  };
}

/**
 * Writes a failure as the only one that a job tells.
 *
 * @param failure What failed.
 * @param job The job.
 */
export function singleFailure({ code, description }: JobFailure, job: Item): JsonObject {
  return { trackingId: job.doc.trackingId ?? "", error: { code, description } };
}
