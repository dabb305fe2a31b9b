import assert from "node:assert/strict";
import fc from "fast-check";
import { nearestNames } from "../../src/collection/nearest.ts";
import { type CallerPolicy, POLICY_KEYS, policyRecord, readPolicy } from "../../src/config/caller_policy.ts";
import { UsageError } from "../../src/core/errors.ts";

const CONTEXT = { path: "/c.json", resolve: (path: string) => path, nearest: nearestNames };

function read(record: Readonly<Record<string, unknown>>): CallerPolicy {
  return readPolicy(CONTEXT, "callers.ci", record);
}

const FULL = {
  profile: "acme",
  read_only: true,
  confirm: "writes",
  tools: "discover",
  preset: ["queues"],
  features: ["People"],
  exclude_features: ["Numbers"],
  tool: ["people_*"],
  exclude_tool: ["*_delete_*"],
  rate_per_minute: 60,
  burst: 10,
  concurrency: 4,
} as const;

Deno.test("readPolicy() reads every key, and policyRecord() writes the same", () => {
  assert.deepEqual(Object.keys(FULL).toSorted(), POLICY_KEYS.toSorted());
  const policy = read(FULL);
  assert.deepEqual(policy, {
    profile: "acme",
    readOnly: true,
    confirm: "writes",
    tools: "discover",
    preset: ["queues"],
    features: ["People"],
    excludeFeatures: ["Numbers"],
    tool: ["people_*"],
    excludeTool: ["*_delete_*"],
    ratePerMinute: 60,
    burst: 10,
    concurrency: 4,
  });
  assert.deepEqual(policyRecord(policy), FULL);
  assert.deepEqual(read({}), {});
});

Deno.test("readPolicy() refuses values of the wrong type or beyond their bounds, and quotes none", () => {
  const cases: [string, unknown][] = [
    ["profile", "environment"],
    ["profile", "../secret"],
    ["read_only", "true"],
    ["confirm", "never"],
    ["tools", "some"],
    ["features", "People"],
    ["features", []],
    ["tool", [7]],
    ["rate_per_minute", 0],
    ["rate_per_minute", 1.5],
    ["burst", "10"],
    ["concurrency", 1e9],
    ["concurrency", null],
  ];
  for (const [key, value] of cases) {
    assert.throws(() => read({ [key]: value }), (error) => {
      assert.ok(error instanceof UsageError, key);
      assert.match(error.message, new RegExp(`^Cannot use "/c.json": callers\\.ci\\.${key}(?:\\[0\\])?: expected `));
      return !error.message.includes("secret");
    });
  }
});

Deno.test("readPolicy() gives a policy or a UsageError, whatever stands there", () => {
  const records = fc.dictionary(fc.constantFrom(...POLICY_KEYS), fc.oneof(fc.jsonValue(), fc.constantFrom("all", 5)));
  fc.assert(fc.property(records, (record) => {
    try {
      assert.deepEqual(read({ ...policyRecord(read(record)) }), read(record));
    } catch (error) {
      assert.ok(error instanceof UsageError);
    }
  }));
});
