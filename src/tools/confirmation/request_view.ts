/**
 * Shows a request that was not sent.
 *
 * @module
 */

import type { Json, JsonObject } from "../../core/json.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";

function jsonOf(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

function fileOf(value: Blob): JsonObject {
  return { ...(value instanceof File ? { name: value.name } : {}), type: value.type, bytes: value.size };
}

function bodyOf(body: NonNullable<PreparedRequest["body"]>): Json {
  if (typeof body === "string") return jsonOf(body);
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof Blob) return { file: fileOf(body) };
  return {
    form: [...body].map(([field, value]) => ({ field, ...(typeof value === "string" ? { value } : fileOf(value)) })),
  };
}

/**
 * Shows the request as it would go out, without the credential.
 *
 * @param request The request.
 * @returns `{method, url, headers?, body?}`; a JSON body as its value, files by name, type and length.
 */
export function viewOf({ method, url, headers, body }: PreparedRequest): JsonObject {
  const named = Object.fromEntries(headers);
  return {
    method,
    url: url.href,
    ...(Object.keys(named).length === 0 ? {} : { headers: named }),
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  };
}
