import assert from "node:assert/strict";
import { readPhrases } from "../../../src/collection/search/everyday.ts";

const phrases = readPhrases(`# Of what is written here
#
# nothing counts.

/bell
  ringing, it
  rings all day

/door/bell$
  somebody is there

DELETE /door
  no way in

DELETE /bell
  silence

/doorbells
  never mind
`);

Deno.test("readPhrases() goes by whole segments, wherever they stand", () => {
  assert.deepEqual(phrases({ method: "GET", path: "/houses/{id}/bell/tones" }), ["ringing", "it rings all day"]);
  assert.deepEqual(phrases({ method: "GET", path: "/houses/{id}/bells" }), []);
  assert.deepEqual(phrases({ method: "GET", path: "/doorbells/{id}" }), ["never mind"]);
});

Deno.test("readPhrases() goes by the end where one is set, and by the method from the beginning", () => {
  const rings = ["ringing", "it rings all day"];
  assert.deepEqual(phrases({ method: "GET", path: "/door/bell" }), ["somebody is there", ...rings]);
  assert.deepEqual(phrases({ method: "GET", path: "/door/bell/tone" }), rings);
  assert.deepEqual(phrases({ method: "DELETE", path: "/door/lock" }), ["no way in"]);
  assert.deepEqual(phrases({ method: "GET", path: "/door/lock" }), []);
  assert.deepEqual(phrases({ method: "DELETE", path: "/porch/bell" }), rings);
});

Deno.test("readPhrases() takes no member of a prototype for an entry", () => {
  assert.deepEqual(phrases({ method: "GET", path: "/constructor/__proto__" }), []);
});
