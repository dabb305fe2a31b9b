/**
 * Reads a request's body and checks it as the specification declares it.
 *
 * @module
 */

import type { Body, Endpoint, Schema } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";
import type { Json } from "../core/json.ts";
import { Refusal } from "./answer.ts";
import { problemsOf } from "./conform.ts";

const JSON_REGEXP = /^application\/(?:[\w.+-]+\+)?json$/;
const MULTIPART = "multipart/form-data";
const MAX_PROBLEMS = 3;

function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

function isAccepted(body: Body, type: string): boolean {
  if (JSON_REGEXP.test(body.contentType)) return JSON_REGEXP.test(type);
  return type === body.contentType.toLowerCase();
}

async function readForm(request: Request): Promise<Json> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch {
    throw new Refusal(400, "The multipart body could not be read");
  }
  const fields: Record<string, Json> = {};
  for (const [name, value] of form) {
    fields[name] = typeof value === "string"
      ? value
      : { fileName: value.name, contentType: value.type, size: value.size };
  }
  return fields;
}

async function readJson(request: Request): Promise<Json | undefined> {
  const text = await request.text();
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The request body is not valid JSON", { errorCode: 25024 });
  }
}

/** The problem with a multipart body's fields, if there is one. */
function formProblem(form: Schema, value: Json | undefined): string | undefined {
  const fields = new Map(Object.entries(value ?? {}));
  const missing = form.required?.find((name) => !fields.has(name));
  if (missing !== undefined) return `${missing} is required`;
  for (const [name, field] of fields) {
    const schema = form.properties?.[name];
    const isFile = typeof field === "object";
    if (schema?.format === "binary" && !isFile) return `${name} must be a file`;
    const size = typeof field === "object" && field !== null && !Array.isArray(field) ? field.size : 0;
    if (schema?.maxLength !== undefined && typeof size === "number" && size > schema.maxLength) {
      return `${name} is too large`;
    }
  }
  return undefined;
}

function jsonProblem({ body, schemas }: Endpoint, schema: Schema, value: Json | undefined): string | undefined {
  if (value === undefined) {
    return body?.required || (schema.required?.length ?? 0) > 0 ? "a JSON body is required" : undefined;
  }
  const problems = problemsOf(value, schema, schemas);
  return problems.length === 0 ? undefined : problems.slice(0, MAX_PROBLEMS).join("; ");
}

/**
 * Reads a request's body.
 *
 * @param endpoint The endpoint that receives it.
 * @param request The request; its body is consumed.
 * @returns The body, unknown members included; of multipart, its fields, with a file as `{fileName, contentType, size}`.
 * @throws {Refusal} 415 for another media type, 400 if the body is missing, unreadable or against the schema.
 */
export async function readBody(endpoint: Endpoint, request: Request): Promise<Json | undefined> {
  const { body } = endpoint;
  if (body === undefined) {
    await request.body?.cancel();
    return undefined;
  }
  const type = mediaType(request);
  const isEmpty = request.body === null || request.headers.get("content-length") === "0";
  if (!isEmpty && !isAccepted(body, type)) {
    await request.body?.cancel();
    throw new Refusal(415, `Content type '${type}' not supported`);
  }
  const isForm = body.contentType === MULTIPART;
  const schema = resolveSchema(body.schema, endpoint.schemas);
  const value = isEmpty ? undefined : isForm ? await readForm(request) : await readJson(request);
  const problem = isForm ? formProblem(schema, value) : jsonProblem(endpoint, schema, value);
  if (problem !== undefined) throw new Refusal(400, `Invalid request body: ${problem}`, { errorCode: 25008 });
  return value;
}
