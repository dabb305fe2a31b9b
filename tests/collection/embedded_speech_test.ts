import assert from "node:assert/strict";
import { embeddedSpeech } from "../../src/collection/embedded_speech.ts";

Deno.test("embeddedSpeech() is read once", () => {
  assert.equal(embeddedSpeech(), embeddedSpeech());
});

Deno.test("embeddedSpeech() knows phrases and sayings of an operation", () => {
  const operation = { method: "PUT", path: "/people/{personId}/features/doNotDisturb" } as const;
  assert.match(embeddedSpeech().phrases(operation).join(" "), /quiet/);
  assert.ok(embeddedSpeech().sayings(operation).length >= 10);
  assert.deepEqual(embeddedSpeech().sayings({ method: "PUT", path: "/nowhere" }), []);
});
