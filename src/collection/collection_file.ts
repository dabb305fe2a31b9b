/**
 * Reads this program's own file format for collections.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import { assemble, type Draft, isPathTemplate, methodNamed } from "./assemble.ts";
import type { Checker, Fields } from "./check.ts";
import type { Collection, Method, Schema } from "./endpoint.ts";
import { readFacts } from "./facts.ts";
import { readOperation } from "./operation.ts";
import { oneLine, operationTitle } from "./operation_title.ts";
import { readServer } from "./server_url.ts";
import { type ReadOptions, SourceDocument } from "./source_document.ts";

/** Methods of HTTP that no endpoint can have; their operations are left out. */
const SKIPPED = new Set(["TRACE", "CONNECT", "QUERY"]);

/**
 * Reads a collection file: `{servers, schemas, features?, endpoints: {Feature: [{id, title, method, path, tool?, facts?,
 * spec: {spec: {summary, description, parameters, requestBody, responses}, meta: {servers}}}]}}`.
 *
 * Unknown members are ignored. What is missing is derived: the title from the summary or the path, the facts from the
 * method, the tool's name from feature and title.
 *
 * @param root The parsed file.
 * @param source The file's name, for messages.
 * @param options The namespace, and whether the file is trusted.
 * @returns The collection.
 * @throws {UsageError} If the file is malformed; the message names endpoint, field and what was expected.
 */
export function readCollectionFile(root: unknown, source: string, options: ReadOptions = {}): Collection {
  const document = new SourceDocument(isRecord(root) ? root : {}, source, options.trusted);
  const { check } = document;
  if (!isRecord(root)) check.expected("", "an object", root);
  else if ((root.endpoints ?? undefined) === undefined) check.expected("endpoints", "an object", root.endpoints);
  const server = readServer(document.root, "", check);
  const schemas = readSchemas(document);
  const drafts: Draft[] = [];
  const features = check.record(document.root.endpoints, "", "endpoints") ?? {};
  for (const feature of Object.keys(features)) {
    const name = oneLine(feature) || "Other";
    let index = 0;
    for (const entry of check.list(features[feature], "endpoints.", feature)) {
      const draft = readEntry(document, entry, { feature: name, index: index++, server, schemas });
      if (draft !== undefined) drafts.push(draft);
    }
  }
  const namespace = options.namespace ?? "";
  const endpoints = assemble(drafts, namespace, check);
  const aliases = readAliases(document.root, check);
  document.finish(schemas);
  return { source, namespace, endpoints, aliases };
}

/** Where an entry stands and what it shares with the others. */
interface Surroundings {
  readonly feature: string;
  readonly index: number;
  readonly server: string | undefined;
  readonly schemas: Record<string, Schema>;
}

function readEntry(document: SourceDocument, entry: unknown, around: Surroundings): Draft | undefined {
  const { check } = document;
  const key = readKey(entry, around, check);
  if (key === undefined || !isRecord(entry)) return undefined;
  const { method, path } = key;
  const at = document.place("", `endpoint "${method} ${path}": `);
  const envelope = check.record(entry.spec, at, "spec") ?? {};
  const operation = check.record(envelope.spec, `${at}spec.`, "spec") ?? {};
  const summary = check.text(operation.summary, at, "summary");
  const title = operationTitle({ title: check.text(entry.title, at, "title") || summary, method, path });
  const parts = readOperation(document, path, { holder: operation, at });
  const draft: Draft = {
    tool: check.text(entry.tool, at, "tool") ?? "",
    id: readId(entry) ?? `${method} ${path}`,
    title,
    feature: around.feature,
    method,
    path,
    description: parts.description || (summary === title ? "" : summary ?? ""),
    deprecated: parts.deprecated,
    parameters: parts.parameters,
    responses: parts.responses,
    facts: document.trustedFacts(entry.facts) ?? readFacts(entry, at, method, check),
    schemas: around.schemas,
  };
  if (parts.body !== undefined) draft.body = parts.body;
  const formerly = check.texts(entry.formerly, at, "formerly");
  if (formerly !== undefined) draft.formerly = formerly;
  const meta = check.record(envelope.meta, `${at}spec.`, "meta");
  const server = meta && readServer(meta, `${at}spec.meta.`, check);
  const effective = server ?? around.server;
  if (effective !== undefined) draft.server = effective;
  return draft;
}

function readKey(
  entry: unknown,
  around: Surroundings,
  check: Checker,
): { readonly method: Method; readonly path: string } | undefined {
  const place = () => `endpoint ${JSON.stringify(`${around.feature}[${around.index}]`)}`;
  if (!isRecord(entry)) {
    check.expected(place(), "an object", entry);
    return undefined;
  }
  const { path } = entry;
  const verb = typeof entry.method === "string" ? entry.method.toUpperCase() : "";
  if (SKIPPED.has(verb)) return undefined;
  const method = methodNamed(verb);
  const legal = typeof path === "string" && isPathTemplate(path);
  if (method === undefined) check.expected(`${place()}: method`, 'a method such as "GET"', entry.method);
  if (!legal) check.expected(`${place()}: path`, 'a path such as "/people/{personId}"', path);
  return method === undefined || !legal ? undefined : { method, path };
}

function readId(entry: Fields): string | undefined {
  const { id } = entry;
  if (typeof id === "number") return String(id);
  return typeof id === "string" && id !== "" ? id : undefined;
}

/** The file's own schemas, and those that a file taken over from OpenAPI has among its components. */
function readSchemas(document: SourceDocument): Record<string, Schema> {
  const components = document.check.record(document.root.components, "", "components");
  const own = document.schemas(document.root, "");
  return components === undefined ? own : { ...document.schemas(components, "components."), ...own };
}

function readAliases(root: Fields, check: Checker): Record<string, readonly string[]> {
  const aliases: [string, readonly string[]][] = [];
  const features = check.record(root.features, "", "features") ?? {};
  for (const feature of Object.keys(features)) {
    const fields = check.record(features[feature], "features.", feature);
    const names = fields && check.texts(fields.aliases, `features.${feature}.`, "aliases");
    if (names !== undefined && names.length > 0) aliases.push([oneLine(feature), names]);
  }
  return Object.fromEntries(aliases);
}
