import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeId, isSameId, kindOf, uuidOf } from "../../src/core/webex_id.ts";

const UUID = "4a1bcd7c-4a47-4d4b-8b3a-3c3f6d1c2b3a";
const encode = (uri: string) => btoa(uri);
const PERSON = encode(`ciscospark://us/PEOPLE/${UUID}`);

Deno.test("decodeId() reads ids with and without padding, in both alphabets, of any cluster", () => {
  const expected = { cluster: "us", type: "PEOPLE", value: UUID };
  assert.deepEqual(decodeId(PERSON), expected);
  assert.deepEqual(decodeId(PERSON.replace(/=+$/, "")), expected);
  const odd = encode("ciscospark://us/CALL_QUEUE/a>?b~~~\u00ff");
  assert.notEqual(odd.replaceAll("+", "-").replaceAll("/", "_"), odd);
  assert.deepEqual(decodeId(odd.replaceAll("+", "-").replaceAll("/", "_")), decodeId(odd));
  const far = encode(`ciscospark://urn:TEAM:eu-central-1_k/ROOM/${UUID}`);
  assert.deepEqual(decodeId(far), { cluster: "urn:TEAM:eu-central-1_k", type: "ROOM", value: UUID });
});

Deno.test("decodeId() never throws, and reads nothing from what is no id", () => {
  for (
    const text of [
      "",
      "me",
      UUID,
      "+15125550122",
      "====",
      "a",
      encode("https://example.com/PEOPLE/1"),
      "x".repeat(9_999),
    ]
  ) {
    assert.equal(decodeId(text), undefined, text);
  }
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void [decodeId(text), kindOf(text), uuidOf(text)]));
  fc.assert(fc.property(fc.base64String(), (text) => void decodeId(text)));
});

Deno.test("decodeId() reads what was encoded", () => {
  const types = fc.constantFrom("PEOPLE", "LOCATION", "CALL_QUEUE");
  fc.assert(fc.property(types, fc.uuid(), fc.boolean(), (type, value, padded) => {
    const id = encode(`ciscospark://us/${type}/${value}`);
    assert.deepEqual(decodeId(padded ? id : id.replace(/=+$/, "")), { cluster: "us", type, value });
  }));
});

Deno.test("kindOf() and uuidOf() tell kind and UUID", () => {
  assert.deepEqual([kindOf(PERSON), kindOf(UUID), kindOf("x")], ["PEOPLE", undefined, undefined]);
  assert.deepEqual([uuidOf(PERSON), uuidOf(UUID.toUpperCase()), uuidOf("x")], [UUID, UUID, undefined]);
});

Deno.test("isSameId() compares encoded and bare ids, but not of different kinds", () => {
  assert.ok(isSameId(PERSON, PERSON.replace(/=+$/, "")));
  assert.ok(isSameId(PERSON, UUID.toUpperCase()));
  assert.ok(isSameId("x", "x"));
  assert.ok(!isSameId(PERSON, encode(`ciscospark://us/PLACE/${UUID}`)));
  assert.ok(!isSameId(PERSON, "x"));
});
