import assert from "node:assert/strict";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import type { Profile } from "../../src/config/profile.ts";
import { namesReadOnlyPreset, selectionOf, splitList } from "../../src/config/selection.ts";

type Variables = Partial<Record<EnvironmentName, string>>;

function selection(flags: FlagValues, variables: Variables = {}, profile?: Profile) {
  const chosen = profile === undefined ? undefined : { name: "acme", explicit: true, profile, path: "/c.yaml" };
  return selectionOf(flags, (name) => variables[name], chosen);
}

const EVERYTHING: Profile = {
  features: ["P"],
  excludeFeatures: ["P"],
  tool: ["p_*"],
  excludeTool: ["p_*"],
  preset: ["queues"],
};

Deno.test("selectionOf() limits nothing where nothing is given", () => {
  assert.deepEqual(selection({}), {});
  assert.deepEqual(selection({ features: [], tool: [] }, {}, {}), {});
});

Deno.test("selectionOf() reads what is taken from the strongest source, and what is left out from all of them", () => {
  const flags = { features: ["F"], excludeFeatures: ["F"], tool: ["f_*"], excludeTool: ["f_*"], preset: ["numbers"] };
  const variables: Variables = {
    WEBEX_MCP_FEATURES: "V",
    WEBEX_MCP_EXCLUDE_FEATURES: "V",
    WEBEX_MCP_TOOL: "v_*",
    WEBEX_MCP_EXCLUDE_TOOL: "v_*",
    WEBEX_MCP_PRESET: "reporting",
  };
  const parts = (...all: Parameters<typeof selection>) => {
    const { features, excludeFeatures, tools, excludeTools, presets } = selection(...all);
    return [features, tools, ...excludeFeatures ?? [], ...excludeTools ?? []]
      .map((one) => `${one?.names} of ${one?.source}`).concat(presets?.map(({ name }) => name) ?? []);
  };
  const leftByProfile = [
    'P of exclude_features of profile "acme" in "/c.yaml"',
    'p_* of exclude_tool of profile "acme" in "/c.yaml"',
  ] as const;
  assert.deepEqual(parts(flags, variables, EVERYTHING), [
    "F of --features",
    "f_* of --tool",
    "F of --exclude-features",
    "V of WEBEX_MCP_EXCLUDE_FEATURES",
    leftByProfile[0],
    "f_* of --exclude-tool",
    "v_* of WEBEX_MCP_EXCLUDE_TOOL",
    leftByProfile[1],
    "numbers",
  ]);
  assert.deepEqual(parts({}, variables, EVERYTHING), [
    "V of WEBEX_MCP_FEATURES",
    "v_* of WEBEX_MCP_TOOL",
    "V of WEBEX_MCP_EXCLUDE_FEATURES",
    leftByProfile[0],
    "v_* of WEBEX_MCP_EXCLUDE_TOOL",
    leftByProfile[1],
    "reporting",
  ]);
  assert.deepEqual(parts({}, {}, EVERYTHING), [
    'P of features of profile "acme" in "/c.yaml"',
    'p_* of tool of profile "acme" in "/c.yaml"',
    ...leftByProfile,
    "queues",
  ]);
});

Deno.test("selectionOf() takes features, patterns and presets of one source only", () => {
  const taken = (...all: Parameters<typeof selection>) => Object.keys(selection(...all));
  const profile: Profile = { preset: ["queues"], excludeTool: ["*_delete_*"] };
  assert.deepEqual(taken({ features: ["hunt group"] }, { WEBEX_MCP_PRESET: "reporting" }), ["features"]);
  assert.deepEqual(taken({ tool: ["x"] }, { WEBEX_MCP_FEATURES: "F" }, profile), ["tools", "excludeTools"]);
  assert.deepEqual(taken({}, { WEBEX_MCP_FEATURES: "F" }, profile), ["features", "excludeTools"]);
  assert.deepEqual(taken({ excludeFeatures: ["F"] }, {}, profile), ["presets", "excludeFeatures", "excludeTools"]);
});

Deno.test("namesReadOnlyPreset() finds it in every source, whichever decides what is taken", () => {
  const reads = (flags: FlagValues, variables: Variables, profile: Profile) =>
    namesReadOnlyPreset(flags, (name) => variables[name], { name: "acme", explicit: true, profile });
  assert.equal(reads({ features: ["F"] }, {}, { preset: ["read-only-audit"] }), true);
  assert.equal(reads({ preset: ["queues"] }, { WEBEX_MCP_PRESET: "Read Only Audit" }, {}), true);
  assert.equal(reads({ preset: ["queues"] }, {}, { preset: ["numbers"] }), false);
  assert.throws(() => reads({ features: ["F"] }, {}, { preset: ["read-only-audits"] }), {
    message: /^Cannot find preset "read-only-audits" of preset of profile "acme"/,
  });
});

Deno.test("selectionOf() knows presets by their letters, and several of them", () => {
  const { presets } = selection({ preset: ["Help Desk,read_only_audit"] });
  assert.deepEqual(presets?.map(({ name }) => name), ["help-desk", "read-only-audit"]);
  assert.throws(() => selection({ preset: ["helpdesks"] }), {
    message: 'Cannot find preset "helpdesks" of --preset: expected one of help-desk, numbers, queues, reporting, ' +
      "read-only-audit",
  });
});

Deno.test("selectionOf() refuses a list without items", () => {
  assert.throws(() => selection({ tool: [" , "] }), {
    message: "Cannot use --tool: expected a pattern of tools' names, got nothing",
  });
  assert.throws(
    () => selection({}, { WEBEX_MCP_PRESET: "," }),
    /^UsageError: Cannot use WEBEX_MCP_PRESET: expected the name/,
  );
});

Deno.test("splitList() splits at commas and drops blanks", () => {
  assert.deepEqual(splitList(["a, b", ",c,"]), ["a", "b", "c"]);
});
