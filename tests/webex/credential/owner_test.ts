import assert from "node:assert/strict";
import type { Identity } from "../../../src/webex/credential/identity.ts";
import { createOwner } from "../../../src/webex/credential/owner.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";

const ADA: Identity = { rejected: false, displayName: "Ada", emails: [], partner: false, unknown: [] };

Deno.test("createOwner() asks once in ten minutes, for all that want to know", async () => {
  const clock = new FakeClock();
  let asked = 0;
  const owner = createOwner({ clock, read: () => Promise.resolve({ ...ADA, displayName: `Ada ${++asked}` }) });
  using call = callOf(clock);
  assert.equal(owner.known(), undefined);
  const found = await Promise.all([owner.lookup(call), owner.lookup(call)]);
  assert.deepEqual(found.map((one) => one?.displayName), ["Ada 1", "Ada 1"]);
  await clock.advance(9 * 60_000);
  await owner.lookup({ signal: new AbortController().signal });
  assert.equal(asked, 1);
  await clock.advance(60_000);
  assert.equal((await owner.lookup({ signal: new AbortController().signal }))?.displayName, "Ada 2");
});

Deno.test("createOwner() keeps quiet about failures, and about a token that is refused", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  const broken = createOwner({ clock, read: () => Promise.reject(new Error("no network")) });
  assert.equal(await broken.lookup({ signal }), undefined);
  const refused = createOwner({ clock, read: () => Promise.resolve({ ...ADA, rejected: true }) });
  assert.equal(await refused.lookup({ signal }), undefined);
});

Deno.test("createOwner() keeps what it knew when asking again fails", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  let isUp = true;
  const owner = createOwner({ clock, read: () => isUp ? Promise.resolve(ADA) : Promise.reject(new Error("down")) });
  await owner.lookup({ signal });
  isUp = false;
  await clock.advance(600_000);
  assert.equal((await owner.lookup({ signal }))?.displayName, "Ada");
});

Deno.test("createOwner() waits eight seconds at most, and lets a cancelled call go", async () => {
  const clock = new FakeClock();
  const owner = createOwner({ clock, read: () => new Promise(() => {}) });
  const abort = new AbortController();
  const leaving = owner.lookup({ signal: abort.signal });
  const staying = owner.lookup({ signal: new AbortController().signal });
  abort.abort();
  assert.equal(await leaving, undefined);
  await clock.advance(8_000);
  assert.equal(await staying, undefined);
  assert.equal(clock.sleeping, 0);
});
