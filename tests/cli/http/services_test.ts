import assert from "node:assert/strict";
import { Services } from "../../../src/cli/http/services.ts";
import { createSharedParts } from "../../../src/cli/shared_parts.ts";
import { createConfig } from "../../../src/config/config.ts";
import { Secrets } from "../../../src/core/secrets.ts";
import { noMeter } from "../../../src/telemetry/meter.ts";
import { fakeSystem } from "../../support/fake_system.ts";
import { recordingLog } from "../../support/recording_log.ts";

const MANY = 500;
const MORE = 20;

Deno.test("Services forgets whom it has not served for longest, and stops to look at them", async () => {
  const system = fakeSystem();
  const config = createConfig({ sandbox: true, tools: "discover" }, system.environment, undefined, "linux");
  const parts = { config, system, log: recordingLog(), secrets: new Secrets() };
  let observed = 0;
  const meter = {
    ...noMeter,
    observe() {
      observed++;
      return () => void observed--;
    },
  };
  const services = new Services({
    ...parts,
    shared: createSharedParts(parts),
    configFor: () => Promise.resolve(config),
    tellsApart: true,
    meter,
    observers: { meter },
  });
  const caller = (index: number) => ({ name: `caller-${index}`, policy: {} });
  const first = await services.serviceFor(caller(0));
  const each = observed;
  assert.ok(each > 0);
  assert.equal(await services.serviceFor(caller(0)), first);
  for (let index = 1; index < MANY + MORE; index++) await services.serviceFor(caller(index));
  await services.settled();
  assert.equal(observed, MANY * each);
  assert.notEqual(await services.serviceFor(caller(0)), first);
});
