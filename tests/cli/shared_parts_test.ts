import assert from "node:assert/strict";
import { createSharedParts } from "../../src/cli/shared_parts.ts";
import { type Config, createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { narrowConfig } from "../../src/config/narrow.ts";
import type { Profile } from "../../src/config/profile.ts";
import { UsageError } from "../../src/core/errors.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { fakeSystem } from "../support/fake_system.ts";
import { recordingLog } from "../support/recording_log.ts";
import { recordingMeter } from "../support/recording_telemetry.ts";

const COLLECTION = JSON.stringify({
  version: "1",
  endpoints: { Tests: [{ id: "1", title: "List Tests", method: "GET", path: "/tests", spec: { spec: {} } }] },
});

function configOf(flags: FlagValues, profile: Profile = {}) {
  return createConfig(flags, () => undefined, { name: "acme", explicit: true, profile, path: "/c.yaml" });
}

function partsOf(flags: FlagValues = {}) {
  const files: Record<string, string> = {};
  const meter = recordingMeter();
  const parts = { system: fakeSystem({ files }), log: recordingLog(), secrets: new Secrets(), meter };
  return { files, meter, shared: createSharedParts({ ...parts, config: configOf(flags) }) };
}

Deno.test("createSharedParts() makes one catalogue of equal selections", async () => {
  const { shared } = partsOf();
  const people = await shared.catalogueFor(configOf({ features: ["People"] }));
  assert.equal(await shared.catalogueFor(configOf({ features: ["People"] })), people);
  assert.notEqual(await shared.catalogueFor(configOf({ features: ["Locations"] })), people);
});

Deno.test("createSharedParts() shares the server's catalogue with callers whose policies take no tool from them", async () => {
  const { shared } = partsOf();
  const server = configOf({ features: ["People"] });
  const whole = await shared.catalogueFor(server);
  assert.equal(await shared.catalogueFor(narrowConfig(server, { confirm: "writes", ratePerMinute: 3 })), whole);
  assert.notEqual(await shared.catalogueFor(narrowConfig(server, { readOnly: true })), whole);
});

Deno.test("createSharedParts() makes catalogues that know whether the server leaves a tool out or a policy", async () => {
  const { shared } = partsOf();
  const by = async (config: Config, tool: string) =>
    (await (await shared.catalogueFor(config)).catalogue.absence(tool))?.by;
  const people = configOf({ features: ["People", "Locations"] });
  const policy = narrowConfig(people, { features: ["People"], readOnly: true });
  // A selection that is the same, and nobody else's.
  const server = configOf({ features: ["People"], readOnly: true });
  assert.equal(await by(policy, "people_create_a_person"), "caller");
  assert.equal(await by(policy, "locations_list_locations"), "caller");
  assert.equal(await by(policy, "hunt_group_delete_a_hunt_group"), "server");
  assert.equal(await by(server, "people_create_a_person"), "server");
  const profile = narrowConfig(configOf({ features: ["People"] }), {}, "the caller", configOf({}));
  assert.equal(await by(profile, "locations_list_locations"), "caller");
});

Deno.test("createSharedParts() makes books that know whether the server lacks a workflow's tools or a policy", async () => {
  const { shared } = partsOf();
  const absence = async (config: Config) => await (await shared.catalogueFor(config)).book.absence("onboard_user");
  assert.match(await absence(configOf({ readOnly: true })) ?? "", /this server was started without/);
  assert.match(await absence(narrowConfig(configOf({}), { readOnly: true })) ?? "", /your access here/);
});

Deno.test("createSharedParts() tries a catalogue again that could not be made", async () => {
  const flags = { collections: ["/tests.json"], tool: ["*tests*"] };
  const { shared, files } = partsOf(flags);
  await assert.rejects(shared.catalogueFor(configOf(flags)), UsageError);
  files["/tests.json"] = COLLECTION;
  assert.equal((await shared.catalogueFor(configOf(flags))).catalogue.size, 1);
});

Deno.test("createSharedParts() keeps one way to Webex for each profile, and lets it go that another took the place of", () => {
  const { shared, meter } = partsOf();
  const one = configOf({}, { organization: "one" });
  const upstream = shared.upstreamFor(one);
  assert.equal(shared.upstreamFor(configOf({ readOnly: true }, { organization: "one" })), upstream);
  const other = shared.upstreamFor(configOf({}, { organization: "two" }));
  assert.notEqual(other, upstream);
  assert.equal(meter.read("queue_depth").length, 1);
  // Whoever still goes by the profile's old form gets what its new form can't disturb.
  assert.notEqual(shared.upstreamFor(one), upstream);
  assert.equal(meter.read("queue_depth").length, 1);
});
