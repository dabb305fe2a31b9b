/**
 * Reads OpenAPI documents, version 3.0 and 3.1.
 *
 * @module
 */

import { isRecord } from "../core/json.ts";
import { assemble, type Draft, isPathTemplate, methodNamed } from "./assemble.ts";
import type { Fields } from "./check.ts";
import type { Collection, Method, Schema } from "./endpoint.ts";
import { deriveFacts } from "./facts.ts";
import { readOperation } from "./operation.ts";
import { oneLine, operationTitle } from "./operation_title.ts";
import type { ParameterList } from "./parameters.ts";
import { readServer } from "./server_url.ts";
import { type ReadOptions, SourceDocument } from "./source_document.ts";

/** A YAML document that has the version without quotes has it as a number. */
const VERSION_REGEXP = /^3(?:$|\.[01](?:\.|$))/;

/**
 * Reads an OpenAPI document.
 *
 * The feature of an operation is its first tag, or the document's title; its title is the summary, else the words of
 * the operation's id, else those of method and path. Callbacks, webhooks and the method TRACE are left out.
 *
 * @param root The parsed document.
 * @param source The file's name, for messages.
 * @param options The namespace.
 * @returns The collection.
 * @throws {UsageError} If the document is malformed or of another version.
 */
export function readOpenApi(root: unknown, source: string, options: ReadOptions = {}): Collection {
  const document = new SourceDocument(isRecord(root) ? root : {}, source, options.trusted);
  const { check } = document;
  checkVersion(document);
  const server = readServer(document.root, "", check);
  const schemas = document.schemas(check.record(document.root.components, "", "components") ?? {}, "components.");
  const info = check.record(document.root.info, "", "info") ?? {};
  const feature = oneLine(check.text(info.title, "info.", "title") ?? "") || "Other";
  const drafts: Draft[] = [];
  const paths = check.record(document.root.paths, "", "paths") ?? {};
  for (const path of Object.keys(paths)) {
    if (!path.startsWith("x-")) drafts.push(...readPath(document, path, paths[path], { feature, server, schemas }));
  }
  const namespace = options.namespace ?? "";
  const endpoints = assemble(drafts, namespace, check);
  document.finish(schemas);
  return { source, namespace, endpoints, aliases: {} };
}

/** Another version is the only problem worth telling: what follows from it would only distract. */
function checkVersion(document: SourceDocument): void {
  const { root, check } = document;
  if (root.swagger !== undefined) {
    check.expected("swagger", "an OpenAPI document of version 3.0 or 3.1, converted from Swagger before", root.swagger);
  } else if (!VERSION_REGEXP.test(String(root.openapi))) {
    check.expected("openapi", "version 3.0 or 3.1", root.openapi);
  }
  check.finish();
}

/** What an operation gets when it has none of its own. */
interface Defaults {
  readonly feature: string;
  readonly server: string | undefined;
  readonly schemas: Record<string, Schema>;
}

function readPath(document: SourceDocument, path: string, value: unknown, defaults: Defaults): Draft[] {
  const { check } = document;
  if (!isPathTemplate(path)) {
    check.expected("paths", 'a path such as "/people/{personId}"', path);
    return [];
  }
  const place = `path "${path}"`;
  const item = document.object(value, place);
  if (item === undefined) return [];
  const shared = { path, holder: item, at: `${place}: `, server: readServer(item, `${place}: `, check) };
  const drafts: Draft[] = [];
  for (const key of Object.keys(item)) {
    const method = key === key.toLowerCase() ? methodNamed(key.toUpperCase()) : undefined;
    if (method === undefined) continue;
    const operation = item[key];
    if (isRecord(operation)) drafts.push(readMethod(document, method, operation, shared, defaults));
    else check.expected(`endpoint "${method} ${path}"`, "an object", operation);
  }
  return drafts;
}

/** What the operations of a path have in common. */
interface SharedParts extends ParameterList {
  readonly path: string;
  readonly server: string | undefined;
}

function readMethod(
  document: SourceDocument,
  method: Method,
  operation: Fields,
  shared: SharedParts,
  defaults: Defaults,
): Draft {
  const { check } = document;
  const { path } = shared;
  const at = `endpoint "${method} ${path}": `;
  const operationId = check.text(operation.operationId, at, "operationId");
  const title = check.text(operation.summary, at, "summary");
  const tag = check.texts(operation.tags, at, "tags")?.[0];
  const server = readServer(operation, at, check) ?? shared.server ?? defaults.server;
  return {
    tool: "",
    id: operationId || `${method} ${path}`,
    title: operationTitle({ title, operationId, method, path }),
    feature: oneLine(tag ?? "") || defaults.feature,
    method,
    path,
    ...readOperation(document, path, { holder: operation, at }, shared),
    facts: deriveFacts(method),
    schemas: defaults.schemas,
    ...(server === undefined ? {} : { server }),
  };
}
