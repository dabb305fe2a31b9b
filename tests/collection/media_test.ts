import assert from "node:assert/strict";
import { chooseMedia, isJsonType } from "../../src/collection/media.ts";

function choice(...types: string[]): string | undefined {
  return chooseMedia(Object.fromEntries(types.map((type) => [type, {}])))?.type;
}

Deno.test("chooseMedia() prefers JSON, then +json, then forms, then the first", () => {
  assert.equal(
    choice("text/csv", "multipart/form-data", "application/hal+json", "application/json"),
    "application/json",
  );
  assert.equal(choice("multipart/form-data", "application/json-patch+json"), "application/json-patch+json");
  assert.equal(choice("application/x-www-form-urlencoded", "multipart/form-data"), "multipart/form-data");
  assert.equal(choice("text/csv", "application/x-www-form-urlencoded"), "application/x-www-form-urlencoded");
  assert.equal(choice("text/csv", "text/plain"), "text/csv");
});

Deno.test("chooseMedia() takes off parameters and letter case", () => {
  const media = chooseMedia({ "Application/JSON; charset=UTF-8": { schema: {} } });
  assert.deepEqual(media, {
    type: "application/json",
    key: "Application/JSON; charset=UTF-8",
    fields: { schema: {} },
  });
});

Deno.test("chooseMedia() reads a range as JSON, after the types that are named", () => {
  assert.equal(choice("*/*"), "application/json");
  assert.equal(choice("*/*", "application/hal+json"), "application/hal+json");
});

Deno.test("chooseMedia() passes over what is no media type", () => {
  assert.equal(choice(), undefined);
  assert.equal(choice("json", "text/plain\r\nX-Evil: 1", "", "a/b/c"), undefined);
  assert.deepEqual(chooseMedia({ "application/json": "oops" }), {
    type: "application/json",
    key: "application/json",
    fields: {},
  });
});

Deno.test("isJsonType() knows the +json types", () => {
  assert(isJsonType("application/json") && isJsonType("application/problem+json"));
  assert(!isJsonType("text/plain") && !isJsonType("application/jsonp"));
});
