import assert from "node:assert/strict";
import fc from "fast-check";
import { RefusedError } from "../../../src/core/errors.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { createSeal } from "../../../src/core/seal.ts";
import { createRedisStore } from "../../../src/store/redis_store.ts";
import { sealedStore } from "../../../src/store/sealed_store.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { linkTo, startRedis } from "../../support/redis.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import {
  type Change,
  createPlans,
  PLAN_TTL_MS,
  type PlanOptions,
  type Plans,
} from "../../../src/tools/confirmation/plan.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const KEY = new Uint8Array(32).fill(7);
const CHANGE = changeOf({ id: "1", where: { city: "Leeds", floor: 2 } });

function changeOf(body: JsonObject, tool = "things_delete", path = "/things"): Change {
  const url = new URL(`https://h/v1${path}`);
  return { tool, request: { method: "POST", url, headers: new Headers(), body: JSON.stringify(body) } };
}

function bench(clock = new FakeClock(), options: Partial<PlanOptions> = {}) {
  const seal = createSeal({ clock, keys: [KEY] });
  const store = createMemoryStore({ clock });
  const plans = createPlans({ seal, clock, store, owner: "ann", profile: "acme", place: "here", ...options });
  return { clock, store: options.store ?? store, plans };
}

async function codeOf(redeeming: Promise<void>): Promise<string> {
  try {
    await redeeming;
  } catch (error) {
    assert.ok(error instanceof RefusedError);
    return error.code;
  }
  return "accepted";
}

async function tokenOf(plans: Plans, change = CHANGE): Promise<string> {
  return (await plans.seal("plan", change)).token;
}

Deno.test("redeem() takes a plan once", async () => {
  const { plans } = bench();
  const token = await tokenOf(plans);
  assert.equal(await codeOf(plans.redeem("plan", token, CHANGE)), "accepted");
  assert.equal(await codeOf(plans.redeem("plan", token, CHANGE)), "used_plan");
});

Deno.test("redeem() takes one of two calls that come at the same time", async () => {
  const { plans } = bench();
  const token = await tokenOf(plans);
  const codes = await Promise.all([1, 2, 3].map(() => codeOf(plans.redeem("plan", token, CHANGE))));
  assert.deepEqual(codes.sort(), ["accepted", "used_plan", "used_plan"]);
});

Deno.test("redeem() does not mind the order of members", async () => {
  const { plans } = bench();
  const token = await tokenOf(plans);
  const same = changeOf({ where: { floor: 2, city: "Leeds" }, id: "1" });
  assert.equal(await codeOf(plans.redeem("plan", token, same)), "accepted");
});

Deno.test("redeem() refuses a plan for anything but the very change, and leaves it usable for that", async () => {
  const { plans } = bench();
  const token = await tokenOf(plans);
  const body = { id: "1", where: { city: "Leeds", floor: 2 } };
  const others = [
    changeOf(body, "things_update"),
    changeOf(body, "things_delete", "/others"),
    changeOf({ ...body, id: "2" }),
    changeOf({ id: "1" }),
    changeOf({ ...body, more: null }),
    changeOf({ ...body, id: 1 }),
  ];
  for (const other of others) assert.equal(await codeOf(plans.redeem("plan", token, other)), "other_plan");
  assert.equal(await codeOf(plans.redeem("plan", token, CHANGE)), "accepted");
});

Deno.test("redeem() tells any two different bodies apart", async () => {
  const { plans } = bench();
  const args = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
  await fc.assert(
    fc.asyncProperty(args, args, async (sealed, sent) => {
      const plain = (value: JsonObject) => JSON.parse(JSON.stringify(value));
      const { token } = await plans.seal("plan", changeOf(plain(sealed)));
      const code = await codeOf(plans.redeem("plan", token, changeOf(plain(sent))));
      let equal = true;
      try {
        assert.deepStrictEqual(plain(sealed), plain(sent));
      } catch {
        equal = false;
      }
      assert.equal(code, equal ? "accepted" : "other_plan");
    }),
    { numRuns: 60 },
  );
});

Deno.test("redeem() refuses a plan for a file whose content is another by then", async () => {
  const { plans } = bench();
  const upload = (content: string): Change => {
    const body = new FormData();
    body.append("file", new File([content], "greeting.wav", { type: "audio/wav" }));
    return { tool: "things_upload", request: { ...CHANGE.request, body } };
  };
  const { token } = await plans.seal("plan", upload("one"));
  assert.equal(await codeOf(plans.redeem("plan", token, upload("two"))), "other_plan");
  assert.equal(await codeOf(plans.redeem("plan", token, upload("one"))), "accepted");
});

Deno.test("seal() and redeem() refuse a body that is nested without end", async () => {
  const { plans } = bench();
  const body = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  const deep = { ...CHANGE, request: { ...CHANGE.request, body } };
  await assert.rejects(plans.seal("plan", deep), RefusedError);
  assert.equal(await codeOf(plans.redeem("plan", await tokenOf(plans), deep)), "too_deep");
});

Deno.test("redeem() refuses a plan after ten minutes", async () => {
  const { plans, clock } = bench();
  const { token, expiresAt } = await plans.seal("plan", CHANGE);
  assert.equal(expiresAt, clock.now() + PLAN_TTL_MS);
  await clock.advance(PLAN_TTL_MS - 1);
  const another = await tokenOf(plans);
  await clock.advance(1);
  assert.equal(await codeOf(plans.redeem("plan", token, CHANGE)), "expired_plan");
  assert.equal(await codeOf(plans.redeem("plan", another, CHANGE)), "accepted");
});

Deno.test("redeem() refuses what is no plan of ours", async () => {
  const { plans } = bench();
  const token = await tokenOf(plans);
  const changed = `${token.startsWith("A") ? "B" : "A"}${token.slice(1)}`;
  for (const forged of ["", "x", changed, token.slice(0, -1), `${token}A`, "🙂"]) {
    assert.equal(await codeOf(plans.redeem("plan", forged, CHANGE)), "bad_plan", forged);
  }
  const { plans: other } = bench(new FakeClock(), { seal: createSeal({ clock: new FakeClock() }) });
  assert.equal(await codeOf(plans.redeem("plan", await tokenOf(other), CHANGE)), "bad_plan");
});

Deno.test("redeem() takes no question for a plan, and no plan for a question", async () => {
  const { plans } = bench();
  const { token: question } = await plans.seal("question", CHANGE);
  assert.equal(await codeOf(plans.redeem("plan", question, CHANGE)), "bad_plan");
  assert.equal(await codeOf(plans.redeem("question", await tokenOf(plans), CHANGE)), "bad_state");
  assert.equal(await codeOf(plans.redeem("question", question, CHANGE)), "accepted");
});

Deno.test("redeem() refuses a plan of another profile or place", async () => {
  const clock = new FakeClock();
  const token = await tokenOf(bench(clock).plans);
  assert.equal(await codeOf(bench(clock, { profile: "other" }).plans.redeem("plan", token, CHANGE)), "other_plan");
  assert.equal(await codeOf(bench(clock, { place: "there" }).plans.redeem("plan", token, CHANGE)), "other_plan");
});

Deno.test("redeem() refuses a payload that another release sealed in another form", async () => {
  const clock = new FakeClock();
  const seal = createSeal({ clock, keys: [KEY] });
  const { plans } = bench(clock);
  for (const payload of [null, "x", [1], {}, { id: 5 }]) {
    const token = await seal.seal("write_plan", payload, 1000);
    assert.equal(await codeOf(plans.redeem("plan", token, CHANGE)), "bad_plan");
  }
});

Deno.test("redeem() refuses a plan of another caller", async () => {
  const clock = new FakeClock();
  const token = await tokenOf(bench(clock).plans);
  assert.equal(await codeOf(bench(clock, { owner: "bob" }).plans.redeem("plan", token, CHANGE)), "other_plan");
});

Deno.test("redeem() takes a plan once, whichever replica is asked", async () => {
  const clock = new FakeClock();
  await using server = await startRedis();
  const stores = [1, 2, 3].map(() => sealedStore(createRedisStore(linkTo(server)), [KEY]));
  const replicas = stores.map((store) => bench(clock, { store }).plans);
  const [first] = replicas;
  assert.ok(first !== undefined);
  for (let round = 0; round < 5; round++) {
    const token = await tokenOf(first);
    const codes = await Promise.all(replicas.map((plans) => codeOf(plans.redeem("plan", token, CHANGE))));
    assert.deepEqual(codes.toSorted(), ["accepted", "used_plan", "used_plan"]);
  }
  for (const store of stores) await store.close();
});

Deno.test("seal() and redeem() refuse while the store is away, and afterwards all plans that it has forgotten", async () => {
  const clock = new FakeClock();
  await using server = await startRedis();
  await using store = sealedStore(createRedisStore(linkTo(server)), [KEY]);
  const { plans } = bench(clock, { store });
  const [used, unused] = [await tokenOf(plans), await tokenOf(plans)];
  assert.equal(await codeOf(plans.redeem("plan", used, CHANGE)), "accepted");
  await server.kill();
  assert.equal(await codeOf(plans.redeem("plan", unused, CHANGE)), "store_unavailable");
  assert.equal(await codeOf(plans.seal("plan", CHANGE).then(() => {})), "store_unavailable");
  await server.restart();
  await systemClock.sleep(300);
  for (const token of [used, unused]) assert.equal(await codeOf(plans.redeem("plan", token, CHANGE)), "expired_plan");
  assert.equal(await codeOf(plans.redeem("plan", await tokenOf(plans), CHANGE)), "accepted");
});

Deno.test("redeem() refuses a plan of a process that kept its own memory, though the key is the same", async () => {
  const clock = new FakeClock();
  const token = await tokenOf(bench(clock).plans);
  assert.equal(await codeOf(bench(clock).plans.redeem("plan", token, CHANGE)), "expired_plan");
});
