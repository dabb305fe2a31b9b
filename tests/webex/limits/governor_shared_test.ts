import assert from "node:assert/strict";
import { beginCall, type RunningCall } from "../../../src/core/context.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { createRedisBudget } from "../../../src/store/redis_budget.ts";
import { createGovernor, type Governor } from "../../../src/webex/limits/governor.ts";
import { SharedLimits } from "../../../src/webex/limits/shared_limits.ts";
import { recordingLog } from "../../support/recording_log.ts";
import { linkTo, type RedisServer, startRedis } from "../../support/redis.ts";
import { DEMAND, enter, OK, refusalOf } from "./governing.ts";

const KEYS = [new Uint8Array(32).fill(3)];

interface Replica extends AsyncDisposable {
  readonly governor: Governor;
  readonly shared: SharedLimits;
  readonly lines: readonly string[];
}

/** A governor of a process of its own, as far as the store knows. */
function replicaOf(server: RedisServer, concurrency = 5, timeoutMs = 2_000): Replica {
  const link = linkTo(server, timeoutMs);
  const log = recordingLog();
  const clock = systemClock;
  const shared = new SharedLimits({ budget: createRedisBudget(link, KEYS), clock, random: Math.random, log });
  return {
    governor: createGovernor({ clock, random: Math.random, concurrency, shared, realm: "acme" }),
    shared,
    lines: log.lines,
    async [Symbol.asyncDispose]() {
      await shared.settled();
      await link.close();
    },
  };
}

function call(deadlineMs = 20_000, signal?: AbortSignal): RunningCall & { notes: string[] } {
  const notes: string[] = [];
  const progress = ({ message }: { readonly message: string }) => void notes.push(message);
  return Object.assign(beginCall({ clock: systemClock, deadlineMs, signal, progress }), { notes });
}

Deno.test("createGovernor() keeps to the concurrency over all replicas together, and forgets nobody", async () => {
  await using server = await startRedis();
  await using one = replicaOf(server, 3);
  await using other = replicaOf(server, 3);
  let onWire = 0;
  let most = 0;
  const finished: string[] = [];
  async function work({ governor }: Replica, name: string): Promise<void> {
    using context = call();
    const place = await enter(governor, context);
    most = Math.max(most, ++onWire);
    await systemClock.sleep(20);
    onWire--;
    place.leave(OK);
    finished.push(name);
  }
  const busy = Array.from({ length: 30 }, () => work(one, "one"));
  await systemClock.sleep(30);
  const quiet = Array.from({ length: 3 }, () => work(other, "other"));
  await Promise.all([...busy, ...quiet]);
  assert.ok(most <= 3 && most > 1, `${most}`);
  const places = finished.flatMap((name, index) => name === "other" ? [index] : []);
  assert.equal(places.length, 3);
  assert.ok((places[2] ?? 99) < 25, `the quiet replica's calls came ${places}`);
});

Deno.test("createGovernor() lets a place go that a replica left behind, when its lease is over", async () => {
  await using server = await startRedis();
  const gone = linkTo(server);
  const budget = createRedisBudget(gone, KEYS);
  const lane = JSON.stringify(["acme", "lane", DEMAND.origin, DEMAND.credential]);
  assert.deepEqual(await budget.admit(lane, "crashed", { most: 1, leaseMs: 1_500 }), { kind: "in" });
  await gone.close();
  await using replica = replicaOf(server, 1);
  using context = call();
  const since = performance.now();
  const place = await enter(replica.governor, context);
  const waited = performance.now() - since;
  place.leave(OK);
  assert.ok(waited > 500 && waited < 8_000, `${waited}`);
  assert.ok(context.trace.waitedMs > 500);
  assert.deepEqual(context.notes, ["Waiting for a free place: other replicas of this server have calls under way"]);
});

Deno.test("createGovernor() lets all replicas heed a pause that one was asked for", async () => {
  await using server = await startRedis();
  await using one = replicaOf(server);
  await using other = replicaOf(server);
  using context = call();
  (await enter(one.governor, context)).leave({ status: 429, pauseMs: 3_000 });
  await one.shared.settled();
  using hasty = call(1_000);
  const refusal = await refusalOf(enter(other.governor, hasty));
  assert.equal(refusal.code, "rate_limited");
  const since = performance.now();
  (await enter(other.governor, context)).leave(OK);
  const waited = performance.now() - since;
  assert.ok(waited > 1_000 && waited < 9_000, `${waited}`);
  assert.match(context.notes.join("; "), /Webex asked this organization's token to wait/);
  (await enter(other.governor, context, { credential: "another" })).leave(OK);
});

Deno.test("createGovernor() lets all replicas heed a pause of one operation, and go on with others", async () => {
  await using server = await startRedis();
  await using one = replicaOf(server);
  await using other = replicaOf(server);
  using context = call();
  const [slow, quick] = [{ label: "GET /slow" }, { label: "GET /quick" }];
  (await enter(one.governor, context, slow)).leave({ status: 429, pauseMs: 1 });
  await systemClock.sleep(250);
  (await enter(one.governor, context, quick)).leave(OK);
  (await enter(one.governor, context, slow)).leave({ status: 429, pauseMs: 10_000 });
  await one.shared.settled();
  using hasty = call(3_000);
  assert.equal((await refusalOf(enter(other.governor, hasty, slow))).code, "rate_limited");
  (await enter(other.governor, hasty, quick)).leave(OK);
});

Deno.test("createGovernor() counts requests for call records over all replicas, but for those that were turned away", async () => {
  await using server = await startRedis();
  await using one = replicaOf(server);
  await using other = replicaOf(server);
  using context = call();
  const family = { family: "cdr_initial" as const };
  (await enter(one.governor, context, family)).leave({ status: 401 });
  await one.shared.settled();
  (await enter(other.governor, context, family)).leave(OK);
  const error = await refusalOf(enter(one.governor, context, family));
  assert.equal(error.code, "rate_limited");
  assert.match(error.message, /call records can be asked for once a minute/);
  (await enter(one.governor, context)).leave(OK);
});

Deno.test("createGovernor() lets changes of one object go one after the other over all replicas", async () => {
  await using server = await startRedis();
  const replicas = [replicaOf(server), replicaOf(server)];
  let under = 0;
  let most = 0;
  async function change({ governor }: Replica): Promise<void> {
    using context = call();
    using ticket = await governor.queue({ ...DEMAND, target: "id:P" }, context);
    most = Math.max(most, ++under);
    (await ticket.enter()).leave(OK);
    await systemClock.sleep(30);
    under--;
  }
  await Promise.all([...replicas, ...replicas, ...replicas].map(change));
  assert.equal(most, 1);
  for (const replica of replicas) await replica[Symbol.asyncDispose]();
});

Deno.test("createGovernor() lets a cancelled call go at once, from the line of all replicas", async () => {
  await using server = await startRedis();
  await using one = replicaOf(server, 1);
  await using other = replicaOf(server, 1);
  using context = call();
  using turn = await one.governor.queue({ ...DEMAND, target: "id:P" }, context);
  const place = await turn.enter();
  const cancel = new AbortController();
  using cancelled = call(20_000, cancel.signal);
  const waiting = [enter(other.governor, cancelled), enter(other.governor, cancelled, { target: "id:P" })];
  const ended = Promise.all(waiting.map((work) => assert.rejects(work, /no longer needed/)));
  await systemClock.sleep(100);
  cancel.abort(new Error("no longer needed"));
  await ended;
  place.leave(OK);
  (await enter(other.governor, context)).leave(OK);
});

Deno.test("createGovernor() keeps to its own limits while the store is away, and says so once", async () => {
  await using server = await startRedis();
  await using replica = replicaOf(server, 5, 500);
  using context = call();
  const { governor, lines } = replica;
  (await enter(governor, context)).leave(OK);
  await server.kill();
  const since = performance.now();
  for (let index = 0; index < 5; index++) {
    using ticket = await governor.queue({ ...DEMAND, target: "id:P" }, context);
    (await ticket.enter()).leave(OK);
  }
  assert.ok(performance.now() - since < 2_000);
  await server.restart();
  for (let index = 0; index < 40 && lines.length < 2; index++) {
    (await enter(governor, context)).leave(OK);
    await systemClock.sleep(100);
  }
  assert.equal(lines.length, 2);
  assert.match(
    lines[0] ?? "",
    /^WARNING: Cannot use the store of the replicas, until .*: redis:\/\/127\.0\.0\.1:\d+: /,
  );
  assert.equal(lines[1], "INFO: The store of the replicas can be used again: limits hold over all of them");
});

Deno.test("createGovernor() goes on soon where the store does not answer", async () => {
  await using server = await startRedis();
  await using replica = replicaOf(server, 5, 300);
  using context = call();
  (await enter(replica.governor, context)).leave(OK);
  server.signal("SIGSTOP");
  const since = performance.now();
  await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(async () => (await enter(replica.governor, context)).leave(OK)));
  const waited = performance.now() - since;
  server.signal("SIGCONT");
  assert.ok(waited < 2_000, `${waited}`);
});
