import assert from "node:assert/strict";
import text from "../../data/webex_api_collection.json" with { type: "text" };
import { readCollectionFile } from "../../src/collection/collection_file.ts";

Deno.test("readCollectionFile() finds in the trusted collection what a careful reading finds", () => {
  const root: unknown = JSON.parse(text);
  const careful = readCollectionFile(root, "x");
  assert.deepEqual(readCollectionFile(root, "x", { trusted: true }), careful);
});
