/**
 * What the resources of the catalogue hold, as JSON text.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Feature } from "../../tools/catalogue_index.ts";
import { describeEndpoint } from "../../tools/discovery/describe.ts";
import { FEATURE_TEMPLATE, featureUri, TOOL_TEMPLATE, toolUri } from "./addresses.ts";

/** A client of this protocol refuses a result of more than a megabyte; a resource is not for a model's eyes alone. */
export const MAX_RESOURCE_CHARACTERS = 1_000_000;

/** How many tools read, and how many change something. */
interface Counts extends JsonObject {
  read_tools: number;
  write_tools: number;
}

/**
 * Counts tools by what they do.
 *
 * @param endpoints The tools' endpoints.
 */
export function countsOf(endpoints: readonly Endpoint[]): Counts {
  const reads = endpoints.filter(({ facts }) => facts.kind === "read").length;
  return { read_tools: reads, write_tools: endpoints.length - reads };
}

/** Writes an object with a list as its last member; of a list that is too long its first items, and how many are missing. */
function withList(head: JsonObject, name: string, items: readonly JsonObject[]): string {
  const whole = JSON.stringify({ ...head, [name]: items });
  if (whole.length <= MAX_RESOURCE_CHARACTERS) return whole;
  let room = MAX_RESOURCE_CHARACTERS - JSON.stringify({ ...head, omitted: items.length, [name]: [] }).length;
  const kept: JsonObject[] = [];
  for (const item of items) {
    room -= JSON.stringify(item).length + 1;
    if (room < 0) break;
    kept.push(item);
  }
  return JSON.stringify({ ...head, omitted: items.length - kept.length, [name]: kept });
}

/**
 * Describes what is there: counts, and every feature with its address.
 *
 * @param features The features of the current selection.
 */
export function catalogueText(features: readonly Feature[]): string {
  const all = features.flatMap(({ endpoints }) => endpoints);
  const head = {
    tools: all.length,
    ...countsOf(all),
    feature_template: FEATURE_TEMPLATE,
    tool_template: TOOL_TEMPLATE,
  };
  const items = features.map(({ name, endpoints }) => ({
    feature: name,
    ...countsOf(endpoints),
    uri: featureUri(name),
  }));
  return withList(head, "features", items);
}

/**
 * Describes the tools of features.
 *
 * @param features The features, more than one where a name stands for several.
 */
export function featuresText(features: readonly Feature[]): string {
  const all = features.flatMap(({ endpoints }) => endpoints);
  const items = all.map(({ tool, title, feature, method, path, facts }) => ({
    name: tool,
    title,
    feature,
    method,
    path,
    kind: facts.kind,
    destructive: facts.destructive,
    uri: toolUri(tool),
  }));
  return withList({ features: features.map(({ name }) => name), ...countsOf(all) }, "tools", items);
}

/**
 * Describes a tool: what a client needs to call it.
 *
 * @param endpoint The tool's endpoint.
 * @param endpoints All that may be called.
 */
export function toolText(endpoint: Endpoint, endpoints: readonly Endpoint[]): string {
  // How it is called depends on what is listed, and the server's instructions say it.
  const { call_with: _call, ...description } = describeEndpoint(endpoint, endpoints);
  const whole = JSON.stringify(description);
  // A collection from elsewhere can hold any schema; the tool's list has it all the same.
  if (whole.length <= MAX_RESOURCE_CHARACTERS) return whole;
  const { input_schema: _schema, ...rest } = description;
  return JSON.stringify({ ...rest, omitted: "input_schema" });
}
