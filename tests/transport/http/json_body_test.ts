import assert from "node:assert/strict";
import fc from "fast-check";
import {
  extentOf,
  MAX_BODY_BYTES,
  MAX_DEPTH,
  MAX_VALUES,
  readJsonBody,
} from "../../../src/transport/http/json_body.ts";

function requestOf(body: BodyInit): Request {
  return new Request("http://localhost/mcp", { method: "POST", body });
}

/** How deep a value is, by walking through it. */
function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

const ALL = { depth: Infinity, values: Infinity };

Deno.test("extentOf() counts the levels that a walk through any JSON finds", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
    assert.equal(extentOf(JSON.stringify(value), ALL).depth, depthOf(value));
  }));
});

/** How many values there are, by walking through them. */
function countOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return 1 + Object.values(value).reduce((sum: number, member) => sum + countOf(member), 0);
}

Deno.test("extentOf() counts no fewer values than there are, give or take the first of each list", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
    const { values } = extentOf(JSON.stringify(value), ALL);
    assert.ok(values * 2 >= countOf(value) && values <= countOf(value) * 2, JSON.stringify(value));
  }));
});

Deno.test("extentOf() takes no bracket or comma in a text for one, and ends where a limit is passed", () => {
  assert.deepEqual(extentOf(JSON.stringify({ a: '[[,,[[{{{{"\\' }), ALL), { depth: 1, values: 2 });
  assert.equal(extentOf("[".repeat(1_000), { depth: 5, values: 100 }).depth, 6);
  assert.equal(extentOf(`[${"1,".repeat(1_000)}1]`, { depth: 5, values: 100 }).values, 101);
});

Deno.test("readJsonBody() reads JSON up to its limits of length and depth", async () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assert.deepEqual(await readJsonBody(requestOf('{"a":1}')), { value: { a: 1 } });
  assert.ok("value" in await readJsonBody(requestOf(nested(MAX_DEPTH))));
  assert.deepEqual(await readJsonBody(requestOf(nested(MAX_DEPTH + 1))), { problem: "too_deep" });
  assert.deepEqual(await readJsonBody(requestOf("[".repeat(200_000))), { problem: "too_deep" });
  const list = (length: number) => JSON.stringify(Array(length).fill(1));
  assert.ok("value" in await readJsonBody(requestOf(list(MAX_VALUES - 1))));
  assert.deepEqual(await readJsonBody(requestOf(list(MAX_VALUES + 1))), { problem: "too_many" });
  assert.deepEqual(await readJsonBody(requestOf('"' + "x".repeat(MAX_BODY_BYTES))), { problem: "too_large" });
  for (const text of ["", "{", "nul", '{"a":}', "\u0000"]) {
    assert.deepEqual(await readJsonBody(requestOf(text)), { problem: "no_json" }, JSON.stringify(text));
  }
});

Deno.test("readJsonBody() says so when the body breaks off", async () => {
  const body = new ReadableStream({ start: (controller) => controller.error(new TypeError("gone")) });
  assert.deepEqual(await readJsonBody(requestOf(body)), { problem: "broken_off" });
});
