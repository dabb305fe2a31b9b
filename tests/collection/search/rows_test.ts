import assert from "node:assert/strict";
import fc from "fast-check";
import { Rows } from "../../../src/collection/search/rows.ts";

Deno.test("Rows keeps any rows, however long and however many", () => {
  const row = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 5_000 });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (given) => {
      const rows = new Rows();
      for (const numbers of given) {
        const half = Math.floor(numbers.length / 2);
        rows.add(numbers.slice(0, half));
        rows.add(numbers.slice(half));
        rows.end();
      }
      const { numbers, starts, size } = rows;
      const kept = Array.from({ length: size }, (_, index) => [...numbers.subarray(starts[index], starts[index + 1])]);
      assert.deepEqual(kept, given);
    }),
    { numRuns: 30 },
  );
});
