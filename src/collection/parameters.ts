/**
 * Reads the parameters of an operation.
 *
 * @module
 */

import type { Fields } from "./check.ts";
import type { Parameter } from "./endpoint.ts";
import { chooseMedia, isJsonType } from "./media.ts";
import type { SourceDocument } from "./source_document.ts";

/** The names between braces in a path. */
const NAME_REGEXP = /\{[^{}]*\}/g;

/** RFC 9110, section 5.6.2. */
const TOKEN_REGEXP = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * Headers that are no arguments: OpenAPI says to ignore the first three, and the others belong to whoever sends the
 * request. A file must not be able to replace the credential.
 */
const RESERVED_HEADERS = new Set([
  "accept",
  "authorization",
  "content-type",
  "connection",
  "content-length",
  "cookie",
  "host",
  "transfer-encoding",
]);

/** Parameters and the place where the file has them. */
export interface ParameterList {
  /** What has them as its member `parameters`. */
  readonly holder: Fields;
  /** Where the holder is, ready for a member's name. */
  readonly at: string;
}

/**
 * Reads parameters.
 *
 * Left out are cookies, headers that are not the caller's, path parameters that the path doesn't have, and optional ones
 * of a style that {@linkcode Parameter} cannot express. A name in the path without a parameter becomes a required string.
 *
 * @param document The file.
 * @param path The path template.
 * @param lists The lists of the path and of the operation; a later parameter replaces an earlier one of its name.
 * @returns The parameters, each name at most once in each place.
 */
export function readParameters(document: SourceDocument, path: string, lists: readonly ParameterList[]): Parameter[] {
  const names = (path.match(NAME_REGEXP) ?? []).map((braced) => braced.slice(1, -1));
  const found: Parameter[] = [];
  for (const { holder, at } of lists) {
    let index = 0;
    for (const value of document.check.list(holder.parameters, at, "parameters")) {
      const place = document.place(at, "parameters", index++);
      const fields = document.object(value, place);
      const parameter = fields && readParameter(document, fields, place);
      if (parameter !== undefined && (parameter.in !== "path" || names.includes(parameter.name))) put(found, parameter);
    }
  }
  for (const name of names) {
    if (found.some((parameter) => parameter.in === "path" && parameter.name === name)) continue;
    found.push({ name, in: "path", required: true, schema: { type: "string" }, explode: false });
  }
  return found;
}

function put(into: Parameter[], parameter: Parameter): void {
  let index = 0;
  for (const other of into) {
    if (other.in === parameter.in && sameName(other, parameter)) break;
    index++;
  }
  into[index] = parameter;
}

/** Names of headers are the same in any case. */
function sameName(one: Parameter, other: Parameter): boolean {
  return one.name === other.name || (one.in === "header" && one.name.toLowerCase() === other.name.toLowerCase());
}

function readParameter(document: SourceDocument, fields: Fields, place: string): Parameter | undefined {
  const { check } = document;
  const at = document.place(place, ".");
  const where = fields.in;
  if (where === "cookie") return undefined;
  if (where !== "path" && where !== "query" && where !== "header") {
    check.expected(`${at}in`, 'one of "path", "query", "header"', where);
    return undefined;
  }
  const name = fields.name;
  if (typeof name !== "string" || name === "") {
    check.expected(`${at}name`, "a name", name);
    return undefined;
  }
  if (where === "header") {
    if (RESERVED_HEADERS.has(name.toLowerCase())) return undefined;
    if (!TOKEN_REGEXP.test(name)) check.expected(`${at}name`, "a header's name", name);
  }
  const required = (check.flag(fields.required, at, "required") ?? false) || where === "path";
  const explode = readExplode(document, fields, where, at);
  if (explode === undefined) {
    const wanted = where === "query" ? '"form"' : '"simple"';
    if (required) check.expected(`${at}style`, wanted, fields.style ?? fields.collectionFormat);
    return undefined;
  }
  const description = check.text(fields.description, at, "description");
  if ((fields.schema ?? undefined) === undefined) {
    const value = readOtherValue(document, fields, place);
    return { name, in: where, required, ...(description === undefined ? {} : { description }), ...value, explode };
  }
  const schema = document.schema(fields.schema, document.place(at, "schema"));
  return description === undefined
    ? { name, in: where, required, schema, explode }
    : { name, in: where, required, description, schema, explode };
}

/** The schema of a parameter that has none of its own, and whether the value is JSON text. */
function readOtherValue(document: SourceDocument, fields: Fields, place: string): Pick<Parameter, "schema" | "json"> {
  const at = document.place(place, ".");
  const media = chooseMedia(document.check.record(fields.content, at, "content") ?? {});
  if (media !== undefined) {
    const schema = document.schema(media.fields.schema, `${at}content.${media.key}.schema`);
    return isJsonType(media.type) ? { schema, json: true } : { schema };
  }
  if ((fields.type ?? undefined) === undefined) return { schema: { type: "string" } };
  // Swagger 2.0 writes the schema's keywords into the parameter itself.
  const { name: _1, in: _2, required: _3, description: _4, collectionFormat: _5, ...schema } = fields;
  return { schema: document.schema(schema, place) };
}

/** {@linkcode Parameter.explode}, or `undefined` for a style that it cannot express. */
function readExplode(
  document: SourceDocument,
  fields: Fields,
  where: Parameter["in"],
  at: string,
): boolean | undefined {
  const usual = where === "query" ? "form" : "simple";
  const style = document.check.text(fields.style, at, "style") ?? usual;
  if (style !== usual) return undefined;
  const explode = document.check.flag(fields.explode, at, "explode");
  if (explode !== undefined) return explode;
  const format = document.check.text(fields.collectionFormat, at, "collectionFormat");
  if (format === "csv") return false;
  if (format === "multi" || format === undefined) return where === "query";
  return undefined;
}
