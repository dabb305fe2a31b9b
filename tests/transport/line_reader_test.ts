import assert from "node:assert/strict";
import fc from "fast-check";
import { LineReader, type LongLine } from "../../src/transport/line_reader.ts";

function reading(maxBytes: number) {
  const lines: string[] = [];
  const long: LongLine[] = [];
  const reader = new LineReader(maxBytes, { line: (text) => lines.push(text), tooLong: (line) => long.push(line) });
  return { lines, long, reader };
}

Deno.test("LineReader.take() finds the same lines wherever the stream is cut", () => {
  const text = "a\n\nä€😀\r\nlast\n";
  const bytes = new TextEncoder().encode(text);
  fc.assert(fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
    const { lines, reader } = reading(100);
    const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length];
    for (const [index, place] of places.entries()) reader.take(bytes.slice(place, places[index + 1] ?? place));
    assert.deepEqual(lines, ["a", "", "ä€😀\r", "last"]);
  }));
});

Deno.test("LineReader.take() keeps both ends of a line that is too long, and reads on", () => {
  const { lines, long, reader } = reading(4_096);
  const line = `begin${"x".repeat(100_000)}end`;
  const bytes = new TextEncoder().encode(`short\n${line}\nshort again\n`);
  for (let start = 0; start < bytes.length; start += 1_000) reader.take(bytes.slice(start, start + 1_000));
  assert.deepEqual(lines, ["short", "short again"]);
  assert.deepEqual(long, [{ bytes: line.length, head: line.slice(0, 1_024), tail: line.slice(-1_024) }]);
});

Deno.test("LineReader.take() takes a line of just the length that it may have", () => {
  const { lines, long, reader } = reading(5);
  reader.take(new TextEncoder().encode("12345\n123456\n"));
  assert.deepEqual(lines, ["12345"]);
  assert.deepEqual(long.map(({ bytes }) => bytes), [6]);
});
