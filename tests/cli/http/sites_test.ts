import assert from "node:assert/strict";
import { loadHttpConfig } from "../../../src/cli/http/http_config_file.ts";
import { Sites } from "../../../src/cli/http/sites.ts";
import { createConfig } from "../../../src/config/config.ts";
import type { FlagValues } from "../../../src/config/flags.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { Secrets } from "../../../src/core/secrets.ts";
import { createMemoryStore } from "../../../src/store/memory_store.ts";
import { noTracer } from "../../../src/telemetry/tracer.ts";
import { fakeSystem } from "../../support/fake_system.ts";
import { modernMessage } from "../../support/http_messages.ts";
import { recordingLog } from "../../support/recording_log.ts";
import { recordingMeter } from "../../support/recording_telemetry.ts";

/** Sites of the simulated organization; the first answers. */
async function sitesOf() {
  const flags: FlagValues = { sandbox: true, http: "127.0.0.1:8080", tools: "discover" };
  const system = fakeSystem();
  const config = createConfig(flags, system.environment, undefined, "linux");
  const http = await loadHttpConfig(flags, config, system);
  const meter = recordingMeter();
  const parts = { config, flags, system, log: recordingLog(), secrets: new Secrets(), tracer: noTracer, meter };
  const store = createMemoryStore({ clock: systemClock });
  const sites = new Sites(parts, {
    store,
    take: () => Promise.resolve(0),
    [Symbol.asyncDispose]: () => store.close(),
  });
  await sites.open(config, http);
  function send(method: string, params: Record<string, unknown> = {}) {
    const { promise: ended, resolve } = Promise.withResolvers<"answered">();
    const init = modernMessage(method, params);
    const headers = new Headers(init.headers);
    headers.set("host", "127.0.0.1:8080");
    const request = new Request("http://127.0.0.1:8080/mcp", { ...init, headers });
    const answer = sites.current.answer(request, { remoteAddress: "127.0.0.1", target: "/mcp", ended });
    return { answer, end: () => resolve("answered") };
  }
  return { sites, config, http, meter, send, log: parts.log };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !condition(); tries++) await systemClock.sleep(5);
  assert.ok(condition());
}

Deno.test("Sites lets a site go that was replaced once it has answered what it began", async () => {
  const { sites, config, http, meter, send } = await sitesOf();
  const kept = () => meter.read("calls_in_flight").length;
  const call = send("tools/list");
  await (await call.answer).text();
  assert.equal(kept(), 1);
  await sites.open(config, http);
  await systemClock.sleep(20);
  // An answer has not left.
  assert.equal(kept(), 1);
  call.end();
  await until(() => kept() === 0);
});

Deno.test("Sites ends a stream of changes at once: nothing that it lists changes while it serves", async () => {
  const { send } = await sitesOf();
  const { answer } = send("subscriptions/listen", { notifications: { toolsListChanged: true } });
  assert.match(await (await answer).text(), /"resultType":"complete"/);
});

Deno.test("Sites keeps the configuration where a new one would let everybody call", async () => {
  const { sites, config, http } = await sitesOf();
  const directory = await Deno.makeTempDir();
  try {
    await sites.open(config, { ...http, callersFile: `${directory}/callers.json` });
    const site = sites.current;
    // The flags name no file of callers.
    await sites.reload();
    assert.equal(sites.current, site);
    assert.equal(sites.current.tellsApart, true);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("Sites keeps what can't be changed while it listens, and tells of it at each reload", async () => {
  const { sites, config, http, log } = await sitesOf();
  const tls = { certificate: "/tls.crt", key: "/tls.key" };
  // What the flags don't name is taken away by the reload.
  await sites.open(config, { ...http, tls });
  for (const _ of [1, 2]) await sites.reload();
  assert.deepEqual(sites.current.http.tls, tls);
  assert.equal(log.lines.filter((line) => line === "WARNING: A new value needs a restart: TLS").length, 2);
});
