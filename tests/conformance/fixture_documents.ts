/**
 * Resources and prompts of kinds that the product has none of: binary content, images, embedded resources.
 *
 * @module
 */

import {
  inputRequired,
  type Prompt,
  type Resource,
  type Result,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { isRecord } from "../../src/core/json.ts";
import { askFor, textForm } from "./fixture_inputs.ts";
import { IMAGE } from "./fixture_media.ts";

/** Addresses that `resources/list` shows besides the real ones. */
export const fixtureResources: readonly Resource[] = [
  { uri: "test://static-text", name: "static-text", mimeType: "application/json" },
  { uri: "test://static-binary", name: "static-binary", mimeType: IMAGE.mimeType },
];

/** Addresses that `resources/templates/list` shows besides the real ones. */
export const fixtureTemplates = [
  { uriTemplate: "test://template/{id}/data", name: "template", mimeType: "application/json" },
] as const;

const TEMPLATE_REGEXP = /^test:\/\/template\/([^/]+)\/data$/;

const PASSING = { ttlMs: 0, cacheScope: "private" } as const;

/** Reads a resource; `undefined` where the product has to. */
export function fixtureResource(uri: unknown): Result | undefined {
  if (typeof uri !== "string") return undefined;
  if (uri === "test://static-binary") {
    return { contents: [{ uri, mimeType: IMAGE.mimeType, blob: IMAGE.data }], ...PASSING };
  }
  const [, id] = TEMPLATE_REGEXP.exec(uri) ?? [];
  if (id === undefined) return undefined;
  return { contents: [{ uri, mimeType: "application/json", text: JSON.stringify({ id }) }], ...PASSING };
}

function promptOf(name: string, ...names: readonly string[]): Prompt {
  const known = names.map((argument) => ({ name: argument, description: "An argument", required: true }));
  return { name, description: "For conformance", arguments: known };
}

/** Prompts that `prompts/list` shows besides the real ones. */
export const prompts: readonly Prompt[] = [
  promptOf("test_simple_prompt"),
  promptOf("test_prompt_with_arguments", "arg1", "arg2"),
  promptOf("test_prompt_with_embedded_resource", "resourceUri"),
  promptOf("test_prompt_with_image"),
  promptOf("test_input_required_result_prompt"),
];

function said(...contents: readonly unknown[]): Result {
  return { messages: contents.map((content) => ({ role: "user", content })) };
}

/** Writes a prompt; `undefined` where the product has to. */
export function promptOfFixture(
  ctx: ServerContext,
  { name, arguments: given }: Readonly<Record<string, unknown>>,
): Result | undefined {
  switch (name) {
    case "test_prompt_with_image":
      return said({ type: "image", ...IMAGE });
    case "test_prompt_with_embedded_resource": {
      const uri = isRecord(given) ? given.resourceUri : undefined;
      return said({ type: "resource", resource: { uri, mimeType: "text/plain", text: "Embedded" } });
    }
    case "test_input_required_result_prompt": {
      const user_context = inputRequired.elicit(textForm("Which context?", "context"));
      return askFor(ctx, { user_context }) ?? said({ type: "text", text: "In that context" });
    }
    default:
      return undefined;
  }
}
