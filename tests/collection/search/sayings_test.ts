import assert from "node:assert/strict";
import { readSayings } from "../../../src/collection/search/sayings.ts";

const sayings = readSayings(`# GET /houses => a comment

GET /houses => where do they live; show me every house => or hut
GET /houses/{id} => is it far
`);

Deno.test("readSayings() gives the sayings of an operation, by method and path", () => {
  assert.deepEqual(sayings({ method: "GET", path: "/houses" }), [
    "where do they live",
    "show me every house => or hut",
  ]);
  assert.deepEqual(sayings({ method: "GET", path: "/houses/{id}" }), ["is it far"]);
});

Deno.test("readSayings() knows none of other operations, and reads no comments", () => {
  assert.deepEqual(sayings({ method: "POST", path: "/houses" }), []);
  assert.deepEqual(readSayings("# a => b\n\n =>\n")({ method: "GET", path: "" }), []);
});
