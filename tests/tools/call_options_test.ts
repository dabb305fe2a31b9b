import assert from "node:assert/strict";
import { RefusedError } from "../../src/core/errors.ts";
import { listedOptions, optionsOf } from "../../src/tools/call_options.ts";
import { endpointOf, parameterOf, writerOf } from "../support/endpoints.ts";

const LIST = endpointOf({ path: "/people" }, { list: "items", paging: { style: "cursor" } });
const SHORT_LIST = endpointOf({ path: "/voices" }, { list: "voices" });
const DETAIL = endpointOf({ path: "/people/{personId}" });

Deno.test("listedOptions() offers what a result has a use for", () => {
  assert.deepEqual(Object.keys(listedOptions(LIST)), ["fields", "all_pages", "max_items"]);
  assert.deepEqual(Object.keys(listedOptions(SHORT_LIST)), ["fields"]);
  assert.deepEqual(listedOptions(DETAIL), {});
  assert.deepEqual(listedOptions(writerOf({ fields: { type: "string" } }, [])), {});
});

Deno.test("listedOptions() and optionsOf() leave an operation its own argument of such a name", () => {
  const own = endpointOf({ path: "/people", parameters: [parameterOf("fields")] }, {
    list: "items",
    paging: { style: "cursor" },
  });
  assert.deepEqual(Object.keys(listedOptions(own)), ["all_pages", "max_items"]);
  const { options, rest } = optionsOf(own, { fields: "name", all_pages: true });
  assert.deepEqual(options, { allPages: true });
  assert.deepEqual(rest, { fields: "name" });
});

Deno.test("optionsOf() parts options from arguments, for any tool and in the string forms that some clients send", () => {
  assert.deepEqual(optionsOf(DETAIL, { personId: "x", fields: "name", max_items: "20", all_pages: "true" }), {
    options: { fields: "name", allPages: true, maxItems: 20 },
    rest: { personId: "x" },
  });
  assert.deepEqual(optionsOf(LIST, { fields: " ", all_pages: false }), { options: { allPages: false }, rest: {} });
});

Deno.test("optionsOf() refuses values that make no sense", () => {
  const wrong = [{ fields: 5 }, { all_pages: "maybe" }, { max_items: 0 }, { max_items: 1.5 }, { max_items: "many" }, {
    max_items: 1e9,
  }];
  for (const args of wrong) {
    assert.throws(() => optionsOf(LIST, args), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "invalid_argument");
      return true;
    });
  }
});
