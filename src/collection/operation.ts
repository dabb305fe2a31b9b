/**
 * Reads what both file formats write alike: the Operation Object of OpenAPI.
 *
 * @module
 */

import type { Fields } from "./check.ts";
import type { Body, Endpoint, ResponseShape } from "./endpoint.ts";
import { chooseMedia } from "./media.ts";
import { type ParameterList, readParameters } from "./parameters.ts";
import type { SourceDocument } from "./source_document.ts";

const STATUS_REGEXP = /^(?:[1-5](?:\d\d|XX)|default)$/;

/** The part of an endpoint that stands in the operation itself. */
export type Interface = Pick<Endpoint, "description" | "deprecated" | "parameters" | "body" | "responses">;

/**
 * Reads an operation.
 *
 * @param document The file.
 * @param path The path template.
 * @param operation The operation, with its place in the file.
 * @param shared The parameters that the path has for all its operations, if it has any.
 * @returns The endpoint's interface.
 */
export function readOperation(
  document: SourceDocument,
  path: string,
  operation: ParameterList,
  shared?: ParameterList,
): Interface {
  const { holder, at } = operation;
  const { check } = document;
  const body = readBody(document, holder, at);
  return {
    description: check.text(holder.description, at, "description") ?? "",
    deprecated: check.flag(holder.deprecated, at, "deprecated") ?? false,
    parameters: readParameters(document, path, shared === undefined ? [operation] : [shared, operation]),
    ...(body === undefined ? {} : { body }),
    responses: readResponses(document, holder, at),
  };
}

function readBody(document: SourceDocument, operation: Fields, at: string): Body | undefined {
  const { check } = document;
  if ((operation.requestBody ?? undefined) === undefined) return undefined;
  const fields = document.object(operation.requestBody, `${at}requestBody`);
  if (fields === undefined) return undefined;
  const content = check.record(fields.content, `${at}requestBody.`, "content") ?? {};
  const media = chooseMedia(content);
  if (media === undefined) {
    for (const key of Object.keys(content)) check.expected(`${at}requestBody.content`, "a media type", key);
    return undefined;
  }
  const place = `${at}requestBody.content.${media.key}`;
  const encoding = readEncoding(document, media.fields, `${place}.`);
  return {
    contentType: media.type,
    required: check.flag(fields.required, `${at}requestBody.`, "required") ?? false,
    schema: document.schema(media.fields.schema, `${place}.schema`),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

function readEncoding(document: SourceDocument, media: Fields, at: string): Body["encoding"] {
  const { check } = document;
  const fields = check.record(media.encoding, at, "encoding");
  if (fields === undefined) return undefined;
  const parts: [string, { readonly contentType?: string }][] = [];
  for (const name of Object.keys(fields)) {
    const part = check.record(fields[name], `${at}encoding.`, name) ?? {};
    const contentType = check.text(part.contentType, `${at}encoding.${name}.`, "contentType");
    parts.push([name, contentType === undefined ? {} : { contentType }]);
  }
  return Object.fromEntries(parts);
}

function readResponses(document: SourceDocument, operation: Fields, at: string): Record<string, ResponseShape> {
  const responses: Record<string, ResponseShape> = {};
  const documented = document.check.record(operation.responses, at, "responses") ?? {};
  for (const status of Object.keys(documented)) {
    if (!STATUS_REGEXP.test(status)) continue;
    const place = document.place(at, `responses.${status}`);
    const fields = document.object(documented[status], place);
    if (fields === undefined) continue;
    // An assignment would make V8 reserve room for the indices 0 to 200: 2 KB and 6 µs for each of a thousand endpoints.
    const value = readResponse(document, fields, document.place(place, "."));
    Object.defineProperty(responses, status, { value, enumerable: true });
  }
  return responses;
}

function readResponse(document: SourceDocument, fields: Fields, at: string): ResponseShape {
  const media = chooseMedia(document.check.record(fields.content, at, "content") ?? {});
  if (media === undefined) return {};
  if ((media.fields.schema ?? undefined) === undefined) return { contentType: media.type };
  const schema = document.schema(media.fields.schema, document.place(at, `content.${media.key}.schema`));
  return { contentType: media.type, schema };
}
