/**
 * Puts finished drafts into the collection file's format.
 *
 * @module
 */

import type { Schema } from "../../src/collection/endpoint.ts";
import type { Draft, DraftParameter } from "./draft.ts";
import { SharedSchemas } from "./share.ts";

/** What the file says of its origin. */
export interface Provenance {
  readonly version: string;
  readonly exported_at: string;
  readonly source: Record<string, unknown>;
}

/** A draft with its tool's name. */
export interface NamedDraft {
  readonly tool: string;
  /** Names that it had in earlier releases. */
  readonly formerly: readonly string[];
  readonly draft: Draft;
}

function schemasOf(draft: Draft): [Schema, string][] {
  const responses = Object.values(draft.responses).map((response) => response.schema);
  return [...Object.values(draft.parameters).map((p) => p.schema), draft.body?.schema, ...responses]
    .filter((schema) => schema !== undefined).map((schema) => [schema, draft.title]);
}

function parameterOf(
  { name, in: place, required, description, schema, style, explode }: DraftParameter,
): Record<string, unknown> {
  return {
    name,
    in: place,
    ...(required ? { required } : {}),
    description,
    schema,
    ...(style === undefined ? {} : { style }),
    ...(explode === undefined ? {} : { explode }),
  };
}

function endpointOf({ tool, formerly, draft }: NamedDraft, shared: SharedSchemas): Record<string, unknown> {
  const { body, facts } = draft;
  const responses = Object.entries(draft.responses).map(([status, { contentType, schema }]) => [
    status,
    contentType === undefined
      ? {}
      : { content: { [contentType]: schema === undefined ? {} : { schema: shared.reduce(schema) } } },
  ]);
  const parameters = Object.values(draft.parameters).map((p) => parameterOf({ ...p, schema: shared.reduce(p.schema) }));
  const media = body &&
    { schema: shared.reduce(body.schema), ...(body.encoding === undefined ? {} : { encoding: body.encoding }) };
  return {
    id: `${draft.method} ${draft.path}`,
    tool,
    ...(formerly.length === 0 ? {} : { formerly }),
    title: draft.title,
    method: draft.method,
    path: draft.path,
    facts,
    spec: {
      spec: {
        summary: draft.title,
        description: draft.description,
        ...(draft.deprecated ? { deprecated: true } : {}),
        ...(parameters.length === 0 ? {} : { parameters }),
        ...(body === undefined
          ? {}
          : { requestBody: { ...(body.required ? { required: true } : {}), content: { [body.contentType]: media } } }),
        responses: Object.fromEntries(responses),
      },
      ...(draft.server === undefined ? {} : { meta: { servers: [draft.server] } }),
    },
  };
}

/**
 * Writes JSON text with ASCII alone: a text in memory takes one byte a character as long as none is beyond Latin-1.
 *
 * @param json JSON text.
 * @returns The same value.
 */
export function asciiJson(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Writes the collection.
 *
 * @param named All drafts with their tools' names.
 * @param aliases Other names of features, by feature.
 * @param provenance Where the facts come from.
 * @returns The file's text: one endpoint or schema a line, the same for the same input.
 */
export function writeCollection(
  named: readonly NamedDraft[],
  aliases: Readonly<Record<string, readonly string[]>>,
  provenance: Provenance,
): string {
  const shared = new SharedSchemas();
  for (const { draft } of named) for (const [schema, hint] of schemasOf(draft)) shared.count(schema, hint);
  const features = Map.groupBy(named, ({ draft }) => draft.feature);
  const groups = [...features].sort(([a], [b]) => a < b ? -1 : 1).map(([feature, members]) => {
    const lines = members.map((member) => JSON.stringify(endpointOf(member, shared)));
    return `${JSON.stringify(feature)}:[\n${lines.join(",\n")}\n]`;
  });
  const schemas = Object.entries(shared.schemas()).map(([name, schema]) =>
    `${JSON.stringify(name)}:${JSON.stringify(schema)}`
  );
  const head = { ...provenance, total_endpoints: named.length, servers: [{ url: "https://webexapis.com/v1" }] };
  const aliasEntries = [...features.keys()].sort().map((feature) => [feature, { aliases: aliases[feature] ?? [] }]);
  return `${JSON.stringify(head).slice(0, -1)},\n"features":${
    JSON.stringify(Object.fromEntries(aliasEntries))
  },\n"schemas":{\n${schemas.join(",\n")}\n},\n"endpoints":{\n${groups.join(",\n")}\n}}\n`;
}
