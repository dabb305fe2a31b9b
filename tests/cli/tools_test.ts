import assert from "node:assert/strict";
import type { ToolsCommand } from "../../src/cli/grammar/command.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { runTools } from "../../src/cli/tools.ts";
import { UsageError } from "../../src/core/errors.ts";
import { fakeSystem, type Outside } from "../support/fake_system.ts";

async function printed(command: Partial<ToolsCommand>, environment: Outside["environment"] = {}): Promise<string> {
  const system = fakeSystem({ environment });
  assert.equal(await runTools({ command: "tools", flags: {}, tokens: false, json: false, ...command }, system), 0);
  assert.equal(system.err(), "");
  return system.out();
}

Deno.test("runTools() lists names and titles by feature", async () => {
  const text = await printed({ flags: { features: ["people", "hot desk"] } });
  assert.match(text, /^Hot Desk \(2\)$/m);
  assert.match(text, /^ {2}people_list_people +List People$/m);
  assert.match(text, /\n8 tools in 2 features, and 3 of the server itself\n$/);
});

Deno.test("runTools() says which tools clients list when they find the others through them", async () => {
  const text = await printed({ flags: { tools: "discover", features: ["people"], readOnly: true } });
  assert.match(text, /^Clients list only the 6 tools of the server itself, and find .*\n\nThe server itself /);
  assert.match(text, /^ {2}people_list_people +List People$/m);
  assert.match(text, /^The server itself \(6\)\n {2}webex_describe +Describe a Webex tool$/m);
  assert.doesNotMatch(text, /webex_write/);
  assert.match(text, /\n3 tools in 1 feature, found and called through the 6 of the server itself: clients list only /);
  const list = JSON.parse(await printed({ json: true, flags: { tools: "discover", features: ["people"] } }));
  assert.equal(list.length, 6);
});

Deno.test("runTools() prints the members that the contract promises, sorted by name", async () => {
  const list = JSON.parse(await printed({ json: true }));
  assert.equal(list.length, 1177);
  assert.deepEqual(Object.keys(list[0]), ["name", "title", "feature", "method", "path", "kind", "scopes"]);
  const names = list.map(({ name }: { name: string }) => name);
  assert.deepEqual(names, [...names].sort());
});

Deno.test("runTools() leaves out what the selection leaves out", async () => {
  const list = JSON.parse(await printed({ json: true, flags: { readOnly: true, features: ["People"] } }));
  assert.ok(list.length > 0);
  for (const { kind, feature } of list) assert.deepEqual([kind, feature], ["read", "People"]);
});

Deno.test("runTools() names everything that may leave out a tool that exists", async () => {
  await assert.rejects(
    printed({ name: "hunt_group_delete_a_hunt_group", flags: { preset: ["reporting"] } }),
    (error) => {
      assert.ok(error instanceof UsageError);
      const flags = /--preset, --features, --tool, --exclude-features, --exclude-tool and --read-only/;
      return flags.test(error.guidance ?? "");
    },
  );
});

Deno.test("runTools() shows one tool with its request, scopes and arguments", async () => {
  const text = await printed({ name: "people_create_a_person" });
  assert.match(text, /^people_create_a_person\n\[People\] Create a Person: /);
  assert.match(text, /^Request +POST \/people$/m);
  assert.match(text, /^Effect +write$/m);
  assert.match(text, /^Scopes +\S*spark-admin:people_write/m);
  assert.match(text, /^ {2}emails +required +array of string +\S/m);
});

Deno.test("runTools() shows where identifiers come from, an example and the answer", async () => {
  const text = await printed({ name: "people_update_a_person" });
  assert.match(text, /^Ids from\n {2}personId +people_list_people$/m);
  assert.match(
    text,
    /^Example\n {2}\{"personId":"<personId>".*\}\nResponse\n {2}200 {2}\{id: string, .*\}\n {2}204 {2}no body\n$/m,
  );
  const alone = await printed({ name: "people_get_my_own_details" });
  assert.doesNotMatch(alone, /^Ids from/m);
  assert.match(alone, /^Example\n {2}\{\}$/m);
});

Deno.test("runTools() shows one tool for machines with its complete schema", async () => {
  const tool = JSON.parse(await printed({ name: "people_create_a_person", json: true }));
  assert.equal(tool.path, "/people");
  assert.match(tool.description, /^\[People\] Create a Person/);
  assert.equal(tool.inputSchema.properties.emails.type, "array");
  assert.deepEqual(tool.ids.locationId, ["locations_list_locations"]);
  assert.deepEqual(tool.example.emails, ["alex.morgan@example.com"]);
  assert.match(tool.response["200"], /^\{id: string, /);
});

Deno.test("runTools() counts tokens: the total is about the sum of the features", async () => {
  const flags = { features: ["People", "Locations"] };
  const cost = JSON.parse(await printed({ flags, tokens: true, json: true }));
  const sum = cost.features.reduce((total: number, { tokens }: { tokens: number }) => total + tokens, 0);
  assert.equal(cost.tools, 19);
  assert.ok(Math.abs(cost.tokens - sum) <= cost.tools + 1);
  assert.equal(cost.largest.length, 10);
  assert.match(await printed({ flags, tokens: true }), new RegExp(`^${cost.tokens} tokens \\(o200k\\) for 19 tools, `));
});

Deno.test("runTools() counts what the configuration would list", async () => {
  const costOf = async (flags: FlagValues, environment?: Outside["environment"]) =>
    JSON.parse(await printed({ flags: { features: ["People"], ...flags }, tokens: true, json: true }, environment));
  const full = await costOf({});
  assert.deepEqual([full.tools, (await costOf({ tools: "discover" })).tools], [9, 7]);
  assert.ok((await costOf({ schema: "compact" })).tokens < full.tokens);
  assert.ok((await costOf({ readOnly: true })).tokens < full.tokens);
  // Every change shows `plan_id` then.
  assert.ok((await costOf({}, { WEBEX_MCP_CONFIRM: "writes" })).tokens > full.tokens);
});

Deno.test("runTools() tells what each choice costs, and which clients take less", async () => {
  const cost = JSON.parse(await printed({ tokens: true, json: true }));
  const [all, , discover] = cost.choices;
  assert.deepEqual([all.choice, all.now, all.tools, all.tokens.full], ["--tools all", true, cost.tools, cost.tokens]);
  assert.deepEqual([discover.choice, discover.now], ["--tools discover", false]);
  const clients = cost.warnings.map(({ client, limit }: { client: string; limit: string }) => `${client} ${limit}`);
  assert.deepEqual(clients, [
    "Cursor tools",
    "VS Code tools",
    "Clients of OpenAI's function calling tools",
    "Claude Code tokens",
  ]);
  const text = await printed({ tokens: true });
  assert.match(text, /^ +1180 +\d+ +\d+ {2}--tools all \(now\)$/m);
  assert.match(text, /^ {2}Warning: VS Code: 1180 tools, limit 128: .*; use --tools discover, --preset help-desk\|/m);
  assert.match(await printed({ tokens: true, flags: { tools: "discover" } }), /^ {2}All known limits are kept: /m);
});
