import assert from "node:assert/strict";
import { loadTokenCounter } from "../../src/cli/token_counter.ts";
import { measureChoices } from "../../src/cli/surface_choices.ts";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { selectEndpoints } from "../../src/collection/selection.ts";
import { type Preset, PRESETS } from "../../src/config/presets.ts";
import { FLAGS } from "../../src/config/flags.ts";
import { BUILT_IN_DEFINITIONS } from "../../src/tools/definitions/built_in_definitions.ts";

/** Several clients take no more. */
const MOST_TOOLS = 128;

/** What finding and calling all tools may cost a model. */
const MOST_DISCOVERY_TOKENS = 1500;

function endpointsOf(preset: Preset) {
  return selectEndpoints([embeddedCollection()], { presets: [preset], readOnly: preset.readOnly ?? false });
}

function named(name: string) {
  const preset = PRESETS.find((one) => one.name === name);
  assert.ok(preset !== undefined, name);
  return endpointsOf(preset);
}

for (const preset of PRESETS) {
  Deno.test(`every feature and pattern of preset "${preset.name}" names something, and no two the same`, () => {
    const { name, summary, features = [], tools = [], excludeTools = [] } = preset;
    // A name that matches nothing is an error.
    for (const feature of features) assert.ok(endpointsOf({ name, summary, features: [feature] }).length > 0);
    for (const pattern of [...tools, ...excludeTools]) {
      assert.ok(endpointsOf({ name, summary, tools: [pattern] }).length > 0);
    }
    for (const names of [features, tools, excludeTools]) assert.equal(new Set(names).size, names.length);
  });
}

Deno.test("presets stay within what several clients take, all but that of everything that reads", () => {
  const sizes = PRESETS.map((preset) =>
    [preset.name, endpointsOf(preset).length + BUILT_IN_DEFINITIONS.length] as const
  );
  const large = sizes.filter(([, size]) => size > MOST_TOOLS).map(([name]) => name);
  assert.deepEqual(large, ["read-only-audit"]);
});

Deno.test("presets are named where the flag is explained", () => {
  for (const { name } of PRESETS) assert.ok(FLAGS.preset.summary.includes(name), name);
});

Deno.test("preset help-desk deletes nothing", () => {
  const endpoints = named("help-desk");
  assert.deepEqual(endpoints.filter(({ method }) => method === "DELETE").map(({ tool }) => tool), []);
});

Deno.test("preset reporting changes nothing but reports", () => {
  const changes = named("reporting").filter(({ facts }) => facts.kind === "write");
  assert.deepEqual([...new Set(changes.map(({ feature }) => feature))], ["Partner Reports/Templates", "Reports"]);
});

Deno.test("preset read-only-audit reads everything and changes nothing", () => {
  const reads = embeddedCollection().endpoints.filter(({ facts }) => facts.kind === "read");
  assert.deepEqual(named("read-only-audit"), reads);
});

Deno.test("presets have the tools that such a person begins with", () => {
  const begins: Readonly<Record<string, readonly string[]>> = {
    "help-desk": [
      "user_reset_voicemail_pin",
      "user_update_call_forwarding_settings_person",
      "device_settings_apply_changes",
      "devices_create_a_device_activation_code",
      "emergency_update_persons_callback_number",
    ],
    numbers: [
      "numbers_add_phone_numbers_to_a_location",
      "user_assign_or_unassign_numbers_to_a_person",
      "location_update_webex_calling_details",
      "call_routing_test_call_routing",
    ],
    queues: [
      "call_queue_update_a_call_queue",
      "hunt_group_update_a_hunt_group",
      "location_schedules_create_a_schedule_event",
    ],
    reporting: ["reports_create_a_report", "call_history_get_detailed_call_history", "call_queue_list_agents"],
  };
  for (const [name, tools] of Object.entries(begins)) {
    const there = new Set(named(name).map(({ tool }) => tool));
    assert.deepEqual(["people_list_people", ...tools].filter((tool) => !there.has(tool)), [], name);
  }
});

Deno.test("the tools that find and call all others cost at most 1,500 tokens together", async () => {
  const config = { tools: "discover", selection: {}, readOnly: false, confirm: "destructive" } as const;
  const choices = measureChoices(config, [embeddedCollection()], await loadTokenCounter());
  const discover = choices.find(({ now }) => now);
  assert.ok(discover !== undefined && discover.tools === 7);
  assert.ok(discover.tokens.full <= MOST_DISCOVERY_TOKENS, `${discover.tokens.full} tokens`);
});
