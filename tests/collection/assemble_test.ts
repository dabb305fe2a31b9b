import assert from "node:assert/strict";
import { assemble, type Draft, isPathTemplate, methodNamed } from "../../src/collection/assemble.ts";
import { Checker } from "../../src/collection/check.ts";
import { deriveFacts } from "../../src/collection/facts.ts";

function draft(path: string, tool = "", title = path): Draft {
  return {
    tool,
    id: path,
    title,
    feature: "Things",
    method: "GET",
    path,
    description: "",
    deprecated: false,
    parameters: [],
    responses: {},
    facts: deriveFacts("GET"),
    schemas: {},
  };
}

function tools(drafts: Draft[], namespace = ""): string[] {
  const check = new Checker("x.json");
  const endpoints = assemble(drafts, namespace, check);
  check.finish();
  return endpoints.map((endpoint) => endpoint.tool);
}

Deno.test("assemble() takes legal names from the file and derives the others", () => {
  assert.deepEqual(tools([draft("/a", "one"), draft("/b", "two")]), ["one", "two"]);
  assert.deepEqual(tools([draft("/a", "Not legal"), draft("/b", "two"), draft("/c", "x".repeat(46))]), [
    "things_a",
    "two",
    "things_c",
  ]);
});

Deno.test("assemble() derives all names where there is a namespace", () => {
  assert.deepEqual(tools([draft("/a", "one")], "mine"), ["mine_things_a"]);
});

Deno.test("assemble() keeps former names only where there is no namespace", () => {
  const former = () => ({ ...draft("/a"), formerly: ["old_name"] });
  assert.deepEqual(assemble([former()], "", new Checker("x"))[0]?.formerly, ["old_name"]);
  assert.equal(assemble([former()], "mine", new Checker("x"))[0]?.formerly, undefined);
});

Deno.test("assemble() takes no name that could be mistaken for another", () => {
  assert.deepEqual(tools([draft("/a", "one"), draft("/b", "one")]), ["things_a", "things_b"]);
  assert.deepEqual(tools([draft("/a", "things_b"), draft("/b")]), ["things_a", "things_b"]);
  assert.deepEqual(tools([draft("/a", "things_a"), draft("/b")]), ["things_a", "things_b"]);
});

Deno.test("assemble() refuses an operation that is there twice", () => {
  assert.throws(() => tools([draft("/a"), draft("/a")]), {
    message: 'Cannot read collection "x.json": endpoint "GET /a": expected once, got it in "Things" and in "Things"',
  });
});

Deno.test("methodNamed() knows the methods of endpoints", () => {
  assert.equal(methodNamed("PATCH"), "PATCH");
  for (const name of ["TRACE", "get", "", "constructor"]) assert.equal(methodNamed(name), undefined);
});

Deno.test("isPathTemplate() takes paths with parameters", () => {
  const paths = [
    "/",
    "/people",
    "/people/{personId}",
    "/a/",
    "/a/{id}:run",
    "/a/{x}-{y}.json",
    "/größe",
    "/a/{per son}",
    "/.well-known/x",
    "/a//b",
  ];
  for (const path of paths) assert(isPathTemplate(path), path);
});

Deno.test("isPathTemplate() refuses what leads out of the base URL or into its query", () => {
  const paths = [
    "",
    "people",
    "//evil.example/x",
    "https://evil.example",
    "/a?b=c",
    "/a#b",
    "/a/../b",
    "/a/..",
    "/./a",
    "/a/%2e%2E/b",
    "/a/.%2e",
    "/a\\b",
    "/a b",
    "/a\nb",
    "/{a",
    "/a}",
    "/{}",
    "/{a/b}",
    "/{{a}}",
    "/\ud800",
  ];
  for (const path of paths) assert(!isPathTemplate(path), path);
});
