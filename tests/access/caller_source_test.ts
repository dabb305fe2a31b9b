import assert from "node:assert/strict";
import { parseCallers } from "../../src/access/caller_file.ts";
import { createCallerSource } from "../../src/access/caller_source.ts";
import { nearestNames } from "../../src/collection/nearest.ts";
import { FakeClock } from "../support/fake_clock.ts";

const ENTRY = { id: "Ab3dEf7h", hash: `sha256:${"h".repeat(43)}`, created_at: "2026-01-15T09:00:00Z" };
const ONE = JSON.stringify({ version: 1, callers: { ci: ENTRY } });
const NONE = JSON.stringify({ version: 1, callers: {} });

function make(text: string) {
  const clock = new FakeClock();
  const state: { text: string; reads: number; isThere: boolean; exposure?: string } = { text, reads: 0, isThere: true };
  const warnings: string[] = [];
  const source = createCallerSource({
    clock,
    log: { warning: (line) => void warnings.push(line) },
    store: {
      path: "/c.json",
      read: () => {
        state.reads++;
        const text = state.isThere ? state.text : NONE;
        return Promise.resolve().then(() => parseCallers(text, { path: "/c.json", nearest: nearestNames }));
      },
      exists: () => Promise.resolve(state.isThere),
      exposure: () => Promise.resolve(state.exposure),
    },
  });
  return { clock, state, warnings, source, size: async () => (await source.current()).size };
}

Deno.test("createCallerSource() reads the file once for all who ask, and again after two seconds", async () => {
  const { clock, state, size } = make(ONE);
  assert.deepEqual(await Promise.all([size(), size(), size()]), [1, 1, 1]);
  state.text = NONE;
  assert.deepEqual([await size(), state.reads], [1, 1]);
  await clock.advance(2_000);
  assert.deepEqual([await size(), state.reads], [0, 2]);
});

Deno.test("createCallerSource() keeps the callers of before while the file is wrong, and says so once", async () => {
  const { clock, state, warnings, size } = make(ONE);
  await size();
  state.text = "{";
  for (let tries = 0; tries < 3; tries++) {
    await clock.advance(2_000);
    assert.equal(await size(), 1);
  }
  assert.deepEqual(warnings, ['Cannot use "/c.json": its content: expected JSON; the callers of before stay']);
  state.text = NONE;
  await clock.advance(2_000);
  assert.equal(await size(), 0);
});

Deno.test("createCallerSource() has no callers of before where the file was never right", async () => {
  const { size, state } = make("{");
  await assert.rejects(size(), /expected JSON/);
  state.text = ONE;
  assert.equal(await size(), 1);
});

Deno.test("createCallerSource() warns of a file that others may read", async () => {
  const { clock, state, warnings, size } = make(ONE);
  state.exposure = "Others may read it";
  await size();
  await clock.advance(2_000);
  await size();
  assert.deepEqual(warnings, ["Others may read it"]);
});

Deno.test("createCallerSource() tells of a file that is wrong, and when it was last right", async () => {
  const { clock, state, source, size } = make(ONE);
  assert.deepEqual(source.state(), {});
  await size();
  const readAt = clock.now();
  assert.deepEqual(source.state(), { readAt });
  state.text = "{";
  await clock.advance(2_000);
  await size();
  assert.deepEqual(source.state(), { readAt, trouble: "unusable" });
  state.text = NONE;
  await clock.advance(2_000);
  await size();
  assert.deepEqual(source.state(), { readAt: readAt + 4_000 });
});

Deno.test("createCallerSource() lets nobody in while there is no file, and says so once", async () => {
  const { clock, state, source, warnings, size } = make(ONE);
  await size();
  const readAt = clock.now();
  state.isThere = false;
  for (let tries = 0; tries < 3; tries++) {
    await clock.advance(2_000);
    assert.equal(await size(), 0);
  }
  assert.deepEqual(source.state(), { readAt, trouble: "missing" });
  assert.deepEqual(warnings, ['There is no file of callers "/c.json": no token of this server\'s own lets anybody in']);
  state.isThere = true;
  await clock.advance(2_000);
  assert.equal(await size(), 1);
  assert.equal(source.state().trouble, undefined);
});
