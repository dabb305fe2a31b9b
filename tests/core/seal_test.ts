import assert from "node:assert/strict";
import fc from "fast-check";
import type { Clock } from "../../src/core/clock.ts";
import { RefusedError } from "../../src/core/errors.ts";
import type { Json } from "../../src/core/json.ts";
import { createSeal } from "../../src/core/seal.ts";

const HOUR = 3_600_000;

function clockAt(time: number): Clock {
  return { now: () => time, monotonic: () => time, sleep: () => Promise.resolve() };
}

const clock = clockAt(1_000_000);
const seal = createSeal({ clock });

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof RefusedError, String(error));
    assert.ok(error.guidance !== undefined && error.guidance.endsWith("."));
    return error.code;
  }
  return "opened";
}

Deno.test("createSeal() opens what it sealed, whatever JSON it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.jsonValue({ noUnicodeString: false }), async (purpose, value) => {
      const payload: Json = JSON.parse(JSON.stringify(value));
      const token = await seal.seal(purpose, payload, HOUR);
      assert.match(token, /^[A-Za-z0-9_-]+$/);
      assert.deepEqual(await seal.open(purpose, token), payload);
    }),
    { numRuns: 50 },
  );
});

Deno.test("createSeal() hides the value and never makes the same token twice", async () => {
  const [one, two] = [await seal.seal("p", "secret", HOUR), await seal.seal("p", "secret", HOUR)];
  assert.notEqual(one, two);
  const bytes = Uint8Array.fromBase64(one, { alphabet: "base64url" });
  assert.ok(!new TextDecoder().decode(bytes).includes("secret"));
});

Deno.test("createSeal() shortens what repeats itself", async () => {
  const token = await seal.seal("p", "abcdefgh".repeat(1000), HOUR);
  assert.ok(token.length < 200, `${token.length}`);
  assert.equal(await seal.open("p", token), "abcdefgh".repeat(1000));
});

Deno.test("open() refuses another purpose, another key and a time that is over", async () => {
  const token = await seal.seal("page", { a: 1 }, HOUR);
  assert.equal(await refusal(seal.open("plan", token)), "bad_token");
  assert.equal(await refusal(createSeal({ clock }).open("page", token)), "bad_token");
  const key = new Uint8Array(32).fill(7);
  const short = await createSeal({ clock, keys: [key] }).seal("page", 1, HOUR);
  assert.equal(await createSeal({ clock: clockAt(999_999 + HOUR), keys: [key] }).open("page", short), 1);
  assert.equal(
    await refusal(createSeal({ clock: clockAt(1_000_000 + HOUR), keys: [key] }).open("page", short)),
    "expired_token",
  );
});

Deno.test("open() refuses every flipped bit", async () => {
  const token = await seal.seal("page", { tool: "people_list_people" }, HOUR);
  const bytes = Uint8Array.fromBase64(token, { alphabet: "base64url" });
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Uint8Array.from(bytes, (byte, index) => index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte);
    const text = changed.toBase64({ alphabet: "base64url", omitPadding: true });
    assert.equal(await refusal(seal.open("page", text)), "bad_token");
  }
});

Deno.test("open() refuses every changed, cut or lengthened character", async () => {
  const token = await seal.seal("page", 1, HOUR);
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: token.length }),
      fc.constantFrom("", "A", "_", "=", " ", "\n", "+", "é"),
      fc.boolean(),
      async (at, text, replace) => {
        const changed = token.slice(0, at) + text + token.slice(at + (replace ? 1 : 0));
        fc.pre(changed !== token);
        assert.equal(await refusal(seal.open("page", changed)), "bad_token");
      },
    ),
    { numRuns: 100 },
  );
});

Deno.test("open() refuses any garbage without another exception", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.base64String()), async (text) => {
      assert.equal(await refusal(seal.open("page", text)), "bad_token");
    }),
    { numRuns: 100 },
  );
  assert.equal(await refusal(seal.open("page", "A".repeat(70_000))), "bad_token");
});

Deno.test("createSeal() refuses a key of another length", () => {
  assert.throws(() => createSeal({ clock, keys: [new Uint8Array(16)] }), RangeError);
});

Deno.test("createSeal() opens tokens of every key that it is given, so that a key can be exchanged", async () => {
  const [old, fresh] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const before = createSeal({ clock, keys: [old] });
  const during = createSeal({ clock, keys: [fresh, old] });
  const after = createSeal({ clock, keys: [fresh] });
  const [first, second] = [await before.seal("p", 1, HOUR), await during.seal("p", 2, HOUR)];
  assert.deepEqual([await during.open("p", first), await after.open("p", second)], [1, 2]);
  assert.equal(await refusal(after.open("p", first)), "bad_token");
});
