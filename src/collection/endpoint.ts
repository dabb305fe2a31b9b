/**
 * The model of one API operation: what every later layer works on.
 *
 * @module
 */

import type { Json } from "../core/json.ts";

/** The HTTP methods that an endpoint can have. */
export type Method = "GET" | "PUT" | "POST" | "DELETE" | "PATCH" | "HEAD" | "OPTIONS";

/**
 * A JSON Schema as OpenAPI writes it (3.0 dialect with `nullable`, or 3.1).
 *
 * References have the form `#/schemas/Name` and point into {@linkcode Collection.schemas}.
 */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  title?: string;
  enum?: Json[];
  const?: Json;
  default?: Json;
  example?: Json;
  examples?: Json;
  nullable?: boolean;
  readOnly?: boolean;
  deprecated?: boolean;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number | boolean;
  exclusiveMaximum?: number | boolean;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** One path, query or header parameter. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
  /** `false` joins the members of an array with commas; `true` repeats the key. */
  readonly explode: boolean;
  /** The value is JSON text: the document declared the parameter with a `content` instead of a `schema`. */
  readonly json?: boolean;
}

/** What an endpoint takes as its body. */
export interface Body {
  /** The media type it is sent as, for example `application/json` or `multipart/form-data`. */
  readonly contentType: string;
  readonly required: boolean;
  readonly schema: Schema;
  /** For multipart bodies: the media types that each file field accepts, comma separated. */
  readonly encoding?: Readonly<Record<string, { readonly contentType?: string }>>;
}

/** One documented answer. */
export interface ResponseShape {
  /** The media type; absent when the answer has no content. */
  readonly contentType?: string;
  readonly schema?: Schema;
}

/** How a list is divided into pages. */
export interface Paging {
  /** `offset`: `max` and `start`; `cursor`: `max` and the `Link` header; `window`: a time range. */
  readonly style: "offset" | "cursor" | "window";
  /** Items a page holds when the caller does not say. */
  readonly default?: number;
  /** The most items that a page can hold. */
  readonly max?: number;
}

/** How a job that an endpoint starts is followed. */
export interface Job {
  /** The endpoint that tells the job's state, as `METHOD /path`. */
  readonly poll: string;
  /** The endpoint that lists what failed, as `METHOD /path`. */
  readonly errors?: string;
}

/** What is known of an endpoint beyond its interface. */
export interface Facts {
  /** `read` promises that a call changes nothing. */
  readonly kind: "read" | "write";
  /** A call can delete something or interrupt service. */
  readonly destructive: boolean;
  /** A repeated call has no further effect. */
  readonly idempotent: boolean;
  /** OAuth scopes; any one of them is enough where several are named, unless {@linkcode Facts.allScopes} says otherwise. */
  readonly scopes: readonly string[];
  /** All of the scopes are needed. */
  readonly allScopes?: boolean;
  /** Administrator roles that the documentation names; a hint, not a permission model. */
  readonly roles: readonly string[];
  readonly paging?: Paging;
  /** The member of the answer that holds the items of a list. */
  readonly list?: string;
  readonly job?: Job;
  /** What an administrator must know before calling it, in a few words. */
  readonly danger?: string;
  /** For a PUT: members of the answer that reads the same object, which cannot be sent back. */
  readonly answerOnly?: readonly string[];
}

/** One API operation. */
export interface Endpoint {
  /** The tool's name: unique in the whole catalogue, `^[a-z][a-z0-9_]*$`, at most 45 characters. */
  readonly tool: string;
  /** Names that the tool had in earlier releases; still callable, not listed. */
  readonly formerly?: readonly string[];
  readonly id: string;
  readonly title: string;
  readonly feature: string;
  readonly method: Method;
  /** The path template below the base URL, for example `/people/{personId}`. */
  readonly path: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
  /** By status code, for example `"200"`. */
  readonly responses: Readonly<Record<string, ResponseShape>>;
  /** The base URL that the operation, its path or its file names; absent where none does. */
  readonly server?: string;
  readonly facts: Facts;
  /** The schemas that its `$ref`s point to. */
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** A file of API operations, read and checked. */
export interface Collection {
  /** Where it was read from, for messages. */
  readonly source: string;
  /** The prefix of its tools; empty for the embedded collection. */
  readonly namespace: string;
  readonly endpoints: readonly Endpoint[];
  /** Other names under which a feature is known, by feature. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}
