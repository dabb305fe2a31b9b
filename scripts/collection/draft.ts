/**
 * One operation on its way from the official specification to the collection.
 *
 * @module
 */

import type { Facts, Schema } from "../../src/collection/endpoint.ts";
import type { Json } from "../../src/core/json.ts";

/** A mutable value that overrides may change by name. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A parameter as the specification and the overrides make it. */
export interface DraftParameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description: string;
  schema: Schema;
  style?: string;
  explode?: boolean;
}

/** A body as the specification and the overrides make it. */
export interface DraftBody {
  contentType: string;
  required: boolean;
  schema: Schema;
  encoding?: Record<string, { contentType: string }>;
}

/** An operation whose facts are still being collected. */
export interface Draft {
  /** `METHOD /path`, as the specification has it; overrides name operations by it. */
  readonly key: string;
  feature: string;
  title: string;
  method: string;
  path: string;
  description: string;
  deprecated: boolean;
  parameters: Record<string, DraftParameter>;
  body?: DraftBody;
  responses: Record<string, { contentType?: string; schema?: Schema }>;
  server?: string;
  facts: Mutable<Facts>;
  /** The specification's own example bodies: checked against the tool's schema, never kept. */
  readonly examples: readonly Json[];
  /** The specification's prose: searched for facts, never kept. */
  readonly prose: string;
}
