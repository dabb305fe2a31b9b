import fc from "fast-check";
import assert from "node:assert/strict";
import { featureUri, readAddress, toolUri } from "../../../src/server/resources/addresses.ts";

Deno.test("featureUri() escapes whatever has a meaning in an address", () => {
  assert.equal(featureUri("User Call Settings (1/2)"), "webex://features/User%20Call%20Settings%20%281%2F2%29");
  assert.equal(featureUri("Features: Hunt Group"), "webex://features/Features%3A%20Hunt%20Group");
});

Deno.test("readAddress() reads what featureUri() and toolUri() wrote, whatever the name", () => {
  const names = fc.string({ unit: "grapheme" }).filter(({ length }) => length <= 120);
  fc.assert(fc.property(names, (name) => {
    assert.deepEqual(readAddress(featureUri(name)), { kind: "feature", name });
    assert.deepEqual(readAddress(toolUri(name)), { kind: "tool", name });
  }));
  assert.deepEqual(readAddress(featureUri("字".repeat(120))), { kind: "feature", name: "字".repeat(120) });
});

Deno.test("readAddress() takes names that nobody escaped, and half escapes", () => {
  const name = (uri: string) => readAddress(uri);
  assert.deepEqual(name("webex://features/Partner Reports/Templates"), {
    kind: "feature",
    name: "Partner Reports/Templates",
  });
  assert.deepEqual(name("webex://features/100%"), { kind: "feature", name: "100%" });
  assert.deepEqual(name("webex://tools/%zz"), { kind: "tool", name: "%zz" });
  assert.deepEqual(name("webex://features/"), { kind: "feature", name: "" });
});

Deno.test("readAddress() knows the catalogue, leaves everything else alone, and cuts long names", () => {
  assert.deepEqual(readAddress("webex://catalogue"), { kind: "catalogue" });
  for (const uri of ["webex://results/x", "file:///etc/passwd", "", "webex://catalogue/x"]) {
    assert.deepEqual(readAddress(uri), { kind: "other" });
  }
  assert.deepEqual(readAddress(`webex://tools/${"a".repeat(1_000_000)}`), { kind: "tool", name: "a".repeat(120) });
});
