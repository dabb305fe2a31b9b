/**
 * Reads the official OpenAPI files into drafts.
 *
 * @module
 */

import type { Schema } from "../../src/collection/endpoint.ts";
import { isRecord, type Json } from "../../src/core/json.ts";
import type { Draft, DraftBody, DraftParameter } from "./draft.ts";
import { reduceSchema } from "./schema.ts";

interface Media {
  schema?: Schema;
  example?: Json;
  examples?: Record<string, { value?: Json }>;
}

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  servers?: { url: string }[];
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: Schema;
    style?: string;
    explode?: boolean;
    example?: Json;
  }[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}

/** An official file, as far as it is used. */
export interface Specification {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

type Components = Readonly<Record<string, Schema>>;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function draftParameters(operation: Operation, components: Components): Record<string, DraftParameter> {
  const drafts: Record<string, DraftParameter> = {};
  for (const { name, in: place, required, schema, style, explode, example } of operation.parameters ?? []) {
    if (place !== "path" && place !== "query" && place !== "header") {
      throw new Error(`Unknown place "${place}" of parameter "${name}"`);
    }
    const source = example === undefined || schema.example !== undefined ? schema : { ...schema, example };
    drafts[name] = {
      name,
      in: place,
      required: required === true || place === "path",
      description: "",
      schema: reduceSchema(source, components),
      ...(style === undefined ? {} : { style }),
      ...(explode === undefined ? {} : { explode }),
    };
  }
  return drafts;
}

function draftBody(operation: Operation, components: Components): DraftBody | undefined {
  const [contentType, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  if (contentType === undefined || media?.schema === undefined) return undefined;
  return {
    contentType,
    required: operation.requestBody?.required === true,
    schema: reduceSchema(media.schema, components),
  };
}

function exampleBodies(operation: Operation): Json[] {
  const media = Object.values(operation.requestBody?.content ?? {})[0];
  const named = Object.values(media?.examples ?? {}).map((example) => example.value);
  return [media?.example, ...named].filter((example) => example !== undefined);
}

function draftResponses(operation: Operation, components: Components): Draft["responses"] {
  const drafts: Draft["responses"] = {};
  for (const [status, { content }] of Object.entries(operation.responses)) {
    if (!status.startsWith("2")) continue;
    const [contentType, media] = Object.entries(content ?? {})[0] ?? [];
    drafts[status] = contentType === undefined ? {} : {
      contentType: contentType.replace(/;.*/, ""),
      ...(media?.schema === undefined ? {} : { schema: reduceSchema(media.schema, components) }),
    };
  }
  return drafts;
}

function draftOperation(method: string, path: string, operation: Operation, components: Components): Draft {
  const verb = method.toUpperCase();
  const parameters = operation.parameters ?? [];
  const body = draftBody(operation, components);
  const server = operation.servers?.[0]?.url;
  return {
    key: `${verb} ${path}`,
    feature: oneLine(operation.tags?.[0] ?? "Other"),
    title: oneLine(operation.summary ?? `${verb} ${path}`),
    method: verb,
    path,
    description: "",
    deprecated: operation.deprecated === true,
    parameters: draftParameters(operation, components),
    ...(body === undefined ? {} : { body }),
    responses: draftResponses(operation, components),
    ...(server === undefined ? {} : { server }),
    facts: {
      kind: verb === "GET" ? "read" : "write",
      destructive: verb === "DELETE",
      idempotent: verb !== "POST" && verb !== "PATCH",
      scopes: [],
      roles: [],
    },
    examples: exampleBodies(operation),
    prose: [operation.description ?? "", ...parameters.map((p) => `@${p.name}: ${p.description ?? ""}`)].join("\n"),
  };
}

/**
 * Turns official files into drafts; an operation that several files have is taken from the first.
 *
 * @param specifications The parsed files, the main one first.
 * @returns One draft for each operation, in the order of the files.
 */
export function readSpecifications(specifications: readonly Specification[]): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const specification of specifications) {
    const components = specification.components?.schemas ?? {};
    for (const [path, item] of Object.entries(specification.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (!isRecord(operation) || !("responses" in operation)) continue;
        const draft = draftOperation(method, path, operation, components);
        if (!drafts.has(draft.key)) drafts.set(draft.key, draft);
      }
    }
  }
  return [...drafts.values()];
}
