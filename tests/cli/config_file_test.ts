import assert from "node:assert/strict";
import { loadConfig } from "../../src/cli/config_file.ts";
import type { Config } from "../../src/config/config.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { FlagValues } from "../../src/config/flags.ts";
import { UsageError } from "../../src/core/errors.ts";

const PATH = "/home/ada/.config/webex-calling-mcp/config.yaml";

const TWO = `
default_profile: acme
profiles:
  acme:
    credential: { type: token_file, path: secrets/token }
    read_only: true
  other:
    credential: { type: integration }
`;

interface Outside {
  readonly environment?: Partial<Record<EnvironmentName, string>>;
  readonly files?: Readonly<Record<string, string | Error>>;
}

/** The configuration, and the files that were looked for. */
async function load(
  flags: FlagValues,
  { environment = {}, files = {} }: Outside,
): Promise<{ config: Config; read: string[] }> {
  const read: string[] = [];
  const variables: Outside["environment"] = { HOME: "/home/ada", ...environment };
  const readTextFile = (path: string): Promise<string> => {
    read.push(path);
    const file = files[path] ?? new Deno.errors.NotFound("no such file");
    return typeof file === "string" ? Promise.resolve(file) : Promise.reject(file);
  };
  const config = await loadConfig(flags, { environment: (name) => variables[name], readTextFile }, "linux");
  return { config, read };
}

function reasonOf({ credential }: Config): string | undefined {
  return credential.type === "none" ? credential.reason : undefined;
}

async function refusal(flags: FlagValues, outside: Outside): Promise<UsageError> {
  try {
    await load(flags, outside);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail("expected a UsageError");
}

Deno.test("loadConfig() reads no file when the environment has a credential, or the organization is simulated", async () => {
  const files = { [PATH]: TWO };
  const token = await load({}, { environment: { WEBEX_ACCESS_TOKEN: "t" }, files });
  assert.deepEqual(token.config.credential, { type: "token", token: "t" });
  assert.deepEqual(token.config.profile, { name: "environment", explicit: false });
  const sandbox = await load({ sandbox: true }, { environment: { WEBEX_MCP_PROFILE: "acme" }, files });
  assert.deepEqual(sandbox.config.credential, { type: "none" });
  assert.deepEqual([token.read, sandbox.read], [[], []]);
});

Deno.test("loadConfig() takes the default profile, and paths below the file's directory", async () => {
  const { config, read } = await load({}, { files: { [PATH]: TWO } });
  assert.deepEqual(config.profile, { name: "acme", explicit: false });
  assert.deepEqual(config.credential, {
    type: "file",
    path: "/home/ada/.config/webex-calling-mcp/secrets/token",
  });
  assert.equal(config.readOnly, true);
  assert.deepEqual(read, [PATH]);
});

Deno.test("loadConfig() takes the only profile, and of several none without a default", async () => {
  const only = await load({}, { files: { [PATH]: "profiles: { one: { read_only: true } }" } });
  assert.deepEqual(only.config.profile, { name: "one", explicit: false });
  const several = await load({}, { files: { [PATH]: "profiles: { one: {}, two: {} }" } });
  assert.equal(several.config.profile.name, "environment");
  assert.match(several.config.warnings[0] ?? "", /^No profile of "\/home.*" is used: there is no default_profile/);
  assert.match(
    reasonOf(several.config) ?? "",
    /^No profile of .* was given\. Start the program with --profile and one of one, two, or name the default_profile/,
  );
});

Deno.test("loadConfig() gives no reason for a missing credential where there are no profiles", async () => {
  assert.equal(reasonOf((await load({}, {})).config), undefined);
  assert.equal(reasonOf((await load({}, { files: { [PATH]: "profiles: {}" } })).config), undefined);
});

Deno.test("loadConfig() gives as reason that the chosen profile counts on the environment", async () => {
  const { config } = await load({}, { files: { [PATH]: "profiles: { one: { read_only: true } }" } });
  assert.equal(reasonOf(config), 'Profile "one" has no credential of its own, and the environment has none.');
});

Deno.test("loadConfig() tells where the features come from", async () => {
  const files = { [PATH]: "profiles: { one: { features: [People], credential: { type: token_file, path: t } } }" };
  assert.equal((await load({}, { files })).config.selection.features?.source, `features of profile "one" in "${PATH}"`);
  const environment = { WEBEX_MCP_FEATURES: "Numbers" };
  assert.equal((await load({}, { environment, files })).config.selection.features?.source, "WEBEX_MCP_FEATURES");
  assert.equal(
    (await load({ features: ["x"] }, { environment, files })).config.selection.features?.source,
    "--features",
  );
  assert.equal((await load({}, {})).config.selection.features?.source, undefined);
});

Deno.test("loadConfig() lets a named profile win over the environment's credential, and says so", async () => {
  const environment = { WEBEX_ACCESS_TOKEN: "planted", WEBEX_MCP_PROFILE: "other" };
  const { config } = await load({}, { environment, files: { [PATH]: TWO } });
  assert.deepEqual(config.profile, { name: "other", explicit: true });
  assert.equal(config.credential.type, "integration");
  assert.deepEqual(config.warnings, ['Profile "other" has its own credential, so WEBEX_ACCESS_TOKEN is ignored']);
  const flagged = await load({ profile: "acme" }, { environment, files: { [PATH]: TWO } });
  assert.equal(flagged.config.profile.name, "acme");
});

Deno.test("loadConfig() reads the file that is named", async () => {
  const files = { "/etc/w.yaml": "profiles: { one: { credential: { type: token_file, path: ~/t } } }" };
  const { config, read } = await load({ config: "/etc/w.yaml" }, { files });
  assert.deepEqual(config.credential, { type: "file", path: "/home/ada/t" });
  assert.deepEqual(read, ["/etc/w.yaml"]);
  const ignored = await load({ config: "/etc/w.yaml" }, { environment: { WEBEX_ACCESS_TOKEN: "t" }, files });
  assert.match(
    ignored.config.warnings[0] ?? "",
    /^Used WEBEX_ACCESS_TOKEN, and no profile of --config: no --profile was given$/,
  );
});

Deno.test("loadConfig() goes on without a file that nobody named", async () => {
  const { config } = await load({}, {});
  assert.deepEqual([config.credential, config.warnings], [{ type: "none" }, []]);
  const homeless = await load({}, { environment: { HOME: "" } });
  assert.deepEqual([homeless.config.credential, homeless.read], [{ type: "none" }, []]);
});

Deno.test("loadConfig() warns of a file that may not be read, with the permission that is missing", async () => {
  const files = { [PATH]: new Deno.errors.NotCapable("read") };
  const { config } = await load({}, { files });
  assert.match(config.warnings[0] ?? "", new RegExp(`--allow-read=${PATH} to the deno command`));
  assert.match(reasonOf(config) ?? "", /; profiles are not available\. Add --allow-read=.* to the deno command\.$/);
  assert.match((await refusal({ profile: "acme" }, { files })).guidance ?? "", /--allow-read=/);
});

Deno.test("loadConfig() refuses a missing file that was named", async () => {
  const { message, guidance } = await refusal({ config: "w.yaml" }, {});
  assert.equal(message, 'Cannot read "w.yaml" of --config: there is no such file');
  assert.match(guidance ?? "", /"deno run -P=auth main\.ts auth login --profile NAME --config PATH"/);
});

Deno.test("loadConfig() refuses an unknown profile, with the nearest and all names", async () => {
  const error = await refusal({ profile: "acne" }, { files: { [PATH]: TWO } });
  assert.equal(
    error.message,
    `Cannot find profile "acne" of --profile: it is not in "${PATH}"; did you mean "acme"?`,
  );
  assert.match(error.guidance ?? "", /^There are the profiles acme, other\./);
  const none = await refusal({}, { environment: { WEBEX_MCP_PROFILE: "x" } });
  assert.match(none.message, /^Cannot find profile "x" of WEBEX_MCP_PROFILE: /);
  assert.match(none.guidance ?? "", /^There is no profile yet\./);
});

Deno.test("loadConfig() tells where a file is broken without repeating its lines", async () => {
  const cases: [string, RegExp][] = [
    ["profiles:\n  a: {}\n  a: {}\n", /a key is there twice \(line 3, column 3/],
    ["profiles:\n  - [planted\n", /it is neither YAML nor JSON \(line \d+, column \d+/],
    ['{"profiles": {"a": {"access_token": "planted"}}}', /profiles\.a\.access_token: expected no secret/],
    ["a: 1\n---\nb: planted\n", /neither YAML nor JSON/],
  ];
  for (const [text, message] of cases) {
    const error = await refusal({}, { files: { [PATH]: text } });
    assert.match(error.message, message);
    assert.ok(!`${error.message}${error.guidance}`.includes("planted"));
  }
});

Deno.test("loadConfig() refuses a document that grows beyond measure", async () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level++) lines.push(`a${level}: &a${level} [${Array(9).fill(`*a${level - 1}`)}]`);
  await refusal({}, { files: { [PATH]: lines.join("\n") } });
});
