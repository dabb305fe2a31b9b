import assert from "node:assert/strict";
import { createFeatureNames } from "../../src/collection/feature_names.ts";

const NAMES = createFeatureNames([
  {
    features: ["Features: Hunt Group", "User Call Settings (1/2)", "Call Controls", "Call Controls Members"],
    aliases: { "Call Controls": ["Call Controls Members", "Calls"], "Call Controls Members": ["Calls"] },
  },
  { features: ["People"], aliases: {} },
]);

Deno.test("createFeatureNames() matches without regard to case, blanks and punctuation", () => {
  for (const name of ["user call settings (1/2)", "USER CALL SETTINGS 1 2", "user-call-settings:1/2"]) {
    assert.deepEqual([...NAMES.closest(name)], ["User Call Settings (1/2)"]);
  }
  assert.deepEqual([...NAMES.closest("hunt group")], ["Features: Hunt Group"]);
  assert.deepEqual([...NAMES.closest("")], []);
  assert.deepEqual([...NAMES.every("no such")], []);
});

Deno.test("createFeatureNames() prefers a feature's own name to an alias, unless all are asked for", () => {
  assert.deepEqual([...NAMES.closest("call controls members")], ["Call Controls Members"]);
  assert.deepEqual([...NAMES.every("call controls members")].sort(), ["Call Controls", "Call Controls Members"]);
  assert.deepEqual([...NAMES.closest("calls")], ["Call Controls", "Call Controls Members"]);
});

Deno.test("createFeatureNames() suggests every name once, features without their group", () => {
  assert.deepEqual([...NAMES.names].sort(), [
    "Call Controls",
    "Call Controls Members",
    "Calls",
    "Hunt Group",
    "People",
    "User Call Settings (1/2)",
  ]);
});
