import assert from "node:assert/strict";
import { noMeter, statusClassOf } from "../../src/telemetry/meter.ts";
import { noTracer } from "../../src/telemetry/tracer.ts";
import { noSpan } from "../../src/core/span.ts";

Deno.test("statusClassOf() knows the five classes, and takes all else for no answer", () => {
  assert.deepEqual([100, 204, 302, 429, 599].map(statusClassOf), ["1xx", "2xx", "3xx", "4xx", "5xx"]);
  for (const status of [undefined, 0, 99, 600, -200, NaN, Infinity]) assert.equal(statusClassOf(status), "none");
});

Deno.test("noMeter takes everything, and looks at nothing", () => {
  noMeter.callEnded({ kind: "read", outcome: "ok", durationMs: 1 });
  noMeter.operationEnded({ method: "tools/list", durationMs: 1 });
  noMeter.attemptEnded({ durationMs: 1 });
  noMeter.repeated("429");
  noMeter.waited({ for: "place", ms: 1 });
  noMeter.httpEnded({ route: "mcp", method: "POST", status: 200, durationMs: 1 });
  noMeter.rateLimited();
  noMeter.storeAnswered({ isOk: true, durationMs: 1 });
  noMeter.observe("queue_depth", () => assert.fail("Expected no look"))();
});

Deno.test("noTracer serves a request under a span that is none", async () => {
  assert.equal(await noTracer.span({ name: "tools/list", attributes: {} }, (span) => Promise.resolve(span)), noSpan);
});
