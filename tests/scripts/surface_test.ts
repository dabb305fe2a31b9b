import assert from "node:assert/strict";
import fc from "fast-check";
import { changedText } from "../../scripts/surface/changed_text.ts";
import { foldCommon } from "../../scripts/surface/common_details.ts";
import { type Change, compareItems, compareLines, type Item } from "../../scripts/surface/compare.ts";
import { changesText, costsText, linesText } from "../../scripts/surface/report.ts";
import { schemaChanges } from "../../scripts/surface/schema_changes.ts";
import type { JsonObject } from "../../src/core/json.ts";

function item(name: string, parts: Partial<Item> = {}): Item {
  return { group: "People", name, description: `[People] ${name}`, annotations: {}, schema: {}, ...parts };
}

/** The changes between two sets of arguments, breaking ones with an exclamation mark. */
function changes(before: JsonObject, after: JsonObject): string[] {
  return schemaChanges(before, after).map(({ text, breaking }) => `${breaking ? "! " : ""}${text}`);
}

function properties(members: JsonObject, required: string[] = []): JsonObject {
  return { type: "object", properties: members, required };
}

const TEXT = { type: "string" };

Deno.test("schemaChanges() tells arguments that came, went, and are needed or not", () => {
  assert.deepEqual(changes(properties({ a: TEXT }), properties({ b: TEXT, c: TEXT }, ["c"])), [
    "! - a",
    "+ b: string",
    "! + c: string, required",
  ]);
  assert.deepEqual(changes(properties({ a: TEXT, b: TEXT }, ["a"]), properties({ a: TEXT, b: TEXT }, ["b"])), [
    "a: optional now",
    "! b: required now",
  ]);
});

Deno.test("schemaChanges() tells wider types from narrower ones", () => {
  const types = (before: JsonObject, after: JsonObject) => changes(properties({ a: before }), properties({ a: after }));
  assert.deepEqual(types(TEXT, { type: "integer" }), ["! a: type string → integer"]);
  assert.deepEqual(types(TEXT, { type: ["string", "null"] }), ["a: type string → string, null"]);
  assert.deepEqual(types({ type: ["string", "null"] }, TEXT), ["! a: type string, null → string"]);
  assert.deepEqual(types({ type: "integer" }, { type: "number" }), ["a: type integer → number"]);
  assert.deepEqual(types({ type: "number" }, { type: "integer" }), ["! a: type number → integer"]);
  assert.deepEqual(types({}, TEXT), ["! a: type any → string"]);
  assert.deepEqual(types(TEXT, {}), ["a: type string → any"]);
});

Deno.test("schemaChanges() tells values and bounds", () => {
  const one = (before: JsonObject, after: JsonObject) =>
    changes(properties({ a: { ...TEXT, ...before } }), properties({ a: { ...TEXT, ...after } }));
  assert.deepEqual(one({ enum: ["X", "Y"] }, { enum: ["Y", "Z"] }), ["! a: value removed: X", "a: value added: Z"]);
  assert.deepEqual(one({}, { enum: ["X"] }), ["! a: only X"]);
  assert.deepEqual(one({ enum: ["X"] }, {}), ["a: any value instead of X"]);
  assert.deepEqual(one({ maxLength: 9 }, { maxLength: 8 }), ["! a: maxLength 9 → 8"]);
  assert.deepEqual(one({ maxLength: 8 }, { maxLength: 9 }), ["a: maxLength 8 → 9"]);
  assert.deepEqual(one({}, { minLength: 1 }), ["! a: minLength none → 1"]);
  assert.deepEqual(one({ minLength: 1, default: "x" }, { default: "y" }), [
    'a: default "x" → "y"',
    "a: minLength 1 → none",
  ]);
  assert.deepEqual(one({ description: "Its name" }, { description: "Its first name" }), [
    'a: nothing → "… first …"',
  ]);
});

Deno.test("schemaChanges() looks into objects, lists, maps and alternatives", () => {
  const inside = (schema: JsonObject): JsonObject =>
    properties({
      agents: { type: "array", items: properties({ id: schema }) },
      labels: { type: "object", additionalProperties: schema },
      either: { type: "string", anyOf: [schema, { type: "null" }] },
    });
  assert.deepEqual(changes(inside(TEXT), inside({ type: "integer" })), [
    "! agents[].id: type string → integer",
    "! labels.*: type string → integer",
    "! either|1: type string → integer",
  ]);
  const choices = (...anyOf: JsonObject[]) => properties({ a: { type: "string", anyOf } });
  assert.deepEqual(changes(choices(TEXT, TEXT), choices(TEXT)), ["! a: 2 alternatives → 1"]);
  const open = (additionalProperties: boolean): JsonObject => ({
    type: "object",
    properties: {},
    additionalProperties,
  });
  assert.deepEqual(changes(open(true), open(false)), ["! .*: described otherwise"]);
});

Deno.test("schemaChanges() takes any name for an argument", () => {
  const name = fc.oneof(fc.string(), fc.constantFrom("constructor", "__proto__", "toString", "type"));
  fc.assert(fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (before, after) => {
    const of = (names: string[]) => properties(Object.fromEntries(names.map((one) => [one, TEXT])));
    const found = changes(of(before), of(after));
    assert.equal(
      found.filter((text) => text.startsWith("! - ")).length,
      before.filter((one) => !after.includes(one)).length,
    );
    assert.equal(
      found.filter((text) => text.startsWith("+ ")).length,
      after.filter((one) => !before.includes(one)).length,
    );
  }));
});

Deno.test("changedText() shows the words that changed, and where there are more", () => {
  assert.equal(changedText("one two three", "one 2 three"), '"… two …" → "… 2 …"');
  assert.equal(changedText("one two", "three two"), '"one …" → "three …"');
  assert.equal(changedText("one one", "one one one"), 'nothing → "… one"');
  assert.equal(changedText("", "new"), 'described as "new"');
  assert.equal(changedText("old", ""), 'no longer described as "old"');
  assert.ok(changedText("a", "b".repeat(10_000)).length < 200);
});

Deno.test("compareItems() tells what came, went and changed, by group and name", () => {
  const before = [item("a"), item("b"), item("z", { group: "Zoo" })];
  const after = [item("b", { annotations: { readOnlyHint: true } }), item("c"), item("z", { group: "Zoo" })];
  const found = compareItems(before, after);
  assert.deepEqual(found.map(({ kind, name, breaking }) => [kind, name, breaking]), [
    ["removed", "a", true],
    ["changed", "b", false],
    ["added", "c", false],
  ]);
  assert.deepEqual(found[1]?.details, [{ text: "readOnlyHint: none → true", breaking: false }]);
  assert.deepEqual(compareItems(before, before), []);
});

Deno.test("compareItems() follows a tool to its new name, if the former one still works", () => {
  const schema = properties({ x: TEXT });
  const before = [item("old", { schema, description: "Same" })];
  const after = [item("new", { description: "Same", schema: properties({ x: TEXT }, ["x"]) })];
  const [change, ...others] = compareItems(before, after, new Map([["old", "new"]]));
  assert.deepEqual(others, []);
  assert.deepEqual(change, {
    group: "People",
    name: "new",
    kind: "renamed",
    formerly: "old",
    breaking: true,
    details: [{ text: "x: required now", breaking: true }],
  });
  assert.deepEqual(compareItems(before, after).map(({ kind }) => kind), ["added", "removed"]);
});

Deno.test("compareItems() puts first what can break a caller", () => {
  const before = item("a", { description: "Old", schema: properties({ gone: TEXT }) });
  const after = item("a", { description: "New", schema: properties({ come: TEXT }) });
  const [change] = compareItems([before], [after]);
  assert.deepEqual(change?.details.map(({ text }) => text), ["- gone", 'description: "Old" → "New"', "+ come: string"]);
});

Deno.test("compareLines() tells the lines that differ", () => {
  assert.deepEqual(compareLines("a\nb\nc", "a\nc\nd"), ["- b", "+ d"]);
  assert.deepEqual(compareLines("a", "a"), []);
});

function changed(name: string, ...texts: string[]): Change {
  const details = texts.map((text) => ({ text, breaking: text.startsWith("- ") }));
  const breaking = details.some((one) => one.breaking);
  return { group: "People", name, kind: "changed", breaking, details };
}

Deno.test("foldCommon() tells once what ten tools or more have in common", () => {
  const many = Array.from({ length: 10 }, (_, index) => changed(`tool_${index}`, "+ dry_run: boolean"));
  assert.deepEqual(foldCommon(many), {
    common: [{ text: "+ dry_run: boolean", breaking: false, count: 10 }],
    changes: [],
  });
  const nine = many.slice(1);
  assert.deepEqual(foldCommon(nine), { common: [], changes: nine });
  const more = foldCommon([...nine, changed("other", "- gone", "+ dry_run: boolean")]);
  assert.deepEqual(more.changes, [changed("other", "- gone")]);
});

Deno.test("changesText() marks what breaks, and counts", () => {
  const text = changesText([changed("a", "- gone", "+ come: string"), { ...changed("b"), kind: "added" }], false);
  assert.deepEqual(text.split("\n"), [
    "1 added, 1 changed; 1 can break a caller (!)",
    "",
    "People",
    "  ! ~ a",
    "  !     - gone",
    "        + come: string",
    "    + b",
    "",
  ]);
  assert.match(
    changesText([{ ...changed("a"), kind: "renamed", formerly: "b" }], false),
    /~ a \(was b, which still works\)/,
  );
  assert.equal(changesText([], false), "Nothing listed has changed\n");
});

Deno.test("changesText() cuts a long difference, and keeps what can break a caller", () => {
  const harmless = Array.from({ length: 60 }, (_, index) => changed(`tool_${index}`, `x: text ${index}`));
  const all = [...harmless, changed("zulu", ...Array.from({ length: 9 }, (_, index) => `- argument_${index}`))];
  const text = changesText(all, false);
  assert.match(text, /^61 changed; 1 can break a caller/);
  assert.match(text, /\n {2}! ~ zulu\n(?: {2}!.*\n){6} +… 3 more\n… 21 more: --all shows them\n$/);
  const whole = changesText(all, true);
  assert.match(whole, /argument_8/);
  assert.doesNotMatch(whole, /…/);
});

Deno.test("costsText() shows both sides and their difference, or the present alone", () => {
  const costs = [
    { part: "--tools all", before: 100, after: 90 },
    { part: "--tools discover", after: 10 },
    { part: "prompts", before: 5, after: 6 },
  ];
  assert.deepEqual(costsText(costs, true).split("\n"), [
    "tokens (o200k)       before  after  difference",
    "--tools all             100     90         -10",
    "--tools discover  not there     10",
    "prompts                   5      6          +1",
    "",
  ]);
  assert.match(costsText(costs, false), /^tokens \(o200k\) +now\n--tools all +90\n/);
});

Deno.test("linesText() cuts long texts", () => {
  const lines = Array.from({ length: 20 }, (_, index) => `+ ${index}`);
  assert.match(linesText("Instructions", lines, false), /^Instructions\n {2}\+ 0\n[^]*\n {2}… 8 more lines\n$/);
  assert.match(linesText("Instructions", lines, true), /\n {2}\+ 19\n$/);
  assert.equal(linesText("Instructions", [], true), "");
});

Deno.test("the command ends with 2 where it is used wrongly, and says how it is used", async () => {
  const script = new URL("../../scripts/surface.ts", import.meta.url).pathname;
  for (const args of [["--bass", "HEAD"], ["HEAD"], ["--base", "no such revision"]]) {
    const command = new Deno.Command(Deno.execPath(), { args: ["run", "--quiet", "-A", script, ...args] });
    const { code, stdout } = await command.output();
    assert.equal(code, 2, args.join(" "));
    assert.match(new TextDecoder().decode(stdout), /Usage: deno task surface \[--base REVISION\] \[--all\]/);
  }
});
