import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { inputSchemaOf, type PlainSchema } from "../../../src/tools/definitions/input_schema.ts";
import { SOURCE_RULES } from "../../../src/tools/discovery/id_source_rules.ts";

const { endpoints } = embeddedCollection();

function* places(schema: PlainSchema, place = ""): Generator<string> {
  for (const [name, member] of Object.entries(schema.properties ?? {})) {
    const inner = place === "" ? name : `${place}.${name}`;
    yield inner;
    yield* places(member, inner);
  }
  if (schema.items !== undefined) yield* places(schema.items, `${place}[]`);
}

Deno.test("SOURCE_RULES names only reads that exist", () => {
  const paths = new Set(
    endpoints.filter(({ method }) => method === "GET").map(({ path }) => path.replace(/\{[^}]*\}/g, "{}")),
  );
  const sources = SOURCE_RULES.flatMap(({ from }) => from);
  const absolute = sources.filter((source) => !source.startsWith("./"));
  assert.deepEqual(absolute.filter((source) => !paths.has(source)), []);
  const relative = sources.filter((source) => source.startsWith("./"));
  assert.deepEqual(relative.filter((source) => ![...paths].some((path) => path.endsWith(source.slice(1)))), []);
});

Deno.test("SOURCE_RULES has no rule that never counts", () => {
  const used = new Set<RegExp | undefined>();
  for (const endpoint of endpoints) {
    for (const place of places(inputSchemaOf(endpoint))) {
      const text = `${place} ${endpoint.method} ${endpoint.path}`;
      used.add(SOURCE_RULES.find(({ at }) => at.test(text))?.at);
    }
  }
  assert.deepEqual(SOURCE_RULES.map(({ at }) => at).filter((at) => !used.has(at)), []);
});
