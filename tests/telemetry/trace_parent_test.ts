import fc from "fast-check";
import assert from "node:assert/strict";
import { readTraceParent } from "../../src/telemetry/trace_parent.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";

Deno.test("readTraceParent() reads trace, span and whether it is recorded", () => {
  const parent = { traceId: TRACE, spanId: SPAN, isSampled: true };
  assert.deepEqual(readTraceParent(`00-${TRACE}-${SPAN}-01`), parent);
  assert.deepEqual(readTraceParent(`00-${TRACE}-${SPAN}-00`), { ...parent, isSampled: false });
  assert.deepEqual(readTraceParent(`00-${TRACE}-${SPAN}-03`), parent);
  assert.deepEqual(readTraceParent(`cc-${TRACE}-${SPAN}-01-what-the-future-brings`), parent);
});

Deno.test("readTraceParent() takes along a state of at most 512 visible characters", () => {
  const stateOf = (state: unknown) => readTraceParent(`00-${TRACE}-${SPAN}-01`, state)?.state;
  assert.equal(stateOf("vendor=opaque,other=1"), "vendor=opaque,other=1");
  assert.equal(stateOf("a".repeat(512)), "a".repeat(512));
  for (const state of ["a".repeat(513), "", "a=ü", "a=\n", 7, null, undefined, {}]) {
    assert.equal(stateOf(state), undefined);
  }
});

Deno.test("readTraceParent() ignores what is malformed", () => {
  const malformed = [
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}`,
    ` 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01\n`,
    "",
    undefined,
    null,
    1,
    [`00-${TRACE}-${SPAN}-01`],
  ];
  for (const value of malformed) assert.equal(readTraceParent(value), undefined, String(value));
});

Deno.test("readTraceParent() gives nothing but hexadecimal ids, whatever comes", () => {
  const part = fc.oneof(fc.string(), fc.constantFrom("00", "01", TRACE, SPAN, "-"));
  fc.assert(fc.property(fc.array(part).map((parts) => parts.join("-")), fc.string(), (parent, state) => {
    const read = readTraceParent(parent, state);
    if (read === undefined) return;
    assert.match(read.traceId, /^[0-9a-f]{32}$/);
    assert.match(read.spanId, /^[0-9a-f]{16}$/);
  }));
});
