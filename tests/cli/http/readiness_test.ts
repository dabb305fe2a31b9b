import assert from "node:assert/strict";
import type { CallerSource } from "../../../src/access/caller_source.ts";
import { readinessOf, type ReadinessOptions } from "../../../src/cli/http/readiness.ts";
import { createSharedParts, type SharedParts } from "../../../src/cli/shared_parts.ts";
import { createConfig } from "../../../src/config/config.ts";
import type { FlagValues } from "../../../src/config/flags.ts";
import { Secrets } from "../../../src/core/secrets.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import { StoreError } from "../../../src/store/store_error.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { fakeSystem } from "../../support/fake_system.ts";
import { recordingLog } from "../../support/recording_log.ts";

interface Situation {
  readonly flags?: FlagValues;
  readonly token?: string;
  readonly fetch?: (url: string) => Response;
  readonly ping?: () => Promise<void>;
  readonly ending?: AbortSignal;
  readonly callers?: CallerSource;
}

function healthOf({ flags = {}, token = "t", fetch, ping, ending = new AbortController().signal, callers }: Situation) {
  const environment = token === "" ? {} : { WEBEX_ACCESS_TOKEN: token };
  const answer = fetch ?? (() => Response.json({}));
  const system = fakeSystem({ environment, fetch: (request) => Promise.resolve(answer(request.url)) });
  const config = createConfig({ noAudit: true, ...flags }, system.environment, undefined, "linux");
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  const state = { store: ping === undefined ? store : { ...store, isShared: true, ping } };
  const shared: SharedParts = createSharedParts({ config, system, log: recordingLog(), secrets: new Secrets() }, state);
  const options: ReadinessOptions = { config, shared, callers, ending, clock };
  return { health: readinessOf(options), clock };
}

Deno.test("readinessOf() tells what the work needs, each with a word", async () => {
  assert.deepEqual(await healthOf({ flags: { sandbox: true } }).health.check(), {
    collection: { ok: true, note: "1177 tools" },
    credential: { ok: true, note: "simulated organization" },
    store: { ok: true, note: "of this server" },
  });
});

Deno.test("readinessOf() tells a token that is missing from one that Webex refuses, and asks once", async () => {
  assert.deepEqual((await healthOf({ token: "" }).health.check()).credential, { ok: false, note: "no token" });
  let asked = 0;
  const refusing = healthOf({
    fetch() {
      asked++;
      return Response.json({}, { status: 401 });
    },
  });
  assert.deepEqual((await refusing.health.check()).credential, { ok: false, note: "token refused" });
  const once = asked;
  await refusing.clock.advance(2_000);
  await refusing.health.check();
  assert.equal(asked, once);
});

Deno.test("readinessOf() names no more of a failure than its kind", async () => {
  const ping = () => Promise.reject(new StoreError("Cannot reach planted", { cause: new Error("planted") }));
  const { store } = await healthOf({ flags: { sandbox: true }, ping }).health.check();
  assert.deepEqual(store, { ok: false, note: "store_unavailable" });
  const bug = await healthOf({ flags: { sandbox: true }, ping: () => Promise.reject(new Error("planted")) }).health
    .check();
  assert.deepEqual(bug.store, { ok: false, note: "failed" });
});

Deno.test("readinessOf() asks the store once a second at the most, and tells of the end at once", async () => {
  let pings = 0;
  const ending = new AbortController();
  const { health, clock } = healthOf({
    flags: { sandbox: true },
    ping() {
      pings++;
      return Promise.resolve();
    },
    ending: ending.signal,
  });
  await Promise.all([health.check(), health.check()]);
  await clock.advance(999);
  await health.check();
  assert.equal(pings, 1);
  await clock.advance(1);
  await health.check();
  assert.equal(pings, 2);
  ending.abort();
  assert.deepEqual((await health.check()).draining, { ok: false, note: "ending" });
});

Deno.test("readinessOf() looks at the file of callers, and tells what is wrong with it without being unready", async () => {
  const checkOf = async (state: ReturnType<CallerSource["state"]>, failure?: Error) => {
    let looked = 0;
    const current = () => {
      looked++;
      return failure === undefined ? Promise.resolve(new Map()) : Promise.reject(failure);
    };
    const { health } = healthOf({ flags: { sandbox: true }, callers: { current, state: () => state } });
    const { callers } = await health.check();
    assert.equal(looked, 1);
    return callers;
  };
  assert.deepEqual(await checkOf({ readAt: 1 }), { ok: true });
  assert.deepEqual(await checkOf({ readAt: 1, trouble: "unusable" }), {
    ok: false,
    tolerated: true,
    note: "file unusable, those of before stay",
  });
  assert.deepEqual(await checkOf({ trouble: "missing" }), { ok: false, tolerated: true, note: "no file" });
  assert.deepEqual(await checkOf({}, new Error("planted")), { ok: false, note: "failed" });
});
