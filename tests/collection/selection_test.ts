import assert from "node:assert/strict";
import fc from "fast-check";
import type { Collection, Endpoint } from "../../src/collection/endpoint.ts";
import { isWhole, selectEndpoints } from "../../src/collection/selection.ts";
import { type Preset, PRESETS } from "../../src/config/presets.ts";
import type { Selection } from "../../src/config/selection.ts";
import { UsageError } from "../../src/core/errors.ts";
import { endpointOf } from "../support/endpoints.ts";

function endpoint(tool: string, feature: string, kind: "read" | "write" = "read"): Endpoint {
  return endpointOf({ tool, feature }, { kind });
}

const COLLECTIONS: readonly Collection[] = [
  {
    source: "embedded",
    namespace: "",
    endpoints: [
      endpoint("hunt_list", "Features: Hunt Group"),
      endpoint("hunt_create", "Features: Hunt Group", "write"),
      endpoint("user_list", "User Call Settings (1/2)"),
      endpoint("me_get", "Me Phase 1"),
      endpoint("me_put", "Me Phase 2", "write"),
    ],
    aliases: { "Me Phase 1": ["Call Settings For Me"], "Me Phase 2": ["Call Settings For Me"] },
  },
  { source: "x.json", namespace: "x", endpoints: [endpoint("x_people_list", "People")], aliases: {} },
];

/** What is wanted, without saying each time where it comes from. */
interface Wish {
  readonly features?: readonly string[];
  readonly tools?: readonly string[];
  readonly presets?: readonly Preset[];
  readonly excludeFeatures?: readonly string[];
  readonly excludeTools?: readonly string[];
  readonly readOnly?: boolean;
}

function select({ presets, readOnly = false, ...lists }: Wish): string[] {
  const choices = Object.entries(lists).map(([name, names]) => {
    const choice = { names, source: `--${name}` };
    return [name, name.startsWith("exclude") ? [choice] : choice];
  });
  const wanted = { ...Object.fromEntries(choices), ...(presets === undefined ? {} : { presets }), readOnly };
  return selectEndpoints(COLLECTIONS, wanted).map(({ tool }) => tool);
}

Deno.test("selectEndpoints() takes all endpoints of all collections in their order", () => {
  assert.deepEqual(select({}), ["hunt_list", "hunt_create", "user_list", "me_get", "me_put", "x_people_list"]);
});

Deno.test("selectEndpoints() matches features without regard to case, blanks and punctuation", () => {
  for (const name of ["Features: Hunt Group", "features hunt-group", " FEATURESHUNTGROUP "]) {
    assert.deepEqual(select({ features: [name] }), ["hunt_list", "hunt_create"]);
  }
  assert.deepEqual(select({ features: ["user call settings 1 2", "people"] }), ["user_list", "x_people_list"]);
});

Deno.test("selectEndpoints() takes every feature that an alias stands for", () => {
  assert.deepEqual(select({ features: ["call settings for me"] }), ["me_get", "me_put"]);
});

Deno.test("selectEndpoints() leaves out whatever can change something when asked for reading only", () => {
  assert.deepEqual(select({ readOnly: true }), ["hunt_list", "user_list", "me_get", "x_people_list"]);
  assert.deepEqual(select({ readOnly: true, features: ["Me Phase 2"] }), []);
});

Deno.test("selectEndpoints() refuses an unknown feature and lists the nearest", () => {
  assert.throws(() => select({ features: ["Peple"] }), (error) => {
    assert.ok(error instanceof UsageError);
    assert.equal(error.message, 'Cannot find feature "Peple" of --features; did you mean "People"?');
    return error.guidance?.includes("tools") === true;
  });
  assert.throws(() => select({ features: ["hunt grup"] }), /did you mean "Hunt Group"/);
  for (const name of ["zzz", "nope"]) {
    assert.throws(() => select({ features: [name] }), { message: `Cannot find feature "${name}" of --features` });
  }
});

Deno.test("selectEndpoints() finds a feature without its group", () => {
  assert.deepEqual(select({ features: ["hunt group"] }), select({ features: ["Features: Hunt Group"] }));
});

Deno.test("selectEndpoints() names each near feature once", () => {
  assert.throws(() => select({ features: ["call setting for me"] }), (error) => {
    return error instanceof UsageError && error.message.split('"Call Settings For Me"').length === 2;
  });
});

Deno.test("selectEndpoints() takes the tools whose names match a pattern", () => {
  assert.deepEqual(select({ tools: ["*_list"] }), ["hunt_list", "user_list", "x_people_list"]);
  assert.deepEqual(select({ tools: ["ME_???"] }), ["me_get", "me_put"]);
  assert.deepEqual(select({ tools: ["hunt_create"] }), ["hunt_create"]);
});

Deno.test("selectEndpoints() joins features, patterns and presets, and leaves out what is excluded", () => {
  const preset = { name: "p", summary: "", features: ["People"], tools: ["me_*"], excludeTools: ["me_put"] };
  assert.deepEqual(select({ presets: [preset] }), ["me_get", "x_people_list"]);
  assert.deepEqual(select({ presets: [preset], features: ["hunt group"] }), [
    "hunt_list",
    "hunt_create",
    "me_get",
    "x_people_list",
  ]);
  assert.deepEqual(select({ features: ["hunt group"], tools: ["user_*"], excludeTools: ["*_create"] }), [
    "hunt_list",
    "user_list",
  ]);
  assert.deepEqual(select({ excludeFeatures: ["Me Phase 1", "hunt group"] }), ["user_list", "me_put", "x_people_list"]);
  assert.deepEqual(select({ tools: ["me_*"], readOnly: true }), ["me_get"]);
});

Deno.test("selectEndpoints() leaves out what any of several sources excludes", () => {
  const excludeTools = ["*_list", "*_put"].map((name) => ({ names: [name], source: "" }));
  const selected = selectEndpoints(COLLECTIONS, { excludeTools, readOnly: false });
  assert.deepEqual(selected.map(({ tool }) => tool), ["hunt_create", "me_get"]);
});

Deno.test("selectEndpoints() takes everything for a preset that names nothing, but for what it leaves out", () => {
  assert.equal(select({ presets: [{ name: "p", summary: "" }] }).length, 6);
  assert.deepEqual(select({ presets: [{ name: "p", summary: "", excludeTools: ["*_*"] }] }), []);
});

Deno.test("selectEndpoints() refuses a pattern that matches nothing and lists the nearest", () => {
  assert.throws(() => select({ tools: ["hunt_lst*"] }), {
    message: 'Cannot find any tool that matches "hunt_lst*" of --tools; did you mean "hunt_list" or "hunt_create"?',
  });
  assert.throws(() => select({ excludeTools: ["zzzzzz"] }), {
    message: 'Cannot find any tool that matches "zzzzzz" of --excludeTools',
  });
});

Deno.test("selectEndpoints() takes only what a selection within another one takes, too", () => {
  const choice = (name: string, source = "") => ({ names: [name], source });
  const names = (wanted: Selection, readOnly = false) =>
    selectEndpoints(COLLECTIONS, { ...wanted, readOnly }).map(({ tool }) => tool);
  const people: Selection = { features: choice("people") };
  assert.deepEqual(names({ features: choice("hunt group"), within: people }), []);
  assert.deepEqual(names({ within: people }), ["x_people_list"]);
  assert.deepEqual(names({ tools: choice("*_list"), within: { excludeFeatures: [choice("people")] } }), [
    "hunt_list",
    "user_list",
  ]);
  const nested: Selection = { tools: choice("hunt_*"), within: { tools: choice("*_create"), within: {} } };
  assert.deepEqual(names(nested), ["hunt_create"]);
  assert.deepEqual(names(nested, true), []);
});

Deno.test("selectEndpoints() never takes more within another selection than that one takes alone", () => {
  const patterns = fc.constantFrom("*_list", "hunt_*", "me_*", "*");
  const selections = fc.record({
    tools: patterns.map((name) => ({ names: [name], source: "" })),
    excludeTools: patterns.map((name) => [{ names: [name], source: "" }]),
  }, { requiredKeys: [] });
  fc.assert(fc.property(selections, selections, (own, within) => {
    const tools = (wanted: Selection) => new Set(selectEndpoints(COLLECTIONS, { ...wanted, readOnly: false }));
    assert.deepEqual(tools({ ...own, within }), tools(own).intersection(tools(within)));
  }));
});

Deno.test("selectEndpoints() says whose name it cannot find, also of a selection within another", () => {
  const within: Selection = { features: { names: ["Peple"], source: 'features of caller "alice"' } };
  assert.throws(() => selectEndpoints(COLLECTIONS, { within, readOnly: false }), {
    message: 'Cannot find feature "Peple" of features of caller "alice"; did you mean "People"?',
  });
});

Deno.test("isWhole() holds where nothing is named and nothing is left out", () => {
  assert.equal(isWhole({}), true);
  assert.equal(isWhole({ presets: PRESETS.filter(({ name }) => name === "read-only-audit") }), true);
  assert.equal(isWhole({ presets: PRESETS }), false);
  const choice = { names: ["a"], source: "" };
  assert.equal(isWhole({ within: { within: {} } }), true);
  assert.equal(isWhole({ within: { features: choice } }), false);
  for (const name of ["features", "tools"]) assert.equal(isWhole({ [name]: choice }), false);
  for (const name of ["excludeFeatures", "excludeTools"]) assert.equal(isWhole({ [name]: [choice] }), false);
});
