import assert from "node:assert/strict";
import fc from "fast-check";
import { firstGap, pathOf, pathText, placeAfter, placeArguments } from "../../../src/tools/results/place.ts";
import type { Cut, Path } from "../../../src/tools/results/shorten.ts";

const CONTENT = { items: [{ a: [1, 2], b: [3, 4] }, { a: [5] }], notes: [1] };

function cut(path: Path, returned: number): Cut {
  return { path, unit: "items", returned, total: 99 };
}

Deno.test("pathOf() reads what pathText() writes", () => {
  const name = fc.string({ minLength: 1 });
  fc.assert(fc.property(fc.array(fc.oneof(name, fc.nat())), (path) => {
    assert.deepEqual(pathOf(pathText(path)), path);
  }));
  for (const text of ["items[].a", "items[?a].b", "length(items)", "a | b", "items[-1]", "a..b"]) {
    assert.equal(pathOf(text), undefined, text);
  }
});

Deno.test("firstGap() finds the innermost place that comes first", () => {
  const outer = cut(["items"], 1);
  assert.equal(firstGap(CONTENT, [outer], ["items"]), undefined);
  const inner = [cut(["items", 0, "b"], 1), cut(["items", 0, "a"], 0)];
  const onward = true;
  assert.deepEqual(firstGap(CONTENT, [outer, ...inner], ["items"]), { path: ["items", 0, "a"], start: 0, onward });
  const members = cut(["items", 0], 8);
  assert.deepEqual(firstGap(CONTENT, [outer, members], ["items"]), { path: ["items", 0], start: 8, onward });
});

Deno.test("placeAfter() goes up to the main list, and not beyond", () => {
  const after = (path: Path) => placeAfter(CONTENT, path);
  assert.deepEqual(after(["items", 0, "a"]), { path: ["items", 0], start: 1, onward: true });
  assert.deepEqual(after(["items", 0, "b"]), { path: ["items"], start: 1 });
  assert.deepEqual([after(["items", 1, "a"]), after(["items"]), after(["notes"])], [undefined, undefined, undefined]);
  assert.deepEqual(placeAfter([[1], [2]], [0]), { path: [], start: 1 });
  assert.deepEqual(placeAfter({ a: { x: "1" }, b: { x: "2" } }, ["a", "x"]), { path: [], start: 1 });
});

Deno.test("placeArguments() leaves the main list's path out", () => {
  assert.deepEqual(placeArguments(CONTENT, { path: ["items"], start: 3 }), { start: 3 });
  assert.deepEqual(placeArguments(CONTENT, { path: ["items", 0, "a b"], start: 0, onward: true }), {
    path: 'items[0]."a b"',
    start: 0,
    onward: true,
  });
});
