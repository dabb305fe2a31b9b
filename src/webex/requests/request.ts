/**
 * Builds the request that the specification means.
 *
 * @module
 */

import { type Argument, argumentsOf } from "../../collection/arguments.ts";
import type { Body, Endpoint } from "../../collection/endpoint.ts";
import { resolveSchema } from "../../collection/resolve.ts";
import { RefusedError } from "../../core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import { baseUrlFor } from "./hosts.ts";
import { fillPath } from "./path.ts";
import { queryPairs, textOf } from "./query.ts";
import { type FileRule, type ReadFile, readUpload } from "./upload.ts";

/** What building a request needs besides the call. */
export interface RequestOptions {
  /** Replaces every base URL. */
  readonly baseUrl?: string | undefined;
  /** Reads the files that arguments name. */
  readonly readFile: ReadFile;
}

/** A request without its credential. */
export interface PreparedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: string | FormData | Blob | URLSearchParams;
}

/** Visible ASCII, Latin-1, blanks and tabs: what a header may carry. */
const HEADER_VALUE_REGEXP = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The longest value of a header: servers take some 8,000 characters for all of them. */
const MAX_HEADER_LENGTH = 4_000;

/** The longest address: servers take some 8,000 characters, and lists of ids make long ones. */
const MAX_URL_LENGTH = 16_000;

type Values = ReadonlyMap<Argument, Json>;

/** An argument that isn't declared, where a caller insists on it. */
function undeclared(name: string, place: "field" | "query"): Argument {
  const parameter = { name, in: "query", required: false, schema: {}, explode: true } as const;
  return { name, key: name, place, required: false, schema: {}, description: "", file: false, parameter };
}

function valuesOf(endpoint: Endpoint, args: JsonObject): Values {
  const values = new Map<Argument, Json>();
  const rest = new Map(Object.entries(args));
  for (const argument of argumentsOf(endpoint)) {
    const value = rest.get(argument.name);
    rest.delete(argument.name);
    if (value !== undefined) values.set(argument, value);
  }
  // A member of the body, unless there is none or it is given as a whole.
  const whole = [...values.keys()].some(({ place }) => place === "body");
  const place = endpoint.body === undefined || whole ? "query" : "field";
  for (const [name, value] of rest) values.set(undeclared(name, place), value);
  return values;
}

/** OpenAPI's style "simple": the members of an array are joined with commas. */
function simpleText(value: Json): string {
  return Array.isArray(value) ? value.map(textOf).join(",") : textOf(value);
}

function urlOf(endpoint: Endpoint, values: Values, baseUrl: string | undefined): URL {
  const segments = new Map<string, string>();
  const query: string[] = [];
  for (const [{ place, key, parameter }, value] of values) {
    if (place === "path") segments.set(key, simpleText(value));
    if (place === "query" && parameter !== undefined) query.push(...queryPairs(parameter, value));
  }
  const path = fillPath(endpoint.path, segments);
  const search = query.length === 0 ? "" : `?${query.join("&")}`;
  const address = `${baseUrlFor(endpoint.server, baseUrl)}${path}${search}`;
  if (address.length <= MAX_URL_LENGTH) return new URL(address);
  throw new RefusedError(
    `Cannot send ${endpoint.method} ${endpoint.path}: its address would have ${address.length} characters, at most ${MAX_URL_LENGTH} are accepted`,
    {
      code: "invalid_url",
      guidance: "Pass shorter values in the arguments of the path and of the query, or fewer of them.",
    },
  );
}

function headersOf(values: Values): Headers {
  const headers = new Headers({ accept: "application/json" });
  for (const [{ place, key, name }, value] of values) {
    if (place !== "header") continue;
    const text = simpleText(value);
    if (text.length > MAX_HEADER_LENGTH) {
      throw new RefusedError(
        `Argument "${name}" is too long for a header: ${text.length} characters, at most ${MAX_HEADER_LENGTH} are accepted`,
        { code: "invalid_header_value", guidance: `Pass a shorter "${name}".` },
      );
    }
    if (!HEADER_VALUE_REGEXP.test(text)) {
      throw new RefusedError(`Argument "${name}" cannot be sent as a header: expected plain text on one line`, {
        code: "invalid_header_value",
        guidance: `Pass "${name}" without line breaks and characters outside of Latin-1.`,
      });
    }
    headers.set(key, text);
  }
  return headers;
}

/** The fields of the body by their own names; arguments of another name are mapped back. */
function fieldsOf(values: Values): [Argument, Json][] {
  return [...values].filter(([argument]) => argument.place === "field");
}

/** The fields of a form: those of their own, and the members of a whole body. */
function formFields(values: Values): [Argument, Json][] {
  return [...values].flatMap(([argument, value]): [Argument, Json][] => {
    if (argument.place === "field") return [[argument, value]];
    if (argument.place !== "body") return [];
    if (isJsonObject(value)) {
      return Object.entries(value).map(([key, member]) => [{ ...argument, key, file: false }, member]);
    }
    throw new RefusedError(`Argument "${argument.name}" cannot be sent as a form: expected an object of fields`, {
      code: "invalid_form",
      guidance: `Pass "${argument.name}" as an object with one member for each field.`,
    });
  });
}

/** What is known of a file argument's limits. */
function fileRule(endpoint: Endpoint, { name, schema }: Argument, accept?: string): FileRule {
  const { maxLength } = resolveSchema(schema, endpoint.schemas);
  return {
    name,
    ...(maxLength === undefined ? {} : { maxBytes: maxLength }),
    ...(accept === undefined ? {} : { accept }),
  };
}

async function formData(endpoint: Endpoint, body: Body, values: Values, readFile: ReadFile): Promise<FormData> {
  const form = new FormData();
  for (const [argument, value] of formFields(values)) {
    const { key, file } = argument;
    const rule = fileRule(endpoint, argument, body.encoding?.[key]?.contentType);
    form.append(key, file ? await readUpload(rule, value, readFile) : textOf(value));
  }
  return form;
}

/** With these methods, `fetch` sends no body (Fetch Standard, section 5.4). */
function hasNoBody({ method }: Endpoint): boolean {
  return method === "GET" || method === "HEAD";
}

function jsonBody(endpoint: Endpoint, body: Body, values: Values): string | undefined {
  const fields = fieldsOf(values);
  // Assignment would lose a member named "__proto__"; Object.fromEntries() keeps it.
  if (fields.length > 0) return JSON.stringify(Object.fromEntries(fields.map(([{ key }, value]) => [key, value])));
  if (hasNoBody(endpoint) || (!body.required && endpoint.method === "DELETE")) return undefined;
  // Webex answers "missing JSON body" where an object is declared and nothing is sent.
  const members = argumentsOf(endpoint).some((argument) => argument.place === "field");
  const isObject = members || resolveSchema(body.schema, endpoint.schemas).type === "object";
  return isObject ? "{}" : undefined;
}

async function bodyOf(
  endpoint: Endpoint,
  values: Values,
  readFile: ReadFile,
): Promise<{ body?: string | FormData | Blob | URLSearchParams; type?: string }> {
  const { body } = endpoint;
  if (body === undefined) return {};
  if (body.contentType === "multipart/form-data") return { body: await formData(endpoint, body, values, readFile) };
  if (body.contentType === "application/x-www-form-urlencoded") {
    return { body: new URLSearchParams(formFields(values).map(([{ key }, value]) => [key, textOf(value)])) };
  }
  const [whole] = [...values].filter(([argument]) => argument.place === "body");
  if (whole !== undefined) {
    const [argument, value] = whole;
    if (argument.file) {
      return { body: await readUpload(fileRule(endpoint, argument), value, readFile), type: body.contentType };
    }
    const json = /json/i.test(body.contentType);
    return { body: json ? JSON.stringify(value) : textOf(value), type: body.contentType };
  }
  const text = jsonBody(endpoint, body, values);
  return text === undefined ? {} : { body: text, type: body.contentType };
}

/**
 * Builds the request of a call whose arguments have been checked.
 *
 * @param endpoint The endpoint.
 * @param args The arguments by their names; every one is sent, an undeclared one too, and no default is added.
 * @param options The base URL and the file reader.
 * @returns The request, still without a credential.
 * @throws {RefusedError} If a value cannot be sent, the address is too long, or the host isn't one of Webex's.
 */
export async function buildRequest(
  endpoint: Endpoint,
  args: JsonObject,
  options: RequestOptions,
): Promise<PreparedRequest> {
  const values = valuesOf(endpoint, args);
  const url = urlOf(endpoint, values, options.baseUrl);
  const headers = headersOf(values);
  const { body, type } = await bodyOf(endpoint, values, options.readFile);
  if (body !== undefined && hasNoBody(endpoint)) {
    throw new RefusedError(`Cannot send a body with ${endpoint.method} ${endpoint.path}: HTTP has none there`, {
      code: "body_not_allowed",
      guidance: "Leave out the arguments that belong to the body.",
    });
  }
  if (type !== undefined) headers.set("content-type", type);
  return { method: endpoint.method, url, headers, ...(body === undefined ? {} : { body }) };
}
