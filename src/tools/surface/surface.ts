/**
 * What clients see and can call: the one place that decides which tools are listed, and what a call of one means.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { JsonObject } from "../../core/json.ts";
import type { CallOptions } from "../call_options.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import type { ListedTool } from "../definitions/definition.ts";
import type { ToolResult } from "../results/result.ts";
import type { AskedControls } from "../write_controls.ts";

/** A call of one of the server's own tools. */
export interface BuiltInCall {
  readonly kind: "built_in";
  readonly tool: BuiltInTool;
  readonly args: JsonObject;
}

/** A call of an endpoint, by its own tool or by one that calls any. */
export interface EndpointCall {
  readonly kind: "endpoint";
  readonly endpoint: Endpoint;
  /** The arguments of the endpoint, as the caller wrote them. */
  readonly args: JsonObject;
  /** Options that stood beside the arguments. */
  readonly options?: Partial<CallOptions>;
  readonly control: AskedControls;
}

/** A call that makes no sense. */
export interface RefusedCall {
  readonly kind: "refused";
  readonly result: ToolResult;
  /** The endpoint that it was about, as far as that is known, and its arguments. */
  readonly endpoint?: Endpoint | undefined;
  readonly args: JsonObject;
}

/** What a call means. */
export type Resolution = BuiltInCall | EndpointCall | RefusedCall;

/** The tools of a server. */
export interface Surface {
  /** All definitions in the order of their names; the same at every call. */
  definitions(): readonly ListedTool[];
  /**
   * Finds out what a call means.
   *
   * @param tool The name of the tool that is called.
   * @param args The arguments as the client sent them.
   * @returns What it means; `undefined` where there is no such tool.
   */
  resolve(tool: string, args: JsonObject): Promise<Resolution | undefined>;
  /** Says of a name that no tool has why that is so, or which tools come closest to it. */
  explain(tool: string): Promise<string>;
}

/** Longer names of tools that don't exist are cut where they are repeated. */
const MAX_NAME = 80;

/**
 * Shortens a name that a client made up: it can be of any length, and none is worth repeating as a whole.
 *
 * @param name The name.
 * @returns At most 81 characters.
 */
export function shortName(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).toWellFormed()}…` : name;
}

/**
 * Puts definitions into the order in which they are listed.
 *
 * @param definitions The definitions.
 * @returns They in the order of their names, by code units.
 */
export function inOrder(definitions: readonly ListedTool[]): readonly ListedTool[] {
  return definitions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
