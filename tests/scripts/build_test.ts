import assert from "node:assert/strict";
import { start } from "../support/process.ts";

const FOREIGN = {
  openapi: "3.0.0",
  info: { title: "Parking", version: "1" },
  paths: { "/zones": { get: { summary: "List zones", tags: ["Zones"], responses: { "200": {} } } } },
};
const COLLECTION = new URL("../../data/webex_api_collection.json", import.meta.url);

Deno.test("deno task collection names every override without an operation, and leaves the files as they are", async () => {
  const before = await Deno.readTextFile(COLLECTION);
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(FOREIGN));
  const { code, stderr } = await start(["task", "--quiet", "collection", file]).finish();
  await Deno.remove(file);
  assert.equal(code, 1);
  assert.match(stderr, /Cannot build the collection:\n {2}arrays\.yaml: .*: no such operation/);
  assert.ok(!/\n\s+at /.test(stderr), stderr);
  assert.equal(await Deno.readTextFile(COLLECTION), before);
});

Deno.test("deno task collection wants paths, and says so", async () => {
  const { code, stderr } = await start(["task", "--quiet", "collection"]).finish();
  assert.equal(code, 1);
  assert.match(stderr, /expected the paths of the specifications/);
});
