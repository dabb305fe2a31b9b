import assert from "node:assert/strict";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import fc from "fast-check";
import { isJsonObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { StoreError } from "../../../src/store/store_error.ts";
import { contentOf, DEFAULT_LIMIT, fit, fits, shownOf } from "../../../src/tools/results/fit.ts";
import { mainPath, pathText } from "../../../src/tools/results/place.ts";
import type { KeptResult } from "../../../src/tools/results/result_store.ts";

const EXPIRES = Date.UTC(2026, 0, 1);
const KEPT: KeptResult = { id: "abc", uri: "webex://results/abc", tool: "x", bytes: 1, keptAt: 0, expiresAt: EXPIRES };

function people(count: number): Json[] {
  return Array.from({ length: count }, (_, index) => ({
    id: btoa(`ciscospark://us/PEOPLE/${index * 7_919 + 1_000_000}-4a5b-6c7d`),
    displayName: `Person ${index}`,
    phoneNumber: `+1408555${1000 + index}`,
  }));
}

async function shortened(value: JsonObject): Promise<{ result: JsonObject; truncated: JsonObject; kept: string[] }> {
  const kept: string[] = [];
  const result = await fit(value, DEFAULT_LIMIT, (text) => {
    kept.push(text);
    return Promise.resolve(KEPT);
  });
  assert.ok(isJsonObject(result.truncated));
  return { result, truncated: result.truncated, kept };
}

Deno.test("fit() gives what fits back as it is, and keeps nothing", async () => {
  const value = { status_code: 200, body: { items: people(100) }, complete: true };
  assert.equal(await fit(value, DEFAULT_LIMIT, () => assert.fail("It kept something")), value);
});

Deno.test("fit() shortens a long list to whole items, keeps the whole and says how to read on", async () => {
  const value = {
    status_code: 200,
    body: { items: people(2_000) },
    complete: true,
    items_returned: 2_000,
    tracking_id: "T",
  };
  const before = JSON.stringify(value);
  const { result, truncated, kept } = await shortened(value);
  const returned = Number(result.items_returned);
  assert.ok(returned > 100 && returned < 2_000);
  assert.deepEqual(result.body, { items: people(2_000).slice(0, returned) });
  assert.deepEqual([result.status_code, result.complete, result.tracking_id], [200, false, "T"]);
  assert.deepEqual(truncated.shown, [{ path: "items", returned, total: 2_000 }]);
  assert.match(String(truncated.reason), /^Too long to show whole: about \d+ tokens, \d+ characters$/);
  assert.deepEqual(truncated.read_with, { tool: "webex_result", arguments: { result: "abc", start: returned } });
  assert.deepEqual([truncated.result, truncated.expires_at], ["webex://results/abc", "2026-01-01T00:00:00.000Z"]);
  assert.deepEqual(kept, [before]);
  assert.equal(JSON.stringify(value), before);
});

Deno.test("fit() never shortens what a caller passes back", async () => {
  const next = "n".repeat(900);
  const limit = { tokens: 1_000, characters: 7_500 };
  const value = { status_code: 200, body: { items: people(200) }, complete: false, next };
  const result = await fit(value, limit, () => Promise.resolve(KEPT));
  assert.equal(result.next, next);
  assert.ok(!JSON.stringify(result.truncated).includes("shortened_beside"));
  const plan = { plan_id: next, plan: { will_send: { body: people(200) } } };
  assert.equal((await fit(plan, limit, () => Promise.resolve(KEPT))).plan_id, next);
});

Deno.test("fit() stays within the limit, and uses most of it", async () => {
  const { result } = await shortened({ status_code: 200, body: { items: people(5_000) } });
  const tokens = encode(JSON.stringify(result)).length;
  assert.ok(tokens <= DEFAULT_LIMIT.tokens && tokens > DEFAULT_LIMIT.tokens * 0.7, `${tokens} tokens`);
});

Deno.test("fit() minds characters where tokens are not limited", async () => {
  const limit = { tokens: Infinity, characters: 10_000 };
  const result = await fit({ body: people(500) }, limit, () => Promise.resolve(KEPT));
  const length = JSON.stringify(result).length;
  assert.ok(length <= 10_000 && length > 7_000, `${length} characters`);
});

Deno.test("fit() passes everything on where nothing is limited", async () => {
  const value = { body: people(5_000) };
  assert.equal(await fit(value, { tokens: Infinity, characters: Infinity }, () => Promise.resolve(KEPT)), value);
});

Deno.test("fit() names the path of a list that is not the body's longest", async () => {
  const ids = Array.from({ length: 3_000 }, () => 1);
  const { truncated } = await shortened({ body: { ids, agents: people(1_000) } });
  assert.ok(isJsonObject(truncated.read_with) && isJsonObject(truncated.read_with.arguments));
  assert.equal(truncated.read_with.arguments.path, "agents");
});

Deno.test("fit() leaves out what nobody reads in pieces, and says so", async () => {
  const { result, truncated } = await shortened({
    body: { content_type: "audio/wav", bytes: 300_000, base64: "QUJD".repeat(1e5) },
  });
  assert.deepEqual(result.body, { content_type: "audio/wav", bytes: 300_000, base64: "[400000 characters left out]" });
  assert.deepEqual(truncated.shown, [{ path: "base64", returned: 0, total: 400_000, unit: "characters" }]);
  assert.equal(truncated.read_with, undefined);
  assert.equal(truncated.result, "webex://results/abc");
});

Deno.test("fit() shortens an error's details, and what stands beside the body", async () => {
  const error = { code: "x", message: "m", details: { errors: people(2_000) } };
  const { result, truncated } = await shortened({ status_code: 400, error, guidance: "Do this" });
  assert.deepEqual([result.status_code, result.guidance], [400, "Do this"]);
  assert.ok(Array.isArray(truncated.shown) && isJsonObject(truncated.shown[0]));
  assert.equal(truncated.shown[0].path, "error.details.errors");

  const beside = await shortened({ body: { id: "1" }, warnings: people(2_000) });
  assert.deepEqual(beside.result.body, { id: "1" });
  assert.ok(isJsonObject(beside.truncated.shortened_beside));
});

Deno.test("fit() keeps the list's own next page, and says where that goes on", async () => {
  const { result, truncated } = await shortened({ body: people(2_000), complete: false, next: "token" });
  assert.equal(result.next, "token");
  assert.match(String(truncated.note), /after all of this result/);
});

Deno.test("fit() says so where the whole cannot be kept", async () => {
  const result = await fit({ body: people(2_000) }, DEFAULT_LIMIT, () => Promise.resolve(undefined));
  assert.ok(isJsonObject(result.truncated));
  assert.match(String(result.truncated.not_kept), /ask for less/);
  assert.equal(result.truncated.read_with, undefined);
});

Deno.test("fit() answers all the same where the store cannot be reached, and says so", async () => {
  const away = () => Promise.reject(new StoreError("Cannot use the store"));
  const { truncated } = await fit({ body: people(2_000) }, DEFAULT_LIMIT, away);
  assert.ok(isJsonObject(truncated));
  assert.match(String(truncated.not_kept), /^The store of results cannot be reached: /);
  assert.equal(truncated.result, undefined);
  const broken = () => Promise.reject(new TypeError("a bug"));
  await assert.rejects(fit({ body: people(2_000) }, DEFAULT_LIMIT, broken), TypeError);
});

Deno.test("fit() holds its limit for any value", async () => {
  const limit = { tokens: 1_500, characters: 6_000 };
  const leaf = fc.oneof(
    fc.integer(),
    fc.string({ unit: "grapheme", maxLength: 60 }),
    fc.constant("x,y\n1,2\n".repeat(300)),
  );
  const list = fc.array(fc.oneof(leaf, fc.dictionary(fc.string({ maxLength: 90 }), leaf)), { maxLength: 200 });
  const body = fc.oneof(list, fc.dictionary(fc.string({ maxLength: 90 }), fc.oneof(leaf, list), { maxKeys: 60 }));
  await fc.assert(
    fc.asyncProperty(body, async (given) => {
      const value: JsonObject = JSON.parse(JSON.stringify({ status_code: 200, body: given }));
      const result = await fit(value, limit, () => Promise.resolve(KEPT));
      assert.ok(fits(JSON.stringify(result), limit), `${JSON.stringify(result).length} characters`);
      assert.equal(result === value, fits(JSON.stringify(value), limit));
      assert.equal(result.status_code, 200);
    }),
    { numRuns: 100, seed: 20261122, endOnFailure: true },
  );
});

Deno.test("fit() takes ten megabytes, and what is nested without end", async () => {
  const { result } = await shortened({ status_code: 200, body: { items: people(90_000) } });
  assert.ok(fits(JSON.stringify(result), DEFAULT_LIMIT));
  let deep: Json = "x".repeat(200_000);
  for (let level = 0; level < 3_000; level++) deep = { deep };
  assert.ok(fits(JSON.stringify((await shortened({ body: deep })).result), DEFAULT_LIMIT));
});

Deno.test("contentOf() is the body, or the value that has none", () => {
  assert.deepEqual(contentOf({ status_code: 200, body: [1] }), [1]);
  assert.deepEqual(contentOf({ error: { code: "x" } }), { error: { code: "x" } });
});

Deno.test("pathText() writes JMESPath expressions", () => {
  assert.equal(pathText([]), "@");
  assert.equal(pathText(["items", 0, "Answer time", "a"]), 'items[0]."Answer time".a');
  assert.equal(pathText([3, "é"]), '[3]."é"');
});

Deno.test("mainPath() finds the longest list of a body", () => {
  assert.deepEqual(mainPath({ a: [1], items: [1, 2], name: "x" }), ["items"]);
  assert.deepEqual([mainPath([1]), mainPath({ name: "x" }), mainPath("x")], [[], [], []]);
});

Deno.test("shownOf() names no more than it must, and counts the rest", () => {
  const cut = { unit: "items", returned: 0, total: 1 } as const;
  const many = Array.from({ length: 20 }, (_, index) => ({ ...cut, path: [`list${index}`] }));
  const { shown, not_named } = shownOf([...many, { ...cut, path: ["x".repeat(100)] }]);
  assert.ok(Array.isArray(shown));
  assert.deepEqual([shown.length, not_named], [8, 13]);
});
