/**
 * Takes the specification's own example bodies through the tools' schemas: what the vendor shows must not be refused.
 *
 * @module
 */

import { argumentsOf } from "../../src/collection/arguments.ts";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { checkArguments } from "../../src/tools/check.ts";
import { coerceArguments } from "../../src/tools/coerce.ts";
import { inputSchemaOf } from "../../src/tools/definitions/input_schema.ts";
import type { NamedDraft } from "./write.ts";

/** Something for every argument outside of the body, so that only the body is on trial. */
function parameterValues(endpoint: Endpoint): JsonObject {
  const needed = argumentsOf(endpoint).filter(({ place, required }) =>
    required && place !== "field" && place !== "body"
  );
  const values = needed.map((
    { name, schema },
  ): [string, Json] => [name, schema.enum?.[0] ?? (schema.type === "number" ? 1 : "x")]);
  return Object.fromEntries(values);
}

function bodyValues(endpoint: Endpoint, body: Json): JsonObject {
  if (!isJsonObject(body)) return { body };
  const names = new Map(
    argumentsOf(endpoint).filter(({ place }) => place === "field").map(({ key, name }) => [key, name]),
  );
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [names.get(key) ?? key, value]));
}

/**
 * Checks all examples.
 *
 * @param endpoints The endpoints of the collection that was built.
 * @param drafts The drafts with their examples.
 * @returns One line for each example that its tool would refuse.
 */
export function exampleProblems(endpoints: readonly Endpoint[], drafts: readonly NamedDraft[]): string[] {
  const byTool = new Map(endpoints.map((endpoint) => [endpoint.tool, endpoint]));
  return drafts.flatMap(({ tool, draft }) => {
    const endpoint = byTool.get(tool);
    if (endpoint === undefined || draft.examples.length === 0) return [];
    const schema = inputSchemaOf(endpoint);
    return draft.examples.flatMap((example) => {
      const args = { ...parameterValues(endpoint), ...bodyValues(endpoint, example) };
      const problems = checkArguments(coerceArguments(args, schema), schema);
      return problems.map((problem) => `The official example of ${draft.key} is refused: ${problem.message}`);
    });
  });
}
