import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../src/core/json.ts";
import { masked, MAX_DEPTH } from "../../../src/tools/confirmation/masked.ts";

function nested(levels: number): Json {
  let value: Json = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

Deno.test("masked() hides secrets at any depth and tells their length", () => {
  assert.deepEqual(masked({ a: [{ hostPin: "123456", b: { sipPassword: "x" } }], pin: 12 }), {
    a: [{ hostPin: "(hidden, 6 characters)", b: { sipPassword: "(hidden, 1 character)" } }],
    pin: "(hidden, 2 characters)",
  });
  assert.deepEqual(masked({ deleteCodes: ["12", "34"], accessCodes: [{ code: "1" }] }), {
    deleteCodes: "(hidden, 2 entries)",
    accessCodes: "(hidden, 1 entry)",
  });
});

Deno.test("masked() shows whether a secret is set, and rules about secrets", () => {
  const rules = { expirePasscode: { enabled: true, numberOfDays: 90, value: "x", code: 12, list: [1] }, pin: null };
  assert.deepEqual(masked(rules), {
    expirePasscode: {
      enabled: true,
      numberOfDays: 90,
      value: "(hidden, 1 character)",
      code: "(hidden, 2 characters)",
      list: "(hidden, 1 entry)",
    },
    pin: null,
  });
});

Deno.test("masked() leaves values without secrets as they are", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
    const plain = JSON.parse(JSON.stringify({ a: value }));
    const text = JSON.stringify(plain);
    if (/pin|code|token|secret|pass|author|key|cred|cookie/i.test(text)) return;
    assert.deepEqual(masked(plain), plain);
  }));
});

Deno.test("masked() ends, however deep a value is nested", () => {
  assert.match(JSON.stringify(masked(nested(100_000))), /"…"/);
  assert.deepEqual(masked(nested(MAX_DEPTH)), nested(MAX_DEPTH));
});
