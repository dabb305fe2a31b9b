import assert from "node:assert/strict";
import type { Identity } from "../../../src/webex/credential/identity.ts";
import { createOwner } from "../../../src/webex/credential/owner.ts";
import { callOf, FakeClock } from "../../support/fake_clock.ts";

const ADA: Identity = { rejected: false, displayName: "Ada", emails: [], partner: false, unknown: [] };

const token = () => Promise.resolve("token");

Deno.test("createOwner() asks once in ten minutes, for all that want to know", async () => {
  const clock = new FakeClock();
  let asked = 0;
  const owner = createOwner({ clock, token, read: () => Promise.resolve({ ...ADA, displayName: `Ada ${++asked}` }) });
  using call = callOf(clock);
  const found = await Promise.all([owner.lookup(call), owner.lookup(call)]);
  assert.deepEqual(found.map((one) => one?.displayName), ["Ada 1", "Ada 1"]);
  await clock.advance(9 * 60_000);
  await owner.lookup({ signal: new AbortController().signal });
  assert.equal(asked, 1);
  await clock.advance(60_000);
  assert.equal((await owner.lookup({ signal: new AbortController().signal }))?.displayName, "Ada 2");
});

Deno.test("createOwner() asks again for another token, and never tells the owner of one for another's", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  let current: string | undefined = "one";
  const asked: string[] = [];
  const owner = createOwner({
    clock,
    token: () => Promise.resolve(current),
    read: (value) => {
      asked.push(value);
      return value === "broken" ? Promise.reject(new Error("down")) : Promise.resolve({ ...ADA, displayName: value });
    },
  });
  const ask = async (value: string | undefined) => {
    current = value;
    return (await owner.lookup({ signal }))?.displayName;
  };
  assert.equal(await ask("one"), "one");
  assert.equal(await ask("two"), "two");
  assert.equal(await ask("broken"), undefined);
  assert.equal(await ask("one"), "one");
  assert.equal(await ask(undefined), undefined);
  assert.deepEqual(asked, ["one", "two", "broken"]);
  for (let number = 0; number < 8; number++) await ask(`other ${number}`);
  await ask("one");
  assert.equal(asked.filter((value) => value === "one").length, 2, "only the last few are remembered");
});

Deno.test("createOwner() asks for two tokens side by side", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  const waiting = new Map<string, (identity: Identity) => void>();
  const values = ["one", "two"];
  const owner = createOwner({
    clock,
    token: () => Promise.resolve(values.shift()),
    read: (value) => new Promise((resolve) => waiting.set(value, resolve)),
  });
  const found = Promise.all([owner.lookup({ signal }), owner.lookup({ signal })]);
  while (waiting.size < 2) await new Promise((resolve) => setTimeout(resolve, 0));
  for (const [value, resolve] of [...waiting].toReversed()) resolve({ ...ADA, displayName: value });
  assert.deepEqual((await found).map((one) => one?.displayName), ["one", "two"]);
});

Deno.test("createOwner() keeps quiet about failures, and about a token that is refused or missing", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  const broken = createOwner({ clock, token, read: () => Promise.reject(new Error("no network")) });
  assert.equal(await broken.lookup({ signal }), undefined);
  const refused = createOwner({ clock, token, read: () => Promise.resolve({ ...ADA, rejected: true }) });
  assert.equal(await refused.lookup({ signal }), undefined);
  const none = createOwner({ clock, token: () => Promise.reject(new Error("none")), read: () => Promise.resolve(ADA) });
  assert.equal(await none.lookup({ signal }), undefined);
  const [ofBroken, ofRefused, ofNone] = await Promise.all(
    [broken, refused, none].map((owner) => owner.isRejected({ signal })),
  );
  assert.deepEqual([ofBroken, ofRefused, ofNone], [false, true, false]);
});

Deno.test("createOwner() forgets what it knew when asking again fails", async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  let isUp = true;
  const owner = createOwner({
    clock,
    token,
    read: () => isUp ? Promise.resolve(ADA) : Promise.reject(new Error("down")),
  });
  await owner.lookup({ signal });
  isUp = false;
  await clock.advance(600_000);
  assert.equal(await owner.lookup({ signal }), undefined);
});

Deno.test("createOwner() waits eight seconds at most, and lets a cancelled call go", async () => {
  const clock = new FakeClock();
  const owner = createOwner({ clock, token, read: () => new Promise(() => {}) });
  const abort = new AbortController();
  const leaving = owner.lookup({ signal: abort.signal });
  const staying = owner.lookup({ signal: new AbortController().signal });
  // The token's hash is made beside the test.
  while (clock.sleeping !== 1) await new Promise((resolve) => setTimeout(resolve, 0));
  abort.abort();
  assert.equal(await leaving, undefined);
  await clock.advance(8_000);
  assert.equal(await staying, undefined);
  assert.equal(clock.sleeping, 0);
});
