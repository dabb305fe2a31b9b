import assert from "node:assert/strict";
import { type Config, createConfig } from "../../src/config/config.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { UsageError } from "../../src/core/errors.ts";

function config(flags: FlagValues = {}, environment: Partial<Record<EnvironmentName, string>> = {}): Config {
  return createConfig(flags, (name) => environment[name]);
}

function refusal(flags: FlagValues, environment: Partial<Record<EnvironmentName, string>> = {}): string {
  try {
    config(flags, environment);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return assert.fail("expected a UsageError");
}

Deno.test("createConfig() serves everything, strictly and in full, unless told otherwise", () => {
  assert.deepEqual(config(), {
    tools: "all",
    features: [],
    readOnly: false,
    collections: [],
    sandbox: false,
    schema: "full",
    validation: "strict",
    structured: false,
  });
});

Deno.test("createConfig() freezes the configuration", () => {
  const made = config({ features: ["People"], collections: ["x.json"] });
  assert.ok([made, made.features, made.collections].every(Object.isFrozen));
});

Deno.test("createConfig() reads what no flag says from the environment", () => {
  const made = config({}, {
    WEBEX_MCP_TOOLS: "ALL",
    WEBEX_MCP_FEATURES: "People, Numbers,",
    WEBEX_MCP_READ_ONLY: "Yes",
    WEBEX_BASE_URL: "http://localhost:1/",
    WEBEX_ACCESS_TOKEN: " token ",
    WEBEX_ACCESS_TOKEN_FILE: "/run/token",
  });
  assert.deepEqual(made.features, ["People", "Numbers"]);
  assert.equal(made.readOnly, true);
  assert.equal(made.baseUrl, "http://localhost:1");
  assert.equal(made.token, "token");
  assert.equal(made.tokenFile, "/run/token");
});

Deno.test("createConfig() lets flags win over the environment", () => {
  const made = config({ features: ["A,B", "C"], readOnly: true, baseUrl: "https://flag", tools: "all" }, {
    WEBEX_MCP_TOOLS: "nonsense",
    WEBEX_MCP_FEATURES: "D",
    WEBEX_MCP_READ_ONLY: "0",
    WEBEX_BASE_URL: "nonsense",
  });
  assert.deepEqual(made.features, ["A", "B", "C"]);
  assert.equal(made.readOnly, true);
  assert.equal(made.baseUrl, "https://flag");
});

Deno.test("createConfig() takes an empty variable for an absent one", () => {
  const empty = { WEBEX_MCP_TOOLS: "", WEBEX_MCP_FEATURES: " ", WEBEX_MCP_READ_ONLY: "", WEBEX_ACCESS_TOKEN: " " };
  assert.deepEqual(config({}, empty), config());
});

Deno.test("createConfig() understands the usual words for yes and no, and no others", () => {
  const readOnly = (value: string) => config({}, { WEBEX_MCP_READ_ONLY: value }).readOnly;
  assert.deepEqual(["1", "true", "YES", "on"].map(readOnly), [true, true, true, true]);
  assert.deepEqual(["0", "False", "no", "off"].map(readOnly), [false, false, false, false]);
  assert.equal(
    refusal({}, { WEBEX_MCP_READ_ONLY: "maybe" }),
    'Cannot use WEBEX_MCP_READ_ONLY "maybe": expected true or false',
  );
});

Deno.test("createConfig() says what this version cannot do", () => {
  assert.equal(refusal({ tools: "discover" }), 'Cannot use --tools "discover": not available in this version');
  assert.match(refusal({}, { WEBEX_MCP_TOOLS: "discover" }), /^Cannot use WEBEX_MCP_TOOLS "discover": not available/);
  assert.equal(refusal({ http: "8080" }), "Cannot use --http: not available in this version");
});

Deno.test("createConfig() refuses values without a meaning", () => {
  assert.match(refusal({}, { WEBEX_MCP_TOOLS: "some" }), /expected "all" or "discover"/);
  assert.match(refusal({ features: [" , "] }), /^Cannot use --features: expected the name of a feature/);
  assert.match(refusal({ baseUrl: "nope" }), /^Cannot use --base-url "nope": expected/);
});

Deno.test("createConfig() has the simulated organization win over an address in the environment, not over a flag", () => {
  assert.equal(config({ sandbox: true }, { WEBEX_BASE_URL: "https://x" }).baseUrl, undefined);
  assert.match(refusal({ sandbox: true, baseUrl: "https://x" }), /^Cannot use --sandbox together with --base-url/);
});

Deno.test("createConfig() goes without the environment where it may not be read and nothing can be sent", () => {
  const denied = () => {
    throw new UsageError("Cannot read it", { code: "missing_permission" });
  };
  assert.equal(createConfig({ sandbox: true }, denied).readOnly, false);
  assert.throws(() => createConfig({}, denied), UsageError);
});

Deno.test("createConfig() refuses a list of features that names none, from the environment as well", () => {
  assert.match(refusal({}, { WEBEX_MCP_FEATURES: "," }), /WEBEX_MCP_FEATURES: expected the name of a feature/);
  assert.match(refusal({ features: [""] }), /--features: expected the name of a feature/);
});
