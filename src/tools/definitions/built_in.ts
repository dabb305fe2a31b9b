/**
 * Tools of the server itself, beside those of the endpoints.
 *
 * @module
 */

import type { CallContext } from "../../core/context.ts";
import type { JsonObject } from "../../core/json.ts";
import type { ToolDefinition } from "./definition.ts";
import type { ToolResult } from "../results/result.ts";

/** A tool that is not an endpoint; it changes nothing in the organization. */
export interface BuiltInTool {
  /** As clients see it. The name begins with `webex_`. */
  readonly definition: ToolDefinition;
  /**
   * Carries out a call whose arguments have been checked against the definition's schema.
   *
   * @param args The arguments.
   * @param context The call's limits.
   * @returns The result.
   */
  call(args: JsonObject, context: CallContext): Promise<ToolResult>;
}
