import assert from "node:assert/strict";
import fc from "fast-check";
import { chain, GENESIS, hashOf, lineText, readLine } from "../../src/audit/chain.ts";
import { recordOf, recordOfDraft } from "../../src/audit/record.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { makeSite, readEntry, writeEntry } from "./support.ts";

const none = new Secrets();

Deno.test("recordOf() cuts long texts and redacts secrets before it cuts them", () => {
  const secrets = new Secrets();
  const secret = "S3CR3T-value-of-a-token".repeat(8);
  secrets.add(secret);
  const garbage = `${"x".repeat(100)}${secret}${"y".repeat(1_000_000)}`;
  const record = recordOf(
    readEntry({ ids: { personId: garbage, [secret]: "1" }, tool: garbage, client: garbage, code: garbage }),
    secrets,
  );
  const text = JSON.stringify(record);
  assert.equal(text.includes("S3CR3T"), false);
  assert.ok(text.length < 2_000);
  assert.equal(String(record["client"]).length, 80);
  assert.equal(String(record["tool"]).length, 200);
});

Deno.test("recordOf() bounds the number of names and ids", () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `name${index}`);
  const ids = Object.fromEntries(names.map((name) => [name, "1"]));
  const record = recordOf(readEntry({ argumentNames: names, ids }), none);
  assert.ok(JSON.stringify(record).length < 10_000);
});

Deno.test("recordOfDraft() writes values only where they are given, without secrets and files", () => {
  assert.equal("values" in recordOfDraft(writeEntry(), none), false);
  const { values } = recordOfDraft(
    writeEntry({
      values: {
        displayName: "Ada",
        sipPassword: "hunter2",
        hostPin: 1234,
        shippingCode: "kept",
        accessCodes: ["1", "2"],
        tokens: { a: "b" },
        nested: { authorizationCode: "x", deep: { apiKey: "y", note: "Bearer abcdefgh12345678" } },
        audioFile: { name: "greeting.wav", base64: "UklGRg==" },
        raw: "QUJD".repeat(100),
        big: "text ".repeat(1_000),
        many: Array.from({ length: 1_000 }, (_, index) => index),
      },
    }),
    none,
  );
  assert.deepEqual({ ...Object(values), big: "", many: "" }, {
    displayName: "Ada",
    sipPassword: "[redacted]",
    hostPin: "[redacted]",
    shippingCode: "kept",
    accessCodes: "[redacted]",
    tokens: "[redacted]",
    nested: { authorizationCode: "[redacted]", deep: { apiKey: "[redacted]", note: "Bearer [redacted]" } },
    audioFile: { name: "greeting.wav", base64: "[redacted]" },
    raw: "[redacted]",
    big: "",
    many: "",
  });
  assert.equal(Object(values).big.length, 500);
  assert.equal(Object(values).many.length, 51);
});

Deno.test("recordOfDraft() bounds values as a whole, however they are nested", () => {
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`m${index}`, "x y ".repeat(200)]));
  const deep = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`m${index}`, { ...wide, wide }]));
  const values: JsonObject = JSON.parse(JSON.stringify(deep));
  let endless: JsonObject = {};
  for (let level = 0; level < 100_000; level++) endless = { down: endless };
  values["endless"] = endless;
  assert.ok(JSON.stringify(recordOfDraft(writeEntry({ values }), none)).length < 60_000);
});

Deno.test("recordOf() makes one whole line of any strings, and the line proves itself", () => {
  const hostile = fc.string({ unit: "binary", maxLength: 300 });
  const named = fc.oneof(
    hostile,
    fc.constantFrom("__proto__", "constructor", "1", "\u2028", "\r\n", "\ud800", "\u009b2J"),
  );
  fc.assert(
    fc.property(
      fc.dictionary(named, hostile, { maxKeys: 5 }),
      fc.array(named, { maxLength: 5 }),
      fc.json(),
      hostile,
      (ids, argumentNames, json, text) => {
        const values = { value: JSON.parse(json), [text]: text };
        const entry = writeEntry({
          ids,
          argumentNames,
          values,
          tool: text,
          client: text,
          code: text,
          trackingId: text,
        });
        const [line] = chain([recordOf(entry, none)], { seq: 0, hash: GENESIS });
        assert.ok(line !== undefined);
        const written = lineText(line.value);
        // deno-lint-ignore no-control-regex -- control characters are what must not be there
        assert.doesNotMatch(written, /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        const read = readLine(new TextDecoder().decode(new TextEncoder().encode(written)));
        assert.ok(read !== undefined);
        assert.equal(lineText(read.value), written);
        assert.equal(hashOf(read.value), read.hash);
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("record() keeps the file readable whatever names and ids a model makes up", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  const samples = fc.sample(fc.string({ unit: "binary", maxLength: 2_000 }), 200);
  for (const [at, text] of samples.entries()) {
    void trail.record(readEntry({ ids: { [text]: text }, argumentNames: [text], tool: text, time: at }));
  }
  await trail.close();
  const { ok, lines } = await site.verify();
  assert.deepEqual([ok, lines], [true, 200]);
});

Deno.test("hashOf() depends on every member, and on nothing else", () => {
  const line = { v: 1, seq: 1, a: [1, { b: "c" }], prev: GENESIS };
  const hash = hashOf(line);
  assert.match(hash, /^[0-9a-f]{64}$/);
  assert.equal(hashOf({ prev: GENESIS, a: [1, { b: "c" }], seq: 1, v: 1, hash: "x" }), hash);
  for (const change of [{ seq: 2 }, { a: [1, { b: "d" }] }, { prev: "1".repeat(64) }, { more: null }]) {
    assert.notEqual(hashOf({ ...line, ...change }), hash);
  }
});

Deno.test("readLine() refuses what is no line", () => {
  for (
    const text of ["", "1", "null", "[]", "{}", '{"v":1,"seq":0}', `{"v":1,"seq":1,"prev":"x","hash":"${GENESIS}"}`]
  ) {
    assert.equal(readLine(text), undefined, text);
  }
});
