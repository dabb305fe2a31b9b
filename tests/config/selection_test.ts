import assert from "node:assert/strict";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import type { Profile } from "../../src/config/profile.ts";
import { selectionOf, splitList } from "../../src/config/selection.ts";

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

Deno.test("selectionOf() reads each part from its flag, its variable or its key in the profile", () => {
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
    return [features, excludeFeatures, tools, excludeTools].map((one) => `${one?.names} of ${one?.source}`)
      .concat(presets?.map(({ name }) => name) ?? []);
  };
  assert.deepEqual(parts(flags, variables, EVERYTHING), [
    "F of --features",
    "F of --exclude-features",
    "f_* of --tool",
    "f_* of --exclude-tool",
    "numbers",
  ]);
  assert.deepEqual(parts({}, variables, EVERYTHING), [
    "V of WEBEX_MCP_FEATURES",
    "V of WEBEX_MCP_EXCLUDE_FEATURES",
    "v_* of WEBEX_MCP_TOOL",
    "v_* of WEBEX_MCP_EXCLUDE_TOOL",
    "reporting",
  ]);
  assert.deepEqual(parts({}, {}, EVERYTHING), [
    'P of features of profile "acme" in "/c.yaml"',
    'P of exclude_features of profile "acme" in "/c.yaml"',
    'p_* of tool of profile "acme" in "/c.yaml"',
    'p_* of exclude_tool of profile "acme" in "/c.yaml"',
    "queues",
  ]);
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
