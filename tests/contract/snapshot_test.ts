import assert from "node:assert/strict";
import { listedTools } from "../../src/cli/listed_tools.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { createCatalogue } from "../../src/tools/catalogue.ts";
import { defineTool, type ListedTool } from "../../src/tools/definitions/definition.ts";

const { endpoints } = embeddedCollection();
const tools = endpoints.map((endpoint) => ({ feature: endpoint.feature, tool: defineTool(endpoint) }))
  .sort((a, b) => a.tool.name < b.tool.name ? -1 : 1);
const features = Map.groupBy(tools, ({ feature }) => feature);

/** One line for each tool and each of its arguments, so that a change shows as the lines that changed. */
function linesOf(listed: readonly ListedTool[]): string {
  return listed.flatMap(({ name, description, annotations, inputSchema: { properties, ...root } }) => [
    `${name} ${JSON.stringify({ description, annotations, ...root })}`,
    ...Object.entries(properties).map(([argument, schema]) => `  ${argument} ${JSON.stringify(schema)}`),
  ]).join("\n");
}

Deno.test("defineTool() names the tools as before", async (t) => {
  await t.assertSnapshot(tools.map(({ tool }) => tool.name).join("\n"));
});

for (const feature of [...features.keys()].sort()) {
  Deno.test(`defineTool() describes the tools of "${feature}" as before`, async (t) => {
    const found = (features.get(feature) ?? []).map(({ tool }) => tool);
    assert.ok(found.length > 0);
    await t.assertSnapshot(linesOf(found));
  });
}

Deno.test("listedTools() describes the tools of the server itself as before", async (t) => {
  const catalogue = createCatalogue([], "full");
  const listing = { readOnly: false, confirm: "destructive" } as const;
  const [all, discover] = (["all", "discover"] as const).map((way) =>
    listedTools(catalogue, { ...listing, tools: way })
  );
  assert.ok(all !== undefined && discover !== undefined);
  const own = new Map([...all, ...discover].map((tool) => [tool.name, tool]));
  await t.assertSnapshot([
    `--tools all: ${all.map(({ name }) => name).join(" ")}`,
    `--tools discover: ${discover.map(({ name }) => name).join(" ")}`,
    linesOf([...own.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))),
  ].join("\n"));
});
