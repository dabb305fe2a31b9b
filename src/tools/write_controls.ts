/**
 * What a caller can say about a change beside its arguments: only show it, or make it as planned.
 *
 * @module
 */

import { argumentsOf } from "../collection/arguments.ts";
import type { Endpoint } from "../collection/endpoint.ts";
import { RefusedError } from "../core/errors.ts";
import type { Json, JsonObject } from "../core/json.ts";
import type { WriteControl } from "./confirmation/gate.ts";
import { isRisky } from "./confirmation/risk.ts";
import type { ListedTool } from "./definitions/definition.ts";
import type { PlainSchema } from "./definitions/input_schema.ts";

/** What was asked for. */
export type AskedControls = Pick<WriteControl, "dryRun" | "planId">;

/** The controls' names and schemas; terse, since hundreds of tools carry them. */
export const CONTROL_SCHEMAS = {
  dry_run: { type: "boolean", description: "Show the request only" },
  plan_id: { type: "string", description: "Confirms the plan answered first" },
} as const satisfies Record<string, PlainSchema>;

type ControlName = keyof typeof CONTROL_SCHEMAS;

const NAMES: readonly ControlName[] = ["dry_run", "plan_id"];

/**
 * Names the controls that a tool shows: none for reads, `plan_id` only where a plan is usual, none that the operation has an
 * argument of the same name for.
 *
 * @param endpoint The tool's endpoint.
 * @returns Schemas by name; every tool that changes something takes both.
 */
export function listedControls(endpoint: Endpoint): Record<string, PlainSchema> {
  if (endpoint.facts.kind === "read") return {};
  const own = new Set(argumentsOf(endpoint).map(({ name }) => name));
  const shown = NAMES.filter((name) => !own.has(name) && (name !== "plan_id" || isRisky(endpoint)));
  return Object.fromEntries(shown.map((name) => [name, { ...CONTROL_SCHEMAS[name] }]));
}

/**
 * Adds `plan_id` to a definition, for where every change has to be confirmed.
 *
 * @param definition A tool's definition.
 * @returns The definition; the same where it reads, or shows `plan_id` already.
 */
export function withPlanId(definition: ListedTool): ListedTool {
  const { annotations, inputSchema } = definition;
  if (annotations.readOnlyHint === true || inputSchema.properties.plan_id !== undefined) return definition;
  const properties = { ...inputSchema.properties, plan_id: { ...CONTROL_SCHEMAS.plan_id } };
  return { ...definition, inputSchema: { ...inputSchema, properties } };
}

function refuse(name: ControlName, expected: string): never {
  throw new RefusedError(`Argument "${name}" is not ${expected}`, {
    code: "invalid_argument",
    details: [{ kind: "invalid", argument: name, expected }],
    guidance: `Pass "${name}" as ${expected}, or leave it out.`,
  });
}

function readDryRun(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === false || value === "false" || value === "") return false;
  // What isn't clearly a no must not turn a rehearsal into the real thing.
  return value === true || value === "true" || refuse("dry_run", "true or false");
}

function readPlanId(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return typeof value === "string" ? value.trim() : refuse("plan_id", "the text that a plan came with");
}

/**
 * Reads the controls.
 *
 * @param args Arguments of which some may be controls.
 * @returns What was asked for.
 * @throws {RefusedError} If a control has the wrong type.
 */
export function readControls(args: JsonObject): AskedControls {
  return { dryRun: readDryRun(args.dry_run), planId: readPlanId(args.plan_id) };
}

/**
 * Parts the controls from the arguments of an endpoint's call.
 *
 * @param endpoint The endpoint; what reads has no controls.
 * @param args All arguments.
 * @returns What was asked for, and the arguments without it.
 * @throws {RefusedError} If a control has the wrong type.
 */
export function splitControls(
  endpoint: Endpoint,
  args: JsonObject,
): { readonly control: AskedControls; readonly rest: JsonObject } {
  if (endpoint.facts.kind === "read") return { control: { dryRun: false }, rest: args };
  const own = new Set(argumentsOf(endpoint).map(({ name }) => name));
  const isControl = (name: string) => !own.has(name) && Object.hasOwn(CONTROL_SCHEMAS, name);
  const entries = Object.entries(args);
  return {
    control: readControls(Object.fromEntries(entries.filter(([name]) => isControl(name)))),
    rest: Object.fromEntries(entries.filter(([name]) => !isControl(name))),
  };
}
