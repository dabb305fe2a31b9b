/**
 * Takes the body of a request apart into what a person and a digest have to know of it.
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";

/** A file that is sent. */
export interface SentFile {
  readonly name?: string;
  readonly type: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** A member of a body, or a field of a form. */
export type SentPart =
  | { readonly name: string; readonly value: Json }
  | { readonly name: string; readonly file: SentFile };

const digests = new WeakMap<Blob, Promise<string>>();

/** A file is asked for its digest for the view, the question and the plan. */
function sha256Of(file: Blob): Promise<string> {
  const known = digests.get(file);
  if (known !== undefined) return known;
  const made = file.arrayBuffer()
    .then((bytes) => crypto.subtle.digest("SHA-256", bytes))
    .then((digest) => new Uint8Array(digest).toHex());
  digests.set(file, made);
  return made;
}

/**
 * Describes a file.
 *
 * @param file The file as it is sent.
 * @returns Its name, media type, length, and the digest of its content.
 */
export async function fileOf(file: Blob): Promise<SentFile> {
  return {
    ...(file instanceof File ? { name: file.name } : {}),
    type: file.type,
    bytes: file.size,
    sha256: await sha256Of(file),
  };
}

/**
 * Reads a body that is sent as text.
 *
 * @param text The body.
 * @returns Its value where it is JSON, else the text.
 */
export function valueOf(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

/**
 * Takes a body apart.
 *
 * @param body The body of a request.
 * @returns The members of a JSON object, the fields of a form, or the whole as one part named `body`; in the order in which
 *   they are sent.
 */
export async function partsOf(body: PreparedRequest["body"]): Promise<SentPart[]> {
  if (body === undefined) return [];
  if (typeof body === "string") {
    const value = valueOf(body);
    return isJsonObject(value) ? membersOf(value) : [{ name: "body", value }];
  }
  if (body instanceof URLSearchParams) return [...body].map(([name, value]) => ({ name, value }));
  if (body instanceof Blob) return [{ name: "body", file: await fileOf(body) }];
  return await Promise.all(
    [...body].map(async ([name, value]): Promise<SentPart> =>
      typeof value === "string" ? { name, value } : { name, file: await fileOf(value) }
    ),
  );
}

function membersOf(value: JsonObject): SentPart[] {
  return Object.entries(value).map(([name, member]) => ({ name, value: member }));
}
