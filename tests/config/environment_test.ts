import assert from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { ENVIRONMENT_NAMES, processEnvironment, withPermissionSet } from "../../src/config/environment.ts";
import { FLAGS } from "../../src/config/flags.ts";
import { UsageError } from "../../src/core/errors.ts";

Deno.test("ENVIRONMENT_NAMES are what the permission sets serve, http and auth grant", () => {
  const { serve, http, auth } = project.permissions;
  for (const { env } of [serve, http, auth]) assert.deepEqual(env.allow.toSorted(), [...ENVIRONMENT_NAMES].sort());
});

Deno.test("ENVIRONMENT_NAMES contain the variable of every flag", () => {
  const names: readonly string[] = ENVIRONMENT_NAMES;
  for (const flag of Object.values(FLAGS)) {
    if ("environment" in flag) assert.ok(names.includes(flag.environment));
  }
});

Deno.test({
  name: "processEnvironment() does not take a variable that may not be read for an absent one",
  permissions: { env: false },
  fn() {
    assert.throws(() => processEnvironment("WEBEX_MCP_READ_ONLY"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, 'Cannot read environment variable "WEBEX_MCP_READ_ONLY": the permission is missing');
      return error.guidance?.includes("--allow-env=WEBEX_ACCESS_TOKEN,") === true;
    });
  },
});

Deno.test({
  name: "withPermissionSet() names the permission set of the command that reads a variable",
  permissions: { env: false },
  fn() {
    assert.throws(() => withPermissionSet(processEnvironment, "auth")("WEBEX_CLIENT_ID"), (error) => {
      assert.ok(error instanceof UsageError && error.cause instanceof Deno.errors.NotCapable);
      return error.code === "missing_permission" && error.guidance?.startsWith("Add -P=auth or --allow-env=") === true;
    });
  },
});

Deno.test("withPermissionSet() passes on values and other errors", () => {
  assert.equal(withPermissionSet((name) => name, "auth")("HOME"), "HOME");
  const broken = withPermissionSet(() => {
    throw new TypeError("something else");
  }, "auth");
  assert.throws(() => broken("HOME"), TypeError);
});

Deno.test({
  name: "processEnvironment() answers a variable's value",
  permissions: { env: ["WEBEX_MCP_FEATURES"] },
  fn() {
    const before = Deno.env.get("WEBEX_MCP_FEATURES");
    Deno.env.set("WEBEX_MCP_FEATURES", "People");
    try {
      assert.equal(processEnvironment("WEBEX_MCP_FEATURES"), "People");
    } finally {
      if (before === undefined) Deno.env.delete("WEBEX_MCP_FEATURES");
      else Deno.env.set("WEBEX_MCP_FEATURES", before);
    }
  },
});

Deno.test({
  name: "processEnvironment() knows the account's home where HOME is not set and the system may be asked",
  permissions: { env: ["HOME"], sys: ["homedir"] },
  fn() {
    const before = Deno.env.get("HOME");
    Deno.env.delete("HOME");
    try {
      assert.match(String(processEnvironment("HOME")), /^(?:\/|[A-Z]:\\)/);
    } finally {
      if (before !== undefined) Deno.env.set("HOME", before);
    }
  },
});

Deno.test({
  name: "processEnvironment() asks nobody for the account's home without permission",
  permissions: { env: ["HOME"], sys: false },
  fn() {
    const before = Deno.env.get("HOME");
    Deno.env.delete("HOME");
    try {
      assert.equal(processEnvironment("HOME"), undefined);
    } finally {
      if (before !== undefined) Deno.env.set("HOME", before);
    }
  },
});
