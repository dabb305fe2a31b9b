import assert from "node:assert/strict";
import type { CallerPolicy } from "../../src/config/caller_policy.ts";
import { createConfig } from "../../src/config/config.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { type Limiter, readOnlyBy } from "../../src/config/limiter.ts";
import { narrowConfig } from "../../src/config/narrow.ts";

const configOf = (flags: FlagValues) => createConfig(flags, () => undefined);

Deno.test("readOnlyBy() names the server where nobody may change anything, and the caller where only its policy says so", () => {
  assert.equal(readOnlyBy(configOf({})), undefined);
  assert.equal(readOnlyBy(configOf({ readOnly: true })), "server");
  const cases: readonly [FlagValues, CallerPolicy, Limiter | undefined][] = [
    [{}, {}, undefined],
    [{}, { readOnly: true }, "caller"],
    [{}, { preset: ["read-only-audit"] }, "caller"],
    [{ readOnly: true }, { readOnly: true }, "server"],
    [{ readOnly: true }, {}, "server"],
  ];
  for (const [flags, policy, by] of cases) {
    assert.equal(readOnlyBy(narrowConfig(configOf(flags), policy)), by, JSON.stringify([flags, policy]));
  }
});

Deno.test("readOnlyBy() takes the profile of a caller's policy for part of it", () => {
  const [open, closed] = [configOf({}), configOf({ readOnly: true })];
  const by = (profile: typeof open, server: typeof open, policy: CallerPolicy) =>
    readOnlyBy(narrowConfig(profile, policy, "the caller", server));
  assert.equal(by(closed, open, {}), "caller");
  assert.equal(by(open, closed, { readOnly: true }), "caller");
  assert.equal(by(open, closed, {}), undefined);
});
