/**
 * What a caller can say about a change beside its arguments: only show it, or make it as planned.
 *
 * @module
 */

import { argumentsOf, RESERVED_ARGUMENTS } from "../collection/arguments.ts";
import type { Endpoint } from "../collection/endpoint.ts";
import { RefusedError } from "../core/errors.ts";
import type { Json, JsonObject } from "../core/json.ts";
import type { WriteControl } from "./confirmation/gate.ts";
import { canBeRisky } from "./confirmation/risk.ts";
import type { PlainSchema } from "./definitions/input_schema.ts";

/** What was asked for. */
export type AskedControls = Pick<WriteControl, "dryRun" | "planId">;

/** The controls' names and schemas; terse, since hundreds of tools carry them. */
export const CONTROL_SCHEMAS = {
  dry_run: { type: "boolean", description: "Show the request only" },
  plan_id: { type: "string", description: "Confirms the plan answered first" },
} as const satisfies Record<typeof RESERVED_ARGUMENTS[number], PlainSchema>;

type ControlName = keyof typeof CONTROL_SCHEMAS;

/**
 * Names the controls that a tool shows: none for reads, and `plan_id` only where a plan is usual.
 *
 * @param endpoint The tool's endpoint.
 * @returns Schemas by name; every tool that changes something takes both.
 */
export function listedControls(endpoint: Endpoint): Record<string, PlainSchema> {
  if (endpoint.facts.kind === "read") return {};
  const shown = RESERVED_ARGUMENTS.filter((name) => name !== "plan_id" || canBeRisky(endpoint));
  return Object.fromEntries(shown.map((name) => [name, { ...CONTROL_SCHEMAS[name] }]));
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

/** The same letters: a model that writes `dryRun` means `dry_run`. */
function meantBy(name: string): ControlName | undefined {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  return RESERVED_ARGUMENTS.find((control) => control !== name && letters(control) === letters(name));
}

/** Nothing may turn a rehearsal into the real thing, least of all a slip in its name. */
function refuseSlips(endpoint: Endpoint, names: readonly string[]): void {
  const own = new Set(argumentsOf(endpoint).map(({ name }) => name));
  for (const name of names) {
    const control = own.has(name) ? undefined : meantBy(name);
    if (control === undefined) continue;
    throw new RefusedError(`Unknown argument "${name}": did you mean "${control}"?`, {
      code: "unknown_argument",
      details: [{ kind: "unknown", argument: name, nearest: [control] }],
      guidance: `Write "${control}".`,
    });
  }
}

/**
 * Parts the controls from the arguments of an endpoint's call.
 *
 * @param endpoint The endpoint.
 * @param args All arguments.
 * @returns What was asked for, and the arguments without it.
 * @throws {RefusedError} If a control has the wrong type or is misspelt, or if a read is to be rehearsed.
 */
export function splitControls(
  endpoint: Endpoint,
  args: JsonObject,
): { readonly control: AskedControls; readonly rest: JsonObject } {
  const isControl = (name: string) => Object.hasOwn(CONTROL_SCHEMAS, name);
  const entries = Object.entries(args);
  refuseSlips(endpoint, entries.map(([name]) => name));
  const control = readControls(Object.fromEntries(entries.filter(([name]) => isControl(name))));
  if (endpoint.facts.kind === "read" && control.dryRun) {
    throw new RefusedError(`Tool "${endpoint.tool}" only reads: there is nothing to rehearse`, {
      code: "nothing_to_rehearse",
      guidance: "Call it without dry_run; it changes nothing.",
    });
  }
  return { control, rest: Object.fromEntries(entries.filter(([name]) => !isControl(name))) };
}

/**
 * Joins the controls that stand beside the arguments of a call with those among them.
 *
 * @param beside Those beside.
 * @param within Those among the arguments.
 * @returns Both: a rehearsal that is asked for anywhere is one.
 * @throws {RefusedError} If two different plans are named.
 */
export function joinControls(beside: AskedControls, within: AskedControls): AskedControls {
  const planId = beside.planId ?? within.planId;
  if (within.planId !== undefined && within.planId !== planId) refuse("plan_id", "one and the same in both places");
  return { dryRun: beside.dryRun || within.dryRun, planId };
}
