import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../src/core/json.ts";
import { queryPairs, textOf } from "../../../src/webex/requests/query.ts";
import { parameterOf } from "../../support/endpoints.ts";

function read(pairs: readonly string[]): [string, string][] {
  return [...new URL(`https://webexapis.com/v1/x?${pairs.join("&")}`).searchParams];
}

Deno.test("queryPairs() joins an array with commas where the endpoint wants one key", () => {
  const parameter = parameterOf("phoneNumber", { explode: false });
  assert.deepEqual(queryPairs(parameter, ["+14155550100", "200"]), ["phoneNumber=%2B14155550100,200"]);
});

Deno.test("queryPairs() repeats the key where the endpoint wants that", () => {
  assert.deepEqual(queryPairs(parameterOf("id"), ["a", "b"]), ["id=a", "id=b"]);
});

Deno.test("queryPairs() keeps a comma inside of a member apart from the commas between members", () => {
  assert.deepEqual(queryPairs(parameterOf("name", { explode: false }), ["a,b", "c"]), ["name=a%2Cb,c"]);
});

Deno.test("queryPairs() encodes plus, ampersand, equals, blank and foreign letters", () => {
  assert.deepEqual(queryPairs(parameterOf("q"), "+ &=#ü?"), ["q=%2B%20%26%3D%23%C3%BC%3F"]);
});

Deno.test("queryPairs() writes booleans and numbers as lower-case text", () => {
  assert.deepEqual(queryPairs(parameterOf("b"), true), ["b=true"]);
  assert.deepEqual(queryPairs(parameterOf("b"), false), ["b=false"]);
  assert.deepEqual(queryPairs(parameterOf("n"), 0), ["n=0"]);
  assert.deepEqual(queryPairs(parameterOf("n"), [1, true]), ["n=1", "n=true"]);
});

Deno.test("queryPairs() sends an empty string and leaves out an empty array", () => {
  assert.deepEqual(queryPairs(parameterOf("q"), ""), ["q="]);
  assert.deepEqual(queryPairs(parameterOf("q"), []), []);
  assert.deepEqual(queryPairs(parameterOf("q", { explode: false }), []), []);
});

Deno.test("queryPairs() sends JSON text where the parameter is declared so", () => {
  const parameter = parameterOf("filter", { json: true });
  assert.deepEqual(read(queryPairs(parameter, { a: [1, "ü&"] })), [["filter", '{"a":[1,"ü&"]}']]);
});

Deno.test("queryPairs() spreads an object over keys of their own, or joins it under one key", () => {
  const value: Json = { first: 1, second: "a,b" };
  assert.deepEqual(queryPairs(parameterOf("o"), value), ["first=1", "second=a%2Cb"]);
  assert.deepEqual(queryPairs(parameterOf("o", { explode: false }), value), ["o=first,1,second,a%2Cb"]);
});

Deno.test("queryPairs() sends a lone surrogate as the replacement character instead of failing", () => {
  assert.deepEqual(read(queryPairs(parameterOf("q"), "a\ud800")), [["q", "a\ufffd"]]);
});

Deno.test("queryPairs() gives what URLSearchParams reads back as the same name and value", () => {
  const text = fc.string({ unit: "binary" });
  fc.assert(fc.property(text, text, (name, value) => {
    assert.deepEqual(read(queryPairs(parameterOf(name), value)), [[name, value]]);
  }));
});

Deno.test("queryPairs() gives each member of a comma-joined array back when split before decoding", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (members) => {
    const [pair = ""] = queryPairs(parameterOf("a", { explode: false }), members);
    assert.deepEqual(pair.slice(2).split(",").map(decodeURIComponent), members);
  }));
});

Deno.test("textOf() writes scalars without quotes and everything else as JSON", () => {
  assert.deepEqual(["a b", 1.5, true, null, [1], { a: "b" }].map(textOf), [
    "a b",
    "1.5",
    "true",
    "null",
    "[1]",
    '{"a":"b"}',
  ]);
});
