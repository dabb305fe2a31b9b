import assert from "node:assert/strict";
import { parse } from "yaml";
import { runAuth } from "../../../src/cli/auth/auth.ts";
import type { EnvironmentName } from "../../../src/config/environment.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { fakeSystem } from "../../support/fake_system.ts";
import { makePlace, SECRETS } from "./auth_place.ts";

async function readStore(path: string): Promise<Record<string, string>> {
  return JSON.parse(await Deno.readTextFile(path));
}

Deno.test("runAuth() asks for what it isn't told, and shows no secret", async () => {
  await using here = await makePlace();
  const environment = { WEBEX_CLIENT_ID: "", WEBEX_CLIENT_SECRET: "" };
  const lines = ["C1", SECRETS.clientSecret];
  const { code, stdout, stderr } = await here.login({}, { environment, lines, isTerminal: true });
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^Client id: Client secret \(not shown\): \n/);
  // deno-lint-ignore no-control-regex -- the line is cleared by an escape sequence
  assert.match(stderr, /\r\u001b\[2KWaiting for the confirmation, [45]:\d\d left/);
  assert.ok(!`${stdout}${stderr}`.includes(SECRETS.clientSecret));
  const kept = await readStore(here.store("acme"));
  assert.equal(kept.client_secret, SECRETS.clientSecret);
  assert.match(kept.owner ?? "", /@/);
});

Deno.test("runAuth() takes secrets as lines of standard input, silently", async () => {
  await using here = await makePlace();
  const lines = [SECRETS.clientSecret, SECRETS.refreshToken];
  const { code, stdout, stderr } = await here.login({ grant: "service-app" }, {
    environment: { WEBEX_CLIENT_SECRET: "" },
    lines,
  });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^Logged in to profile "acme"/);
  const kept = await readStore(here.store("acme"));
  assert.equal(kept.kind, "service_app");
  assert.notEqual(kept.refresh_token, SECRETS.refreshToken);
  assert.equal(parse(await Deno.readTextFile(here.config)).profiles.acme.credential.type, "service_app");
});

Deno.test("runAuth() says what is missing, and changes nothing", async () => {
  await using here = await makePlace();
  const { code, stderr } = await here.login({}, { environment: { WEBEX_CLIENT_SECRET: "" } });
  assert.equal(code, 2);
  assert.match(stderr, /^ERROR: Cannot log in: expected the client secret\nSet WEBEX_CLIENT_SECRET or /);
  await assert.rejects(Deno.stat(here.config), Deno.errors.NotFound);
});

Deno.test("runAuth() ends a login when it is interrupted, while asking and while waiting", async () => {
  await using here = await makePlace();
  for (const interruptAt of [/Waiting/, /enter the code/]) {
    const { code, stderr } = await here.login({}, { isTerminal: true, interruptAt });
    assert.equal(code, 1);
    assert.match(stderr, /ERROR: Cannot log in: interrupted; nothing was kept\n$/);
  }
  await assert.rejects(Deno.stat(here.store("acme")), Deno.errors.NotFound);
});

Deno.test("runAuth() keeps the client secret in the file that it came from", async () => {
  await using here = await makePlace();
  const file = `${here.directory}/secret`;
  await here.write(file, `${SECRETS.clientSecret}\n`);
  const environment = { WEBEX_CLIENT_SECRET: "", WEBEX_CLIENT_SECRET_FILE: file };
  const { code, stderr } = await here.login({}, { environment });
  assert.equal(code, 0, stderr);
  assert.equal((await readStore(here.store("acme"))).client_secret, undefined);
  const { credential } = parse(await Deno.readTextFile(here.config)).profiles.acme;
  assert.equal(credential.client_secret_file, file);
  assert.equal((await here.status()).code, 0);
  const again = await here.login({}, { environment: { WEBEX_CLIENT_SECRET: "" } });
  assert.equal(again.code, 0, again.stderr);
});

Deno.test("runAuth() logs in again without asking, and leaves a complete profile alone", async () => {
  await using here = await makePlace();
  assert.equal((await here.login({ scopes: "spark:people_read" })).code, 0);
  const before = await Deno.readTextFile(here.config);
  const first = await readStore(here.store("acme"));
  const environment = { WEBEX_CLIENT_ID: "", WEBEX_CLIENT_SECRET: "" };
  const { code, stdout, stderr } = await here.login({ flags: { profile: undefined } }, { environment });
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stdout, /The profile is in/);
  assert.equal(await Deno.readTextFile(here.config), before);
  const second = await readStore(here.store("acme"));
  assert.notEqual(second.access_token, first.access_token);
  assert.equal(second.scope, "spark:people_read");
});

Deno.test("runAuth() adds a profile beside others and keeps their comments", async () => {
  await using here = await makePlace({ partner: true });
  await here.write(here.config, "profiles:\n  # ours\n  old:\n    credential: { type: environment }\n");
  assert.equal((await here.login()).code, 0);
  const text = await Deno.readTextFile(here.config);
  assert.ok(text.includes("# ours\n  old:"), text);
  assert.equal(parse(text).profiles.acme.partner, true);
});

Deno.test("runAuth() refuses logins that cannot be meant", async () => {
  await using here = await makePlace();
  await here.write(
    here.config,
    "profiles:\n  file: { credential: { type: token_file, path: t } }\n  app: { credential: { type: service_app } }\n",
  );
  const cases: [Parameters<typeof here.login>[0], RegExp][] = [
    [{ flags: { profile: "file" } }, /^ERROR: Cannot log in to profile "file": its token comes from a file\n/],
    [{ flags: { profile: "app" }, grant: "device" }, /^ERROR: Cannot log in to profile "app" as an integration: /],
    [{ flags: { profile: "App" } }, /^ERROR: Cannot add profile "App": there is "app"\n/],
    [{ flags: { profile: "../x" } }, /^ERROR: Cannot use profile "\.\.\/x": expected a name of /],
    [{ flags: { profile: undefined } }, /^ERROR: Cannot choose a profile: .*\nAdd --profile with one of file, app/],
    [{ flags: { sandbox: true } }, /^ERROR: Cannot log in to the simulated organization/],
  ];
  for (const [command, message] of cases) {
    const { code, stderr } = await here.login(command);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});

Deno.test("runAuth() refuses tokens of another organization than the profile's", async () => {
  await using here = await makePlace();
  const profile = "profiles: { acme: { organization: 11111111-2222-4333-8444-555555555555 } }\n";
  await here.write(here.config, profile);
  const { code, stderr } = await here.login();
  assert.equal(code, 1);
  assert.match(stderr, /ERROR: Cannot keep the tokens: profile "acme" is for another organization\n/);
  await assert.rejects(Deno.stat(here.store("acme")), Deno.errors.NotFound);
  assert.equal(await Deno.readTextFile(here.config), profile);
});

Deno.test("runAuth() finds out that tokens cannot be kept before anybody logs in", async () => {
  await using here = await makePlace();
  await here.write(`${here.directory}/state`, "a file where a directory is needed");
  const { code, stderr } = await here.login();
  assert.equal(code, 2);
  assert.match(stderr, /^ERROR: Cannot write token store "/);
  assert.doesNotMatch(stderr, /enter the code/);
});

Deno.test("runAuth() says what to add where the configuration file cannot be written", async () => {
  await using here = await makePlace();
  await here.write(`${here.config}.tmp/x`, "a directory where the draft should be");
  const { code, stderr } = await here.login();
  assert.equal(code, 2);
  assert.match(stderr, /ERROR: Cannot write configuration file ".*\n.*add the profile yourself: profiles: \{acme: \{/);
  assert.equal((await Deno.stat(here.store("acme"))).isFile, true);
});

Deno.test("runAuth() passes on what the authorization server refuses", async () => {
  await using here = await makePlace();
  const { code, stderr } = await here.login({ clientId: "C2" });
  assert.equal(code, 1);
  assert.match(stderr, /ERROR: Cannot get an access token: .*\nCheck the client id and the client secret/);
  assert.ok(!stderr.includes(SECRETS.clientSecret));
});

Deno.test("runAuth() tells that a variable goes before the new profile", async () => {
  await using here = await makePlace();
  const { stdout } = await here.login({}, { environment: { WEBEX_ACCESS_TOKEN: "planted" } });
  assert.match(stdout, /^WEBEX_ACCESS_TOKEN is set and goes before this profile, unless --profile acme is given$/m);
});

Deno.test("runAuth() asks for no scope that allows changes where the profile is read-only", async () => {
  await using here = await makePlace();
  await here.write(here.config, "profiles: { acme: { read_only: true } }");
  assert.equal((await here.login()).code, 0);
  const scopes = ((await readStore(here.store("acme"))).scope ?? "").split(" ");
  assert.ok(scopes.includes("spark-admin:telephony_pstn_read"));
  assert.deepEqual(scopes.filter((scope) => !scope.endsWith("_read")), []);
});

Deno.test("runAuth() prints the scopes that a login would ask for, and does nothing else", async () => {
  await using here = await makePlace();
  const { code, stdout, stderr } = await here.login({ showScopes: true }, { environment: { WEBEX_CLIENT_SECRET: "" } });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^spark-admin:telephony_config_write$/m);
  assert.ok(stdout.trimEnd().split("\n").every((line) => /^spark/.test(line)), stdout);
  await assert.rejects(Deno.stat(here.config), Deno.errors.NotFound);
  await assert.rejects(Deno.stat(`${here.directory}/state`), Deno.errors.NotFound);
});

Deno.test("runAuth() leaves no lock behind where a login fails", async () => {
  await using here = await makePlace();
  assert.equal((await here.login({ clientId: "C2" })).code, 1);
  await assert.rejects(Deno.stat(`${here.store("acme")}.lock`), Deno.errors.NotFound);
});

Deno.test("runAuth() names the permission set of auth where variables may not be read", async () => {
  const command = { command: "auth", action: "status", flags: {}, json: false } as const;
  const system = {
    ...fakeSystem(),
    environment(name: EnvironmentName): never {
      throw new UsageError(`Cannot read environment variable "${name}"`, { code: "missing_permission" });
    },
  };
  await assert.rejects(runAuth(command, system), { guidance: /^Add -P=auth or / });
});
