import assert from "node:assert/strict";
import { decodeId, encodeId, idType, isWellFormedId, makeId, normalId } from "../../src/sandbox/ids.ts";

Deno.test("makeId() writes base64 of a ciscospark address without padding", () => {
  const id = makeId("people", "someone");
  assert.match(atob(id), /^ciscospark:\/\/us\/PEOPLE\/[0-9a-f-]{36}$/);
  assert.ok(!id.includes("="));
});

Deno.test("idType() writes unknown kinds as constants", () => {
  assert.equal(idType("workspaces"), "PLACE");
  assert.equal(idType("receptionistContacts"), "RECEPTIONIST_CONTACT");
  assert.equal(idType("directories"), "DIRECTORY");
});

Deno.test("decodeId() accepts padding and the alphabet for addresses", () => {
  const id = encodeId("LOCATION", "abc>>>?");
  const padded = id.padEnd(Math.ceil(id.length / 4) * 4, "=").replaceAll("+", "-").replaceAll("/", "_");
  assert.deepEqual(decodeId(padded), { type: "LOCATION", value: "abc>>>?" });
  assert.equal(normalId(padded), id);
});

Deno.test("isWellFormedId() refuses what could never be an identifier", () => {
  for (const id of ["nope", "", "../people", "abc", "ciscospark"]) assert.equal(isWellFormedId(id), false, id);
  for (const id of [makeId("jobs", "1"), "110723241134", "+15125550100", "8d8c4f2c-1e0b-4f6f-a1aa-0123456789ab"]) {
    assert.equal(isWellFormedId(id), true, id);
  }
});
