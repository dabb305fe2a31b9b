import assert from "node:assert/strict";
import { Services } from "../../../src/cli/http/services.ts";
import { createSharedParts } from "../../../src/cli/shared_parts.ts";
import type { CallerPolicy } from "../../../src/config/caller_policy.ts";
import { type Config, createConfig } from "../../../src/config/config.ts";
import type { FlagValues } from "../../../src/config/flags.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { Secrets } from "../../../src/core/secrets.ts";
import { fakeSystem } from "../../support/fake_system.ts";
import { withInMemoryClient } from "../../support/in_memory_client.ts";
import { recordingLog } from "../../support/recording_log.ts";
import { recordingMeter } from "../../support/recording_telemetry.ts";

/** Services of the simulated organization. */
function servicesOf(configFor?: (config: Config) => Promise<Config>, flags: FlagValues = {}) {
  const system = fakeSystem();
  const config = createConfig({ sandbox: true, tools: "discover", ...flags }, system.environment, undefined, "linux");
  const parts = { config, system, log: recordingLog(), secrets: new Secrets() };
  const meter = recordingMeter();
  const services = new Services({
    ...parts,
    shared: createSharedParts(parts),
    configFor: () => configFor?.(config) ?? Promise.resolve(config),
    tellsApart: true,
    observers: { meter },
  });
  const kept = () => meter.read("calls_in_flight").length;
  /** Waits until what was let go is gone. */
  const rest = async () => {
    for (let tries = 0; tries < 50; tries++) await Promise.resolve();
  };
  return { services, kept, rest };
}

const POLICIES: readonly CallerPolicy[] = Array.from({ length: 8 }, (_, index) => ({ concurrency: index + 1 }));

Deno.test("Services gives the same service for the same name and policy", async () => {
  const { services } = servicesOf();
  const ann = { name: "ann", policy: { readOnly: true } };
  const first = await services.serviceFor(ann);
  assert.equal(await services.serviceFor({ ...ann, policy: { readOnly: true } }), first);
  assert.notEqual(await services.serviceFor({ ...ann, policy: {} }), first);
  assert.notEqual(await services.serviceFor({ ...ann, name: "bob" }), first);
});

Deno.test("Services lets services go that a caller's later policies took the place of", async () => {
  const { services, kept, rest } = servicesOf();
  await services.serviceFor({ name: "bob", policy: {} });
  for (const policy of POLICIES) await services.serviceFor({ name: "ann", policy });
  await rest();
  assert.equal(kept(), 1 + 4);
});

Deno.test("Services lets those go that were not asked for longest, where there are many", async () => {
  const { services, kept, rest } = servicesOf();
  const caller = (number: number) => ({ name: `caller-${number}`, policy: {} });
  const first = await services.serviceFor(caller(0));
  const second = await services.serviceFor(caller(1));
  for (let number = 2; number < 500; number++) await services.serviceFor(caller(number));
  assert.equal(await services.serviceFor(caller(0)), first);
  await services.serviceFor(caller(500));
  await rest();
  assert.equal(kept(), 500);
  assert.equal(await services.serviceFor(caller(0)), first);
  assert.notEqual(await services.serviceFor(caller(1)), second);
});

Deno.test("Services tell a caller whether the server is read-only or only its own policy, or the profile of it", async () => {
  const caller = { name: "ann", policy: { profile: "readers" } };
  const cases = [
    [servicesOf(), { ...caller, policy: { readOnly: true } }, /your access here is read-only/],
    [servicesOf((config) => Promise.resolve({ ...config, readOnly: true })), caller, /your access here is read-only/],
    [servicesOf(undefined, { readOnly: true }), caller, /this server was started read-only/],
  ] as const;
  for (const [{ services }, who, expected] of cases) {
    const { server } = await services.serviceFor(who);
    await withInMemoryClient(server({}), async (client) => {
      await assert.rejects(client.callTool({ name: "webex_write", arguments: {} }), expected);
    });
    await services.release();
  }
});

Deno.test("Services ends what it shows of all services when it is released", async () => {
  const { services, kept } = servicesOf();
  for (const name of ["ann", "bob"]) await services.serviceFor({ name, policy: {} });
  assert.equal(kept(), 2);
  await services.release();
  assert.equal(kept(), 0);
});

Deno.test("Services makes a service anew that could not be made before", async () => {
  let isWrong = true;
  const { services } = servicesOf((config) =>
    isWrong ? Promise.reject(new UsageError("Cannot find profile", { code: "no_profile" })) : Promise.resolve(config)
  );
  const ann = { name: "ann", policy: {} };
  await assert.rejects(services.serviceFor(ann), UsageError);
  isWrong = false;
  assert.ok(await services.serviceFor(ann));
  await services.release();
});
