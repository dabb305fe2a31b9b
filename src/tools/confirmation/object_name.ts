/**
 * Names an object as people call it.
 *
 * @module
 */

import { isJsonObject, type Json } from "../../core/json.ts";
import { visible } from "./visible_text.ts";

/** What tells one object from another, the best first. */
const NAME_MEMBERS = [
  "displayName",
  "name",
  "label",
  "title",
  "topic",
  "phoneNumber",
  "number",
  "extension",
  "mac",
  "description",
];

/** A call and a message are known by who is at the other end. */
const PARTIES = ["remoteParty", "callingParty"];

const MAX_NAME = 80;

function textIn(value: Json | undefined): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  const seen = typeof text === "string" ? visible(text, MAX_NAME) : "";
  return seen === "" ? undefined : seen;
}

/**
 * Finds the name of an object.
 *
 * @param value The object as Webex told it.
 * @returns Its name, number or address: at most 80 visible characters on one line; `undefined` where it has none.
 */
export function nameOf(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  // A job is named after its program; what it is about is told by the rest.
  if ("latestExecutionStatus" in value) return textIn(value.locationName);
  for (const member of NAME_MEMBERS) {
    const text = textIn(value[member]);
    if (text !== undefined) return text;
  }
  const full = textIn(`${textIn(value.firstName) ?? ""} ${textIn(value.lastName) ?? ""}`);
  if (full !== undefined) return full;
  for (const party of PARTIES) {
    const member = value[party];
    const text = isJsonObject(member) ? textIn(member.name) ?? textIn(member.number) : undefined;
    if (text !== undefined) return text;
  }
  return Array.isArray(value.emails) ? textIn(value.emails[0]) : undefined;
}
