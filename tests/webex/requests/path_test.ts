import assert from "node:assert/strict";
import fc from "fast-check";
import { RefusedError } from "../../../src/core/errors.ts";
import { fillPath, pathSegment } from "../../../src/webex/requests/path.ts";

const BASE = "https://webexapis.com/v1";

/** Strings that try to leave their segment, among ordinary and arbitrary ones. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(
    fc.constantFrom("/", "\\", ".", "..", "%2e", "%2F", "?", "#", "@", ":", ";", "\t", "\n", "\r", " ", "a", "\u202e"),
    { maxLength: 8 },
  ).map((parts) => parts.join("")),
);

function filled(template: string, values: Record<string, string>): URL {
  return new URL(BASE + fillPath(template, new Map(Object.entries(values))));
}

function refusal(value: string): RefusedError {
  try {
    pathSegment("personId", value);
  } catch (error) {
    assert.ok(error instanceof RefusedError);
    return error;
  }
  throw new Error("Expected a refusal, got none");
}

/** Whether some server could take the value for a path that leads elsewhere. */
function isClimbing(value: string): boolean {
  return value.split(/[\\/]/).some((part) => part === "." || part === "..");
}

Deno.test("fillPath() keeps each value one segment of the same origin that decodes to the value", () => {
  fc.assert(fc.property(hostile, hostile, (a, b) => {
    fc.pre([a, b].every((value) => value.trim() !== "" && !isClimbing(value) && value.isWellFormed()));
    const url = filled("/people/{a}/features/{b}", { a, b });
    assert.equal(url.origin, "https://webexapis.com");
    assert.equal(url.search + url.hash + url.username, "");
    const segments = url.pathname.split("/");
    assert.equal(segments.length, 6);
    assert.deepEqual(segments.map(decodeURIComponent), ["", "v1", "people", a, "features", b]);
  }));
});

Deno.test("fillPath() either refuses a value or leaves the number of segments as it is", () => {
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: fc.constantFrom("\ud800", "\udfff", "a", ".") })), (value) => {
      let url: URL;
      try {
        url = filled("/people/{id}", { id: value });
      } catch (error) {
        assert.ok(error instanceof RefusedError);
        return;
      }
      assert.equal(url.pathname.split("/").length, 4);
      assert.equal(url.origin, "https://webexapis.com");
    }),
  );
});

Deno.test("pathSegment() refuses dot segments and names the argument", () => {
  for (const value of [".", ".."]) {
    const error = refusal(value);
    assert.equal(error.code, "invalid_path_value");
    assert.match(error.message, /^Argument "personId" is "\.\.?": expected /);
    assert.match(error.guidance ?? "", /"personId"/);
  }
});

Deno.test("pathSegment() refuses a path in place of a value, and takes dots that lead nowhere", () => {
  for (const value of ["../x", "x/..", "a/./b", "..\\x"]) assert.equal(refusal(value).code, "invalid_path_value");
  for (const value of ["a/b", "...", "a..b", ".a/b."]) {
    assert.equal(pathSegment("id", value), encodeURIComponent(value));
  }
});

Deno.test("pathSegment() refuses empty and blank values", () => {
  for (const value of ["", " ", "\t\n", "\u00a0", "\ufeff"]) {
    assert.match(refusal(value).message, /"personId" is empty/);
  }
});

Deno.test("pathSegment() refuses lone surrogates", () => {
  for (const value of ["\ud800", "a\udc00b"]) assert.match(refusal(value).message, /"personId" is not valid Unicode/);
});

Deno.test("pathSegment() encodes the ids and numbers that Webex uses", () => {
  assert.equal(pathSegment("id", "Y2lzY29zcGFyazovL3Vz=="), "Y2lzY29zcGFyazovL3Vz%3D%3D");
  assert.equal(pathSegment("phoneNumber", "+14155550100"), "%2B14155550100");
  assert.equal(pathSegment("id", "0b5d#1"), "0b5d%231");
  assert.equal(pathSegment("id", "a/b"), "a%2Fb");
  assert.equal(pathSegment("id", "%2e%2e"), "%252e%252e");
  assert.equal(pathSegment("id", "..."), "...");
});

Deno.test("fillPath() refuses a value that is missing", () => {
  assert.throws(() => fillPath("/people/{personId}", new Map()), /Argument "personId" is empty/);
});

Deno.test("fillPath() takes replacement patterns in a value literally", () => {
  assert.equal(fillPath("/people/{id}/x", new Map([["id", "$&$1$$"]])), "/people/%24%26%241%24%24/x");
});

Deno.test("fillPath() takes braces in a value literally", () => {
  const values = new Map([["a", "{b}"], ["b", "secret"]]);
  assert.equal(fillPath("/{a}/{b}", values), "/%7Bb%7D/secret");
});

Deno.test("fillPath() refuses values that only together make a dot segment", () => {
  assert.throws(() => fillPath("/files/{a}{b}", new Map([["a", "."], ["b", "."]])), RefusedError);
});

Deno.test("pathSegment() refuses what is too long for an id, without repeating it", () => {
  assert.equal(pathSegment("id", "x".repeat(4_000)).length, 4_000);
  const { message } = refusal("x".repeat(1_000_000));
  assert.equal(message, 'Argument "personId" is too long: 1000000 characters, at most 4000 are accepted');
});
