import assert from "node:assert/strict";
import fc from "fast-check";
import { namesLike } from "../../src/collection/tool_pattern.ts";

Deno.test("namesLike() takes * for any characters, ? for one, and case for nothing", () => {
  const cases: readonly [string, string, boolean][] = [
    ["people_*", "people_list_people", true],
    ["people_*", "my_people_list", false],
    ["*queue*", "call_queue_list", true],
    ["People_List_?eople", "people_list_people", true],
    ["people", "people_list", false],
    ["**", "", true],
    ["a.c", "abc", false],
    ["(a|b)", "a", false],
  ];
  for (const [pattern, name, expected] of cases) assert.equal(namesLike(pattern)(name), expected, pattern);
});

Deno.test("namesLike() matches every name by itself, whatever characters it has", () => {
  fc.assert(fc.property(fc.string(), (name) => {
    fc.pre(name === name.trim());
    assert.equal(namesLike(name)(name), true);
  }));
});
