import assert from "node:assert/strict";
import { instructionsFor } from "../../src/server/instructions.ts";

Deno.test("instructionsFor() stays below what clients cut, in every mode", () => {
  for (const readOnly of [true, false]) {
    for (const sandbox of [true, false]) {
      const text = instructionsFor({ size: 1177, readOnly, sandbox });
      assert.ok(new TextEncoder().encode(text).length < 2048, `${text.length}`);
      assert.equal(/Read-only/.test(text), readOnly);
      assert.equal(/simulated/.test(text), sandbox);
      assert.equal(/live phone system/.test(text), !readOnly);
      assert.match(text, /1177 operations/);
      assert.match(text, /en_us\)\.$/);
    }
  }
});
