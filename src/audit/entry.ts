/**
 * What the audit trail is told about a call.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";

/** All outcomes, in the order of how much is known. */
export const AUDIT_OUTCOMES = ["ok", "failed", "refused", "cancelled", "unknown", "interrupted"] as const;

/**
 * How a call ended.
 *
 * - `ok`: answered with 2xx.
 * - `failed`: answered with something else, or not reached.
 * - `refused`: nothing was sent.
 * - `cancelled`: the client gave up.
 * - `unknown`: a write that left and whose answer never came.
 * - `interrupted`: the program ended while the write was under way, so it may or may not have reached Webex.
 */
export type AuditOutcome = typeof AUDIT_OUTCOMES[number];

/** What is known about a call before it is carried out. */
export interface AuditDraft {
  /** When it began, in milliseconds since 1970. */
  readonly time: number;
  /** The profile whose credential it used. */
  readonly profile: string;
  /** The MCP client as `name/version`, or `cli`. */
  readonly client: string;
  /** Who called, where callers are told apart. */
  readonly caller?: string | undefined;
  /** The id of the HTTP request, as in its answer and the access log. */
  readonly request?: string | undefined;
  readonly tool: string;
  readonly method?: string | undefined;
  /** The path's template, such as `/people/{personId}`, never the path itself. */
  readonly path?: string | undefined;
  /** The ids among the arguments, by name; see `factsOfArguments`. */
  readonly ids: Readonly<Record<string, string>>;
  readonly argumentNames: readonly string[];
  readonly kind: "read" | "write";
  /** The arguments, only where `--audit-values` asks for them; secrets are taken out when the line is written. */
  readonly values?: JsonObject | undefined;
}

/** One call. */
export interface AuditEntry extends AuditDraft {
  readonly outcome: AuditOutcome;
  /** The error's code. */
  readonly code?: string | undefined;
  /** The HTTP status that was answered last. */
  readonly status?: number | undefined;
  readonly trackingId?: string | undefined;
  readonly durationMs: number;
  /** Requests that were handed to the network. */
  readonly attempts: number;
  /** Who consented to a change that needs it: the user who was asked, or whoever brought the plan back. */
  readonly consent?: "user" | "plan" | undefined;
}
