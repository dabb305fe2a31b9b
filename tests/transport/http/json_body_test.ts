import assert from "node:assert/strict";
import fc from "fast-check";
import { isDeeperThan, MAX_BODY_BYTES, MAX_DEPTH, readJsonBody } from "../../../src/transport/http/json_body.ts";

function requestOf(body: BodyInit): Request {
  return new Request("http://localhost/mcp", { method: "POST", body });
}

/** How deep a value is, by walking through it. */
function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

Deno.test("isDeeperThan() counts the levels that a walk through any JSON finds", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
    const text = JSON.stringify(value);
    const depth = depthOf(value);
    assert.equal(isDeeperThan(text, depth), false);
    if (depth > 0) assert.equal(isDeeperThan(text, depth - 1), true);
  }));
});

Deno.test("isDeeperThan() takes no bracket in a text for a level", () => {
  assert.equal(isDeeperThan(JSON.stringify({ a: '[[[[{{{{"\\' }), 1), false);
});

Deno.test("readJsonBody() reads JSON up to its limits of length and depth", async () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assert.deepEqual(await readJsonBody(requestOf('{"a":1}')), { value: { a: 1 } });
  assert.ok("value" in await readJsonBody(requestOf(nested(MAX_DEPTH))));
  assert.deepEqual(await readJsonBody(requestOf(nested(MAX_DEPTH + 1))), { problem: "too_deep" });
  assert.deepEqual(await readJsonBody(requestOf("[".repeat(200_000))), { problem: "too_deep" });
  assert.deepEqual(await readJsonBody(requestOf('"' + "x".repeat(MAX_BODY_BYTES))), { problem: "too_large" });
  for (const text of ["", "{", "nul", '{"a":}', "\u0000"]) {
    assert.deepEqual(await readJsonBody(requestOf(text)), { problem: "no_json" }, JSON.stringify(text));
  }
});

Deno.test("readJsonBody() says so when the body breaks off", async () => {
  const body = new ReadableStream({ start: (controller) => controller.error(new TypeError("gone")) });
  assert.deepEqual(await readJsonBody(requestOf(body)), { problem: "broken_off" });
});
