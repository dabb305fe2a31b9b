import assert from "node:assert/strict";
import { presentNames, readViews } from "../../scripts/surface/read.ts";

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

Deno.test("readViews() asks the real server for all that it lists, in every mode", async () => {
  const views = await readViews({ directory: ROOT, offline: true, former: ["people_list_people", "no_such_tool"] });
  const [all, compact, discover] = [
    views["--tools all"],
    views["--tools all --schema compact"],
    views["--tools discover"],
  ];
  assert.ok(all !== undefined && compact !== undefined && discover !== undefined);
  assert.deepEqual([all.tools.length, compact.tools.length, discover.tools.length], [1180, 1180, 7]);
  const tool = all.tools.find(({ name }) => name === "people_get_person_details");
  assert.deepEqual([tool?.group, tool?.annotations.readOnlyHint], ["People", true]);
  assert.equal(all.tools.find(({ name }) => name === "webex_result")?.group, "The server itself");
  const prompt = all.prompts.find(({ name }) => name === "onboard_user");
  assert.deepEqual(prompt?.schema.required, ["email"]);
  assert.ok(all.templates.some(({ name }) => name === "webex://tools/{tool}"));
  assert.match(all.instructions, /^Administers Webex Calling/);
  assert.deepEqual([...all.renamed], []);
});

Deno.test("readViews() gives nothing of a working tree whose server doesn't start", async () => {
  const directory = await Deno.makeTempDir({ prefix: "surface-test-" });
  try {
    await Deno.writeTextFile(`${directory}/deno.json`, "{}");
    await Deno.writeTextFile(`${directory}/main.ts`, "Deno.exit(2);");
    assert.deepEqual(await readViews({ directory, offline: true }), {});
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("presentNames() asks for each former name, and leaves out those that no longer work", async () => {
  const texts: Readonly<Record<string, string>> = { "webex://tools/old": '{"name":"new"}', "webex://tools/odd": "{}" };
  const names = await presentNames({
    readResource({ uri }) {
      const text = texts[uri];
      if (text === undefined) return Promise.reject(new Error("There is no such resource"));
      return Promise.resolve({ contents: [{ uri, text }] });
    },
  }, ["old", "gone", "odd"]);
  assert.deepEqual([...names], [["old", "new"]]);
});
