import assert from "node:assert/strict";
import { parseText } from "../../src/collection/syntax.ts";

async function message(text: string, source = "x.json"): Promise<string> {
  try {
    await parseText(text, source);
  } catch (error) {
    assert(error instanceof Error && error.name === "UsageError", String(error));
    return error.message.replace(`Cannot read collection ${JSON.stringify(source)}: `, "");
  }
  assert.fail(`expected a problem in ${text}`);
}

Deno.test("parseText() reads JSON, also with a byte order mark", async () => {
  assert.deepEqual(await parseText('\uFEFF {"a": [1]}', "x"), { a: [1] });
  assert.deepEqual(await parseText("[]", "x.json"), []);
});

Deno.test("parseText() reads YAML whatever the file is called", async () => {
  assert.deepEqual(await parseText("a: [1, on]\n200: x", "x"), { a: [1, "on"], "200": "x" });
  assert.deepEqual(await parseText("{a: 1}", "x.yaml"), { a: 1 });
  assert.deepEqual(await parseText("base: &b {x: 1}\nother:\n  <<: *b\n  y: 2", "x.yml"), {
    base: { x: 1 },
    other: { x: 1, y: 2 },
  });
});

Deno.test("parseText() tells line and column of malformed JSON", async () => {
  const cases: [string, string][] = [
    ['{\n  "a": 1,\n}', "line 3, column 1: Expected double-quoted property name"],
    ['{\n  "a": tru,\n  "b": 2\n}', "line 2, column 11: Unexpected token ','"],
    [`{"long": "${"x".repeat(100)}",\n "b": ?, "c": "${"y".repeat(100)}"}`, "line 2, column 7: Unexpected token '?'"],
    ['{"a":\n[1, 2', "line 2, column 6: Expected ',' or ']' after array element"],
    ['{"a":\n', "line 2, column 1: Unexpected end of JSON input"],
    ['{"a": 1}\n{', "line 2, column 1: Unexpected non-whitespace character after JSON"],
    ['{"secret": "abc', "line 1, column 16: Unterminated string"],
  ];
  for (const [text, expected] of cases) assert.equal(await message(text), `malformed JSON at ${expected}`);
});

Deno.test("parseText() tells line and column of malformed YAML", async () => {
  assert.equal(await message("a: 1\na: 2", "x.yaml"), "malformed YAML at line 2, column 1: Map keys must be unique");
  assert.match(await message("a: [1, 2\nb: 3", "x.yaml"), /^malformed YAML at line 2, column 1: [^\n]+$/);
  assert.match(await message("a: 1\n---\nb: 2", "x.yaml"), /^malformed YAML at line 2, column 1: /);
});

Deno.test("parseText() refuses YAML that could exhaust the machine", async () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level++) {
    lines.push(`a${level}: &a${level} [${Array(9).fill(`*a${level - 1}`).join(", ")}]`);
  }
  assert.match(await message(lines.join("\n"), "x.yaml"), /^not readable as YAML: Excessive alias count/);
  assert.match(await message("a: &a {b: *a}", "x.yaml"), /^not readable as YAML: /);
  assert.match(await message(`a: ${"[".repeat(5000)}`, "x.yaml"), /YAML/);
});

Deno.test("parseText() makes a plain tree of YAML", async () => {
  const root = await parseText("a: &a {x: .nan}\nb: *a\n__proto__: {c: 1}", "x.yaml");
  assert.deepEqual(root, JSON.parse('{"a": {"x": null}, "b": {"x": null}, "__proto__": {"c": 1}}'));
  assert(typeof root === "object" && root !== null && "a" in root && "b" in root);
  assert.notEqual(root.a, root.b);
});

Deno.test("parseText() refuses an empty file", async () => {
  assert.equal(await message(" \n"), "expected JSON or YAML, got an empty file");
});
