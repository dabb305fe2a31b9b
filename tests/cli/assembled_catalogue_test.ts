import assert from "node:assert/strict";
import { assembleCatalogue } from "../../src/cli/assembled_catalogue.ts";
import { createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { narrowConfig } from "../../src/config/narrow.ts";
import type { Profile } from "../../src/config/profile.ts";
import { UsageError } from "../../src/core/errors.ts";
import { fakeSystem } from "../support/fake_system.ts";

async function namesOf(flags: FlagValues, profile: Profile = {}): Promise<string[]> {
  const config = createConfig(flags, () => undefined, { name: "acme", explicit: true, profile, path: "/c.yaml" });
  const { catalogue } = await assembleCatalogue(config, fakeSystem());
  return catalogue.definitions().map(({ name }) => name);
}

Deno.test("assembleCatalogue() gives back nothing that the profile excludes", async () => {
  const profile: Profile = { preset: ["queues"], excludeTool: ["*_delete_*"] };
  const names = await namesOf({ excludeTool: ["*create*"] }, profile);
  assert.ok(names.length > 20);
  assert.deepEqual(names.filter((name) => /_delete_|create/.test(name)), []);
});

Deno.test("assembleCatalogue() keeps a profile read-only by its preset, whatever flags select", async () => {
  const names = await namesOf({ features: ["hunt group"] }, { preset: ["read-only-audit"] });
  assert.ok(names.length > 0 && names.every((name) => name.startsWith("hunt_group_") && !name.includes("delete")));
});

Deno.test("assembleCatalogue() refuses a selection that leaves no tool, and names what takes part", async () => {
  const cases: [FlagValues, Profile, string][] = [
    [{ tool: ["*"], excludeTool: ["*"] }, {}, '"*" of --tool, "*" of --exclude-tool'],
    [
      { features: ["people"], excludeFeatures: ["people"] },
      {},
      '"people" of --features, "people" of --exclude-features',
    ],
    [{ tool: ["people_delete_*"], readOnly: true }, {}, '"people_delete_*" of --tool, --read-only'],
    [
      { preset: ["queues"] },
      { excludeTool: ["*"] },
      'preset "queues", "*" of exclude_tool of profile "acme" in "/c.yaml"',
    ],
  ];
  for (const [flags, profile, reasons] of cases) {
    await assert.rejects(namesOf(flags, profile), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, `Cannot select any tool: nothing is left by ${reasons}`);
      return /--exclude-tool and --read-only/.test(error.guidance ?? "");
    });
  }
});

Deno.test("assembleCatalogue() gives a caller nothing that the server doesn't have, and names both selections", async () => {
  const server = createConfig({ features: ["People"] }, () => undefined);
  const narrowed = narrowConfig(server, { features: ["Hunt Group"] }, 'caller "alice"');
  await assert.rejects(assembleCatalogue(narrowed, fakeSystem()), {
    message: 'Cannot select any tool: nothing is left by "Hunt Group" of features of caller "alice", ' +
      '"People" of --features',
  });
  const { catalogue } = await assembleCatalogue(narrowConfig(server, { tool: ["*_list_*"] }), fakeSystem());
  assert.deepEqual(catalogue.definitions().map(({ name }) => name), ["people_list_people"]);
});
