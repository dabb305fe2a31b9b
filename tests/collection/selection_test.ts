import assert from "node:assert/strict";
import type { Collection, Endpoint } from "../../src/collection/endpoint.ts";
import { selectEndpoints, type Selection } from "../../src/collection/selection.ts";
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

function select(selection: Partial<Selection>): string[] {
  return selectEndpoints(COLLECTIONS, { readOnly: false, ...selection }).map(({ tool }) => tool);
}

Deno.test("selectEndpoints() takes all endpoints of all collections in their order", () => {
  assert.deepEqual(select({}), ["hunt_list", "hunt_create", "user_list", "me_get", "me_put", "x_people_list"]);
  assert.deepEqual(select({ features: [] }), select({}));
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
    assert.equal(error.message, 'Cannot find feature "Peple"; did you mean "People"?');
    return error.guidance?.includes("tools") === true;
  });
  assert.throws(() => select({ features: ["hunt grup"] }), /did you mean "Hunt Group"/);
  assert.throws(() => select({ features: ["zzz"] }), { message: 'Cannot find feature "zzz"' });
});

Deno.test("selectEndpoints() finds a feature without its group", () => {
  assert.deepEqual(select({ features: ["hunt group"] }), select({ features: ["Features: Hunt Group"] }));
});

Deno.test("selectEndpoints() names each near feature once", () => {
  assert.throws(() => select({ features: ["call setting for me"] }), (error) => {
    return error instanceof UsageError && error.message.split('"Call Settings For Me"').length === 2;
  });
});
