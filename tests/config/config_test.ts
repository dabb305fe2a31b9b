import assert from "node:assert/strict";
import { type Config, createConfig } from "../../src/config/config.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import type { ChosenProfile, Profile } from "../../src/config/profile.ts";
import { UsageError } from "../../src/core/errors.ts";

type Variables = Partial<Record<EnvironmentName, string>>;

function config(flags: FlagValues = {}, environment: Variables = {}, chosen?: ChosenProfile): Config {
  return createConfig(flags, (name) => environment[name], chosen, "linux");
}

function profile(content: Profile, explicit = true): ChosenProfile {
  return { name: "acme", explicit, profile: content };
}

function refusal(flags: FlagValues, environment: Variables = {}): string {
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
    selection: {},
    readOnly: false,
    confirm: "destructive",
    collections: [],
    sandbox: false,
    schema: "full",
    validation: "strict",
    structured: false,
    profile: { name: "environment", explicit: false },
    credential: { type: "none" },
    audit: { off: false, values: false },
    deadlineMs: 55_000,
    concurrency: 5,
    maxResultTokens: 20_000,
    idCheck: "refuse",
    logLevel: "info",
    logFormat: "text",
    warnings: [],
  });
});

Deno.test("createConfig() freezes the configuration", () => {
  const made = config({ features: ["People"], collections: ["x.json"] });
  const parts = [
    made,
    made.selection,
    made.selection.features?.names,
    made.collections,
    made.profile,
    made.credential,
    made.audit,
    made.warnings,
  ];
  assert.ok(parts.every(Object.isFrozen));
});

Deno.test("createConfig() reads what no flag says from the environment", () => {
  const made = config({}, {
    WEBEX_MCP_TOOLS: "ALL",
    WEBEX_MCP_FEATURES: "People, Numbers,",
    WEBEX_MCP_READ_ONLY: "Yes",
    WEBEX_BASE_URL: "http://localhost:1/",
    WEBEX_MCP_DEADLINE: "600",
    WEBEX_MCP_CONCURRENCY: " 1 ",
    WEBEX_MCP_MAX_RESULT: "1000",
    WEBEX_MCP_ID_CHECK: "Warn",
    WEBEX_MCP_AUDIT: "/var/log/calls.jsonl",
    WEBEX_MCP_LOG_LEVEL: "debug",
    WEBEX_MCP_LOG_FORMAT: "json",
  });
  assert.deepEqual(made.selection.features, { names: ["People", "Numbers"], source: "WEBEX_MCP_FEATURES" });
  assert.equal(made.readOnly, true);
  assert.equal(made.baseUrl, "http://localhost:1");
  assert.deepEqual([made.deadlineMs, made.concurrency, made.maxResultTokens], [600_000, 1, 1000]);
  assert.deepEqual([made.idCheck, made.logLevel, made.logFormat], ["warn", "debug", "json"]);
  assert.deepEqual(made.audit, { path: "/var/log/calls.jsonl", off: false, values: false });
});

Deno.test("createConfig() lets flags win over the environment", () => {
  const flags: FlagValues = {
    features: ["A,B", "C"],
    readOnly: true,
    baseUrl: "https://flag",
    tools: "all",
    deadline: "1",
    idCheck: "warn",
    audit: "here.jsonl",
  };
  const made = config(flags, {
    WEBEX_MCP_TOOLS: "nonsense",
    WEBEX_MCP_FEATURES: "D",
    WEBEX_MCP_READ_ONLY: "0",
    WEBEX_BASE_URL: "nonsense",
    WEBEX_MCP_DEADLINE: "nonsense",
    WEBEX_MCP_ID_CHECK: "nonsense",
    WEBEX_MCP_AUDIT: "there.jsonl",
  });
  assert.deepEqual(made.selection.features, { names: ["A", "B", "C"], source: "--features" });
  assert.equal(made.readOnly, true);
  assert.equal(made.baseUrl, "https://flag");
  assert.equal(made.deadlineMs, 1000);
  assert.equal(made.idCheck, "warn");
  assert.equal(made.audit.path, "here.jsonl");
});

Deno.test("createConfig() takes an empty variable for an absent one", () => {
  const names: EnvironmentName[] = ["WEBEX_MCP_TOOLS", "WEBEX_MCP_FEATURES", "WEBEX_MCP_READ_ONLY", "WEBEX_MCP_AUDIT"];
  const more: EnvironmentName[] = ["WEBEX_ACCESS_TOKEN", "WEBEX_REFRESH_TOKEN", "WEBEX_MCP_DEADLINE", "HOME"];
  assert.deepEqual(config({}, Object.fromEntries([...names, ...more].map((name) => [name, " "]))), config());
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

Deno.test("createConfig() refuses values without a meaning", () => {
  assert.match(refusal({}, { WEBEX_MCP_TOOLS: "some" }), /expected "all" or "discover"/);
  assert.match(refusal({ features: [" , "] }), /^Cannot use --features: expected the name of a feature, got nothing$/);
  assert.match(
    refusal({}, { WEBEX_MCP_FEATURES: "," }),
    /WEBEX_MCP_FEATURES: expected the name of a feature, got nothing$/,
  );
  assert.match(refusal({ baseUrl: "nope" }), /^Cannot use --base-url "nope": expected/);
});

Deno.test("createConfig() keeps numbers within their bounds, and names the flag or the variable", () => {
  assert.equal(
    refusal({ deadline: "601" }),
    'Cannot use --deadline "601": expected a whole number of seconds from 1 to 600',
  );
  for (const deadline of ["0", "-1", "1.5", "1e2", "0x10", "", "soon"]) assert.match(refusal({ deadline }), /whole/);
  assert.match(refusal({ concurrency: "51" }), /requests from 1 to 50$/);
  assert.match(refusal({}, { WEBEX_MCP_MAX_RESULT: "999" }), /^Cannot use WEBEX_MCP_MAX_RESULT "999": .* to 1000000$/);
});

Deno.test("createConfig() lists the words that a variable takes", () => {
  assert.equal(
    refusal({}, { WEBEX_MCP_LOG_LEVEL: "loud" }),
    'Cannot use WEBEX_MCP_LOG_LEVEL "loud": expected "info", "debug", "warning" or "error"',
  );
});

Deno.test("createConfig() has the simulated organization win over the environment, not over flags", () => {
  const made = config({ sandbox: true }, {
    WEBEX_BASE_URL: "https://x",
    WEBEX_ACCESS_TOKEN: "token",
    WEBEX_MCP_AUDIT: "/var/calls.jsonl",
    HOME: "/home/ada",
  });
  assert.equal(made.baseUrl, undefined);
  assert.deepEqual(made.credential, { type: "none" });
  assert.deepEqual(made.audit, { off: true, values: false });
  assert.equal(config({ sandbox: true, audit: "a.jsonl" }).audit.path, "a.jsonl");
  assert.match(refusal({ sandbox: true, baseUrl: "https://x" }), /^Cannot use --sandbox together with --base-url/);
  assert.match(refusal({ sandbox: true, profile: "acme" }), /^Cannot use --sandbox together with --profile/);
});

Deno.test("createConfig() goes without the environment where it may not be read and nothing can be sent", () => {
  const denied = () => {
    throw new UsageError("Cannot read it", { code: "missing_permission" });
  };
  assert.equal(createConfig({ sandbox: true }, denied).readOnly, false);
  assert.throws(() => createConfig({}, denied), UsageError);
});

Deno.test("createConfig() records calls in the state directory, elsewhere, or not at all", () => {
  assert.equal(config({}, { HOME: "/home/ada" }).audit.path, "/home/ada/.local/state/webex-calling-mcp/audit.jsonl");
  assert.equal(config({}, { HOME: "/home/ada" }).stateDirectory, "/home/ada/.local/state/webex-calling-mcp");
  const off = config({ noAudit: true }, { HOME: "/home/ada", WEBEX_MCP_AUDIT: "x" });
  assert.deepEqual(off.audit, { off: true, values: false });
  assert.equal(config({ auditValues: true }).audit.values, true);
  assert.match(refusal({ noAudit: true, audit: "x" }), /^Cannot use --no-audit together with --audit: /);
  assert.match(refusal({ noAudit: true, auditValues: true }), /^Cannot use --no-audit together with --audit-values: /);
});

Deno.test("createConfig() takes the policy of a profile, below flags and variables", () => {
  const acme = profile({ baseUrl: "https://gov/v1/", features: ["People"], organization: "O", partner: true });
  const made = config({}, {}, acme);
  assert.deepEqual(made.profile, { name: "acme", explicit: true });
  assert.equal(made.baseUrl, "https://gov/v1");
  assert.deepEqual(made.selection.features?.names, ["People"]);
  assert.equal(made.organization, "O");
  assert.equal(made.partner, true);
  const overruled = config({ features: ["Numbers"] }, { WEBEX_BASE_URL: "https://x" }, acme);
  assert.equal(overruled.baseUrl, "https://x");
  assert.deepEqual(overruled.selection.features?.names, ["Numbers"]);
});

Deno.test("createConfig() takes the surface from the flag, the variable or the profile", () => {
  assert.equal(config().tools, "all");
  assert.equal(config({ tools: "discover" }, { WEBEX_MCP_TOOLS: "all" }).tools, "discover");
  assert.equal(config({}, { WEBEX_MCP_TOOLS: "Discover" }).tools, "discover");
  assert.equal(config({}, {}, profile({ tools: "discover" })).tools, "discover");
  assert.equal(config({ tools: "all" }, {}, profile({ tools: "discover" })).tools, "all");
});

Deno.test("createConfig() asks before destructive changes unless it is told otherwise", () => {
  assert.equal(config().confirm, "destructive");
  assert.equal(config({ confirm: "never" }).confirm, "never");
  assert.equal(config({}, { WEBEX_MCP_CONFIRM: "writes" }).confirm, "writes");
  assert.match(refusal({}, { WEBEX_MCP_CONFIRM: "maybe" }), /expected "destructive", "writes" or "never"/);
});

Deno.test("createConfig() lets no flag ask less often than a profile wants", () => {
  const careful = profile({ confirm: "writes" });
  assert.equal(config({}, {}, careful).confirm, "writes");
  assert.equal(config({ confirm: "never" }, {}, careful).confirm, "writes");
  assert.equal(config({}, { WEBEX_MCP_CONFIRM: "destructive" }, careful).confirm, "writes");
  assert.equal(config({}, {}, profile({ confirm: "never" })).confirm, "never");
  assert.equal(config({ confirm: "writes" }, {}, profile({ confirm: "never" })).confirm, "writes");
});

Deno.test("createConfig() is read-only with a preset that is", () => {
  assert.equal(config({ preset: ["read-only-audit"] }).readOnly, true);
  assert.equal(config({ preset: ["queues"] }).readOnly, false);
  assert.equal(config({ preset: ["queues"] }, { WEBEX_MCP_PRESET: "read-only-audit" }).readOnly, true);
  assert.equal(config({ preset: ["queues"] }, {}, profile({ preset: ["Read Only Audit"] })).readOnly, true);
});

Deno.test("createConfig() lets nothing undo a read-only profile", () => {
  const acme = profile({ readOnly: true });
  assert.equal(config({}, { WEBEX_MCP_READ_ONLY: "false" }, acme).readOnly, true);
  assert.equal(config({ readOnly: false }, {}, acme).readOnly, true);
  assert.equal(config({ readOnly: true }, {}, profile({ readOnly: false })).readOnly, true);
});

Deno.test("createConfig() names the profile whose base URL is wrong", () => {
  assert.throws(
    () => config({}, {}, profile({ baseUrl: "nope" })),
    /^UsageError: Cannot use base_url of profile "acme"/,
  );
});
