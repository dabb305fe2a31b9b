import assert from "node:assert/strict";
import fc from "fast-check";
import type { CallerPolicy } from "../../src/config/caller_policy.ts";
import { type Config, createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { narrowConfig } from "../../src/config/narrow.ts";
import { UsageError } from "../../src/core/errors.ts";

function server(flags: FlagValues = {}): Config {
  return createConfig(flags, () => undefined);
}

function narrowed(policy: CallerPolicy, flags: FlagValues = {}): Config {
  return narrowConfig(server(flags), policy, 'caller "alice"');
}

Deno.test("narrowConfig() leaves everything as it is for a policy that says nothing", () => {
  const config = server({ features: ["People"], confirm: "writes", tools: "discover" });
  const same = narrowConfig(config, {});
  assert.deepEqual(same, { ...config, server: config });
  assert.equal(same.selection, config.selection);
  assert.ok(Object.isFrozen(same));
});

Deno.test("narrowConfig() is read-only if the server is, the policy is, or its preset only reads", () => {
  assert.equal(narrowed({ readOnly: true }).readOnly, true);
  assert.equal(narrowed({ readOnly: false }, { readOnly: true }).readOnly, true);
  assert.equal(narrowed({ preset: ["read only audit"] }).readOnly, true);
  assert.equal(narrowed({ readOnly: false }).readOnly, false);
});

Deno.test("narrowConfig() asks about changes as the more careful of both wants", () => {
  const cases = [
    ["never", undefined, "never"],
    ["never", "destructive", "destructive"],
    ["destructive", "writes", "writes"],
    ["writes", "destructive", "writes"],
  ] as const;
  for (const [own, confirm, expected] of cases) {
    assert.equal(narrowed(confirm === undefined ? {} : { confirm }, { confirm: own }).confirm, expected);
  }
});

Deno.test("narrowConfig() takes the policy's selection within the server's, and names whose it is", () => {
  const { selection } = narrowed({ features: ["Hunt Group"], excludeTool: ["*_delete_*"] }, { features: ["People"] });
  assert.deepEqual(selection, {
    features: { names: ["Hunt Group"], source: 'features of caller "alice"' },
    excludeTools: [{ names: ["*_delete_*"], source: 'exclude_tool of caller "alice"' }],
    within: { features: { names: ["People"], source: "--features" } },
  });
  assert.ok(Object.isFrozen(selection));
  const alone = narrowed({ preset: ["queues"], tool: ["a_*"], excludeFeatures: ["People"] }).selection;
  assert.deepEqual(alone.presets?.map(({ name }) => name), ["queues"]);
  assert.deepEqual(alone.tools, { names: ["a_*"], source: 'tool of caller "alice"' });
  assert.deepEqual(alone.excludeFeatures, [{ names: ["People"], source: 'exclude_features of caller "alice"' }]);
  assert.equal("within" in alone, false);
});

Deno.test("narrowConfig() lets a caller choose how tools are listed", () => {
  assert.equal(narrowed({ tools: "all" }, { tools: "discover" }).tools, "all");
  assert.equal(narrowed({}, { tools: "discover" }).tools, "discover");
});

Deno.test("narrowConfig() refuses a preset that there isn't, and names whose policy it is", () => {
  assert.throws(() => narrowed({ preset: ["nope"] }), (error) => {
    assert.ok(error instanceof UsageError && error.code === "unknown_preset");
    return error.message.startsWith('Cannot find preset "nope" of preset of caller "alice": expected one of help-desk');
  });
});

Deno.test("narrowConfig() changes nothing else, whatever the policy", () => {
  const names = fc.array(fc.constantFrom("People", "Numbers"), { maxLength: 2 });
  const policies = fc.record({
    profile: fc.string(),
    readOnly: fc.boolean(),
    confirm: fc.constantFrom("destructive", "writes"),
    features: names,
    excludeFeatures: names,
    ratePerMinute: fc.nat(),
    concurrency: fc.nat(),
  }, { requiredKeys: [] });
  const config = server({ readOnly: false, confirm: "destructive", deadline: "7" });
  fc.assert(fc.property(policies, (policy) => {
    const { selection: _, readOnly, confirm, tools: __, server, ...rest } = narrowConfig(config, policy);
    assert.equal(server, config);
    const { selection: ___, readOnly: ____, confirm: _____, tools: ______, ...before } = config;
    assert.deepEqual(rest, before);
    assert.ok(readOnly === (policy.readOnly === true) && confirm !== "never");
  }));
});
