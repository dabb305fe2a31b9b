import assert from "node:assert/strict";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { defineTool } from "../../src/tools/definitions/definition.ts";

const { endpoints } = embeddedCollection();
const tools = endpoints.map((endpoint) => ({ feature: endpoint.feature, tool: defineTool(endpoint) }))
  .sort((a, b) => a.tool.name < b.tool.name ? -1 : 1);
const features = Map.groupBy(tools, ({ feature }) => feature);

Deno.test("defineTool() names the tools as before", async (t) => {
  await t.assertSnapshot(tools.map(({ tool }) => tool.name).join("\n"));
});

for (const feature of [...features.keys()].sort()) {
  Deno.test(`defineTool() describes the tools of "${feature}" as before`, async (t) => {
    const found = (features.get(feature) ?? []).map(({ tool }) => tool);
    assert.ok(found.length > 0);
    // One line for each tool and each of its arguments, so that a change shows as the lines that changed.
    const lines = found.flatMap(({ name, description, annotations, inputSchema: { properties, ...root } }) => [
      `${name} ${JSON.stringify({ description, annotations, ...root })}`,
      ...Object.entries(properties).map(([argument, schema]) => `  ${argument} ${JSON.stringify(schema)}`),
    ]);
    await t.assertSnapshot(lines.join("\n"));
  });
}
