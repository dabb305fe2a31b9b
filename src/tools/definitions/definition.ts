/**
 * An endpoint as clients see it: name, description, input schema and annotations.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { listedOptions } from "../call_options.ts";
import { isRisky } from "../confirmation/risk.ts";
import { CONTROL_SCHEMAS, listedControls } from "../write_controls.ts";
import { type InputSchema, inputSchemaOf, type ObjectSchema } from "./input_schema.ts";

/** What clients are told of a tool's effects, in the protocol's names. */
export interface Annotations {
  readonly title: string;
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  /** Every operation reaches a service outside this program; a tool of the server itself need not. */
  readonly openWorldHint: boolean;
}

/** A tool as a client can see it. */
export interface ListedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly annotations: Partial<Annotations>;
}

/** A tool with all that is known of it. */
export interface ToolDefinition extends ListedTool {
  readonly inputSchema: InputSchema;
  readonly annotations: Annotations;
}

/** Longer descriptions are cut silently by a client; the cut is ours, at a sentence's end. */
const MAX_DESCRIPTION_BYTES = 2000;

const encoder = new TextEncoder();

/**
 * Cuts a description that is too long.
 *
 * @param text The description.
 * @returns The text, or its first sentences, below 2 KB.
 */
export function shortened(text: string): string {
  const bytes = encoder.encode(text);
  if (bytes.length <= MAX_DESCRIPTION_BYTES) return text;
  // A decoder that expects more leaves out the character that the cut parts.
  const cut = new TextDecoder().decode(bytes.subarray(0, MAX_DESCRIPTION_BYTES - 3), { stream: true });
  const end = cut.lastIndexOf(". ");
  return end > cut.length / 2 ? cut.slice(0, end + 1) : `${cut}...`;
}

/**
 * Describes an endpoint in one paragraph.
 *
 * @param endpoint The endpoint.
 * @returns `[Feature] Title: …`, below 2 KB.
 */
export function describe(endpoint: Endpoint): string {
  const { feature, title, description } = endpoint;
  return shortened(`[${feature}] ${title}${description === "" ? "" : `: ${description}`}`);
}

/**
 * Tells the effects of an endpoint.
 *
 * @param endpoint The endpoint.
 * @returns All hints, said outright; clients' defaults differ.
 */
export function annotationsOf(endpoint: Endpoint): Annotations {
  const { title, facts } = endpoint;
  const readOnly = facts.kind === "read";
  return {
    title,
    readOnlyHint: readOnly,
    destructiveHint: isRisky(endpoint),
    idempotentHint: readOnly || facts.idempotent,
    openWorldHint: true,
  };
}

/**
 * Makes the schema of what an endpoint is called with, when the controls of a change have been taken out.
 *
 * @param endpoint The endpoint.
 * @returns The schema of the operation's arguments, with those of the options that its result has a use for.
 */
export function callSchemaOf(endpoint: Endpoint): InputSchema {
  const schema = inputSchemaOf(endpoint);
  return { ...schema, properties: { ...schema.properties, ...listedOptions(endpoint) } };
}

/**
 * Makes the schema of all that a tool takes.
 *
 * @param endpoint The endpoint.
 * @returns The schema of the operation's arguments, with those of the options that its result has a use for, and of the
 *   controls of a change.
 */
export function toolSchemaOf(endpoint: Endpoint): InputSchema {
  const schema = callSchemaOf(endpoint);
  return { ...schema, properties: { ...schema.properties, ...listedControls(endpoint) } };
}

/**
 * Makes the definition of an endpoint's tool.
 *
 * @param endpoint The endpoint.
 * @returns The definition, ready for `tools/list`.
 */
export function defineTool(endpoint: Endpoint): ToolDefinition {
  return {
    name: endpoint.tool,
    description: describe(endpoint),
    inputSchema: toolSchemaOf(endpoint),
    annotations: annotationsOf(endpoint),
  };
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
