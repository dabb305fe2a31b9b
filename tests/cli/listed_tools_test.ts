import assert from "node:assert/strict";
import { noAudit } from "../../src/audit/trail.ts";
import { assembleCatalogue } from "../../src/cli/assembled_catalogue.ts";
import { assemble } from "../../src/cli/assembly.ts";
import { listedTools } from "../../src/cli/listed_tools.ts";
import { createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { fakeSystem } from "../support/fake_system.ts";
import { recordingLog } from "../support/recording_log.ts";

Deno.test("listedTools() lists exactly what a server lists", async () => {
  const ways: readonly FlagValues[] = [
    {},
    { readOnly: true, schema: "compact" },
    { tools: "discover" },
    { tools: "discover", readOnly: true },
    { features: ["People"], confirm: "writes" },
    { preset: ["reporting"] },
  ];
  for (const flags of ways) {
    const system = fakeSystem();
    const config = createConfig({ ...flags, noAudit: true }, () => undefined);
    const { dispatcher, audit } = await assemble({ config, system, log: recordingLog(), secrets: new Secrets() });
    assert.equal(audit, noAudit);
    const { catalogue } = await assembleCatalogue(config, system);
    const listed = listedTools(catalogue, config);
    assert.ok(listed.length > 0);
    assert.deepEqual(listed, dispatcher.definitions(), JSON.stringify(flags));
  }
});
