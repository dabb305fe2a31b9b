/**
 * Lays out calls of the audit trail for people.
 *
 * @module
 */

import type { ChainLine } from "../../audit/chain.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { columns } from "../columns.ts";

/** Ids of Webex begin alike: their ends tell them apart. */
const ID_LENGTH = 12;

/** The column of the duration. */
const DURATION = 5;

// deno-lint-ignore no-control-regex -- control characters are what it looks for
const CONTROL_REGEXP = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Names come from clients and models: they must not steer a terminal, nor break a row. */
function printable(value: Json | undefined): string {
  if (value === undefined || value === null) return "-";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text === "" ? "-" : text.replace(CONTROL_REGEXP, "�");
}

function short(id: string): string {
  return id.length <= ID_LENGTH + 1 ? id : `…${id.slice(-ID_LENGTH)}`;
}

function idsOf(value: JsonObject): string {
  const { ids, event } = value;
  if (event !== undefined) return printable(event);
  if (!isJsonObject(ids)) return "-";
  return Object.entries(ids).map(([name, id]) => `${printable(name)}=${short(printable(id))}`).join(" ") || "-";
}

function row({ value }: ChainLine): string[] {
  const { time, profile, client, caller, tool, outcome, status, code, duration_ms, event } = value;
  const ended = [outcome, status, code].filter((part) => part !== undefined).map(printable).join(" ");
  return [
    printable(time).replace("T", " ").replace(/\.\d+Z$/, "Z"),
    printable(profile),
    caller === undefined ? printable(client) : `${printable(caller)} with ${printable(client)}`,
    event === undefined ? printable(tool) : "-",
    ended === "" ? "-" : ended,
    duration_ms === undefined ? "-" : `${printable(duration_ms)} ms`,
    idsOf(value),
  ];
}

/**
 * Lays out lines of the trail: time, profile, caller and client, tool, how it ended, how long it took, ids.
 *
 * @param lines The lines.
 * @returns A row for each.
 */
export function auditTable(lines: readonly ChainLine[]): string {
  return columns(lines.map(row), "", [DURATION]);
}
