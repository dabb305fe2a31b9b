import assert from "node:assert/strict";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { createWorkflowBook } from "../../src/tools/workflows/workflow_book.ts";
import { INITIALIZE, MAIN, repliesOf, start } from "../support/process.ts";

const REQUESTS = ["prompts/list", "resources/templates/list"] as const;

/** What the real process says of itself and offers beside tools. */
async function served(flags: readonly string[]) {
  // As it is without any settings.
  const server = start(["run", "--quiet", "-A", MAIN, "serve", ...flags], { WEBEX_MCP_CONFIRM: "" });
  await server.send(
    INITIALIZE,
    { jsonrpc: "2.0", method: "notifications/initialized" },
    ...REQUESTS.map((method, index) => ({ jsonrpc: "2.0", id: index + 1, method, params: {} })),
  );
  const { code, stdout } = await server.finish();
  assert.equal(code, 0);
  const results = new Map(repliesOf(stdout).map(({ id, result }) => [id, result]));
  return {
    instructions: String(results.get(0).instructions),
    prompts: results.get(1).prompts,
    templates: results.get(2).resourceTemplates,
  };
}

/** One line for each object, and one for each of its arguments, so that a change shows as the lines that changed. */
function linesOf(name: string, objects: readonly Record<string, unknown>[]): string {
  return objects.toSorted((a, b) => String(a[name]) < String(b[name]) ? -1 : 1).flatMap((one) => {
    const { [name]: head, arguments: given = [], ...rest } = one;
    assert.ok(Array.isArray(given));
    return [`${head} ${JSON.stringify(rest)}`, ...given.map((argument) => `  ${JSON.stringify(argument)}`)];
  }).join("\n");
}

for (const flags of ["--tools all", "--tools discover", "--read-only", "--sandbox"]) {
  Deno.test(`serve ${flags} tells clients the same of itself as before`, async (t) => {
    const { instructions, prompts } = await served(flags.split(" "));
    const names = prompts.map(({ name }: { name: string }) => name).sort().join(" ");
    await t.assertSnapshot(`${instructions}\n\nPrompts: ${names}`);
  });
}

Deno.test("serve lists prompts and resource templates as before", async (t) => {
  const { prompts, templates } = await served([]);
  assert.ok(prompts.length > 0 && templates.length > 0);
  await t.assertSnapshot(`${linesOf("name", prompts)}\n\n${linesOf("uriTemplate", templates)}`);
});

const tools = new Map(embeddedCollection().endpoints.map(({ method, path, tool }) => [`${method} ${path}`, tool]));
const index = { operations: () => Promise.resolve((operation: string) => tools.get(operation)) };
const books = [createWorkflowBook(index, "all"), createWorkflowBook(index, "discover")] as const;
const workflows = (await books[0].list()).toSorted((a, b) => (a.name < b.name ? -1 : 1));

for (const workflow of workflows) {
  Deno.test(`prompt "${workflow.name}" reads as before, for all tools and for those that find them`, async (t) => {
    for (const book of books) await t.assertSnapshot(await book.render(workflow, {}));
  });
}
