import assert from "node:assert/strict";
import { createHiddenNames } from "../../src/store/hidden_names.ts";

const [OLD, NEW] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];

Deno.test("createHiddenNames() gives the same text for the same name and key, and nothing else", async () => {
  const [one, same, other] = [createHiddenNames([OLD]), createHiddenNames([OLD]), createHiddenNames([NEW])];
  const hidden = await one.current("ann");
  assert.match(hidden, /^[\w-]{43}$/);
  assert.equal(await same.current("ann"), hidden);
  assert.notEqual(await other.current("ann"), hidden);
  assert.notEqual(await one.current("bob"), hidden);
});

Deno.test("createHiddenNames() hides by every key, the current one first", async () => {
  const names = createHiddenNames([NEW, OLD]);
  const expected = [await createHiddenNames([NEW]).current("ann"), await createHiddenNames([OLD]).current("ann")];
  assert.deepEqual(await names.all("ann"), expected);
  assert.equal(await names.current("ann"), expected[0]);
});

Deno.test("createHiddenNames() hides more names than it remembers", async () => {
  const names = createHiddenNames([OLD]);
  const first = await names.current("0");
  for (let index = 0; index < 1_100; index++) await names.current(`${index}`);
  assert.equal(await names.current("0"), first);
});
