import assert from "node:assert/strict";
import { noSpan } from "../../src/core/span.ts";

Deno.test("noSpan takes everything and makes no further span", () => {
  noSpan.rename("a");
  noSpan.set({ a: 1 });
  noSpan.fail("b");
  noSpan.end();
  assert.equal(noSpan.request("GET /people", {}), noSpan);
});
