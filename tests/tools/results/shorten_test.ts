import assert from "node:assert/strict";
import fc from "fast-check";
import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { createMeter } from "../../../src/tools/results/meter.ts";
import { sequenceOf } from "../../../src/tools/results/sequence.ts";
import { type Cut, type Path, shorten, takeParts } from "../../../src/tools/results/shorten.ts";

/** A meter of characters alone, so that sums are exact. */
function metered(characters: number) {
  return createMeter({ tokens: Infinity, characters });
}

function rows(count: number): Json[] {
  return Array.from({ length: count }, (_, id) => ({ id, name: `Number ${id}` }));
}

function shortened(value: Json, characters: number): { value: Json; cuts: readonly Cut[] } {
  return shorten(value, [], 1, metered(characters));
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

/** Checks that what is shown is what there was, except where a cut says otherwise. */
function checkShown(original: Json, shown: Json, path: Path, cuts: Map<string, Cut>): void {
  const cut = cuts.get(keyOf(path));
  if (cut !== undefined) cuts.delete(keyOf(path));
  if (typeof original === "string" && cut !== undefined) {
    if (cut.unit === "lines") {
      assert.ok(typeof shown === "string" && original.startsWith(shown));
      assert.equal(sequenceOf(original)?.total, cut.total);
    } else {
      assert.deepEqual([cut.returned, cut.total], [0, original.length]);
      assert.equal(shown, `[${original.length} characters left out]`);
    }
  } else if (Array.isArray(original)) {
    assert.ok(Array.isArray(shown));
    assert.equal(shown.length, cut?.returned ?? original.length);
    assert.equal(cut?.total ?? original.length, original.length);
    shown.forEach((item, index) => checkShown(original[index] ?? null, item, [...path, index], cuts));
  } else if (isJsonObject(original)) {
    assert.ok(isJsonObject(shown));
    const [all, some] = [Object.keys(original), Object.keys(shown)];
    if (cut === undefined) assert.deepEqual(some, all);
    // A member whose name alone is too long is counted, and cannot be shown even in part.
    else assert.ok(cut.total === all.length && (cut.returned === some.length || some.length === 0));
    for (const [key, value] of Object.entries(shown)) checkShown(original[key] ?? null, value, [...path, key], cuts);
  } else {
    assert.deepEqual(shown, original);
  }
}

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constant("a,b\n1,2\n".repeat(40)),
  fc.constant("x".repeat(700)),
);

const small: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.integer(),
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(text, text, { maxKeys: 3 }),
);

// A fixed seed: a test that fails now and then helps nobody. Values are too large to be made smaller after a failure.
const RUNS = { numRuns: 300, seed: 20261122, endOnFailure: true };

const body = fc.letrec<{ value: Json; list: Json; object: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), text),
    tie("list"),
    tie("object"),
  ),
  list: fc.oneof(
    fc.array(tie("value"), { maxLength: 12 }),
    small.map((item) => Array.from({ length: 60 }, () => item)),
  ),
  object: fc.oneof(
    fc.dictionary(fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("items", "__proto__")), tie("value")),
    small.map((item) => Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`key ${index}`, item]))),
  ).map((value): Json => JSON.parse(JSON.stringify(value))),
})).value;

Deno.test("shorten() fits the budget, and shows nothing but whole parts that it counts right", () => {
  fc.assert(
    fc.property(body, fc.integer({ min: 100, max: 3_000 }), (value, characters) => {
      const before = JSON.stringify(value);
      const { value: shown, cuts } = shortened(value, characters);
      const length = JSON.stringify(shown).length;
      // A note or an empty list can take the place of something that was shorter still.
      assert.ok(length <= characters + 100, `${length} is more than ${characters}`);
      const open = new Map(cuts.map((cut) => [keyOf(cut.path), cut]));
      assert.equal(open.size, cuts.length, "Two cuts have the same path");
      checkShown(value, shown, [], open);
      assert.deepEqual([...open.values()], [], "A cut is nowhere to be seen");
      assert.equal(JSON.stringify(value), before);
      if (before.length <= characters) assert.equal(shown, value);
    }),
    RUNS,
  );
});

Deno.test("shorten() gives what fits back as it is", () => {
  const value = { items: rows(3) };
  assert.equal(shorten(value, [], 1, metered(1_000)).value, value);
});

Deno.test("shorten() shares fairly: short members are whole, long ones get equal parts of what is left", () => {
  const { value, cuts } = shortened({ name: "Queue", agents: rows(100), lines: rows(100), more: rows(2) }, 2_000);
  assert.ok(isJsonObject(value));
  assert.equal(value.name, "Queue");
  assert.deepEqual(value.more, rows(2));
  const [agents = 0, lines = 0] = cuts.map(({ returned }) => returned);
  assert.ok(agents > 20 && lines > 20 && Math.abs(agents - lines) <= 2, `${agents} and ${lines}`);
});

Deno.test("shorten() shows whole members of an object that has very many", () => {
  const value: JsonObject = Object.fromEntries(rows(500).map((row, index) => [`id-${index}`, row]));
  const { value: shown, cuts: [cut] } = shortened(value, 1_000);
  assert.ok(isJsonObject(shown) && cut !== undefined);
  assert.deepEqual([cut.unit, cut.total, cut.returned], ["members", 500, Object.keys(shown).length]);
  assert.deepEqual(shown, Object.fromEntries(Object.entries(value).slice(0, cut.returned)));
  assert.ok(cut.returned > 20);
});

Deno.test("shorten() shows the first item in part where it is too long alone", () => {
  const { value, cuts } = shortened({ items: [{ name: "Queue", agents: rows(100) }, { name: "Other" }] }, 600);
  assert.deepEqual(cuts.map(({ path, total }) => [path, total]), [[["items"], 2], [["items", 0, "agents"], 100]]);
  assert.equal(cuts[0]?.returned, 1);
  assert.deepEqual(value, { items: [{ name: "Queue", agents: rows(cuts[1]?.returned ?? 0) }] });
});

Deno.test("shorten() shows whole rows of a table below its header", () => {
  const table = "Time,User\n" + "1,Ann\n".repeat(500);
  const { value, cuts } = shortened({ report: table }, 300);
  assert.ok(isJsonObject(value));
  const [cut] = cuts;
  assert.deepEqual([cut?.path, cut?.unit, cut?.total], [["report"], "lines", 500]);
  assert.equal(value.report, "Time,User\n" + "1,Ann\n".repeat(cut?.returned ?? 0));
});

Deno.test("shorten() replaces a text that cannot be parted by its length", () => {
  const { value, cuts } = shortened({ type: "audio/wav", base64: "x".repeat(5_000) }, 400);
  assert.deepEqual(value, { type: "audio/wav", base64: "[5000 characters left out]" });
  assert.deepEqual(cuts, [{ path: ["base64"], unit: "characters", returned: 0, total: 5_000 }]);
});

Deno.test("shorten() does without a value that is nested without end", () => {
  let deep: Json = "x".repeat(2_000);
  for (let level = 0; level < 5_000; level++) deep = level % 2 === 0 ? [deep] : { deep };
  const { value } = shortened(deep, 1_000);
  assert.ok(JSON.stringify(value).length <= 1_100);
});

Deno.test("takeParts() begins where it is told, and counts from there", () => {
  const parts = sequenceOf(rows(100));
  assert.ok(parts !== undefined);
  const { value, cuts } = takeParts(parts, { start: 90, end: 100 }, ["items"], 1, metered(150));
  assert.deepEqual(value, rows(100).slice(90, 90 + (cuts[0]?.returned ?? 0)));
  assert.equal(cuts[0]?.returned, 5);
});

Deno.test("takeParts() takes characters of a text, and no half of a pair", () => {
  const parts = sequenceOf("🙂".repeat(100));
  assert.ok(parts !== undefined);
  for (const characters of [20, 21, 22, 23]) {
    const { value, cuts } = takeParts(parts, { start: 0, end: 200 }, [], 1, metered(characters));
    assert.match(String(value), /^(?:🙂)+$/u);
    assert.equal(cuts[0]?.returned, String(value).length);
  }
});
