import assert from "node:assert/strict";
import { fileOf, partsOf, valueOf } from "../../../src/tools/confirmation/sent_parts.ts";

const AB = "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603";

Deno.test("partsOf() takes bodies of every form apart", async () => {
  assert.deepEqual(await partsOf(undefined), []);
  assert.deepEqual(await partsOf('{"b":1,"a":[2]}'), [{ name: "b", value: 1 }, { name: "a", value: [2] }]);
  assert.deepEqual(await partsOf("[1]"), [{ name: "body", value: [1] }]);
  assert.deepEqual(await partsOf("plain {"), [{ name: "body", value: "plain {" }]);
  assert.deepEqual(await partsOf(new URLSearchParams("a=1&a=2")), [
    { name: "a", value: "1" },
    { name: "a", value: "2" },
  ]);
  assert.deepEqual(await partsOf(new Blob(["ab"], { type: "text/plain" })), [
    { name: "body", file: { type: "text/plain", bytes: 2, sha256: AB } },
  ]);
  const form = new FormData();
  form.append("name", "x");
  form.append("file", new File(["ab"], "a.wav", { type: "audio/wav" }));
  assert.deepEqual(await partsOf(form), [
    { name: "name", value: "x" },
    { name: "file", file: { name: "a.wav", type: "audio/wav", bytes: 2, sha256: AB } },
  ]);
});

Deno.test("fileOf() gives the digest of the content", async () => {
  assert.equal((await fileOf(new Blob(["ab"]))).sha256, AB);
  assert.notEqual((await fileOf(new Blob(["ac"]))).sha256, AB);
});

Deno.test("valueOf() reads JSON, and leaves other text", () => {
  assert.deepEqual(valueOf('{"a":1}'), { a: 1 });
  assert.equal(valueOf("{"), "{");
});
