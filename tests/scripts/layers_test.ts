import assert from "node:assert/strict";
import { layerProblems } from "../../scripts/checks/layers.ts";

function module(name: string, ...imports: readonly string[]) {
  const url = (path: string) => `file:///project/${path}`;
  return {
    specifier: url(name),
    dependencies: imports.map((path) => ({ specifier: path, code: { specifier: url(path) } })),
  };
}

Deno.test("layerProblems() allows imports from the same and from earlier folders", () => {
  assert.deepEqual(layerProblems([module("src/tools/a.ts", "src/tools/b.ts", "src/core/c.ts", "data/d.json")]), []);
});

Deno.test("layerProblems() names an import from a later folder", () => {
  assert.deepEqual(layerProblems([module("src/core/a.ts", "src/tools/b.ts")]), [
    '"src/core/a.ts" imports "src/tools/b.ts" of a later layer',
  ]);
});

Deno.test("layerProblems() names imports from outside of the program, and folders that are no layer", () => {
  assert.equal(layerProblems([module("src/core/a.ts", "scripts/b.ts")]).length, 1);
  assert.equal(layerProblems([module("src/utils/a.ts")]).length, 1);
});
