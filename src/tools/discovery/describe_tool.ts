/**
 * The tool `webex_describe`, which tells how a tool is called.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { BuiltInTool } from "../definitions/built_in.ts";
import type { ToolDefinition } from "../definitions/definition.ts";
import { describeEndpoint } from "./describe.ts";
import { type ToolFinder, unknownTarget } from "./envelope.ts";

/** The tool's name. */
export const DESCRIBE_TOOL = "webex_describe";

/** The tool as clients see it. */
export const DESCRIBE_DEFINITION: ToolDefinition = {
  name: DESCRIBE_TOOL,
  description:
    "Tells how to call a tool: its arguments, where their ids come from, an example, scopes, the answer's shape.",
  inputSchema: {
    type: "object",
    properties: { tool: { type: "string", description: "Name from webex_search" } },
    required: ["tool"],
    additionalProperties: false,
  },
  annotations: {
    title: "Describe a Webex tool",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
};

/**
 * Makes the tool.
 *
 * @param finder Finds the endpoints that may be called.
 * @param endpoints All of them.
 * @returns The tool.
 */
export function createDescribeTool(finder: ToolFinder, endpoints: () => Promise<readonly Endpoint[]>): BuiltInTool {
  return {
    definition: DESCRIBE_DEFINITION,
    async call({ tool }) {
      const name = String(tool).trim();
      const endpoint = await finder.find(name);
      if (endpoint === undefined) throw await unknownTarget(name, finder);
      return { isError: false, value: describeEndpoint(endpoint, await endpoints()) };
    },
  };
}
