import assert from "node:assert/strict";
import { credentialOf, credentialVariables, ignoredVariables } from "../../src/config/credential.ts";
import type { CredentialSource } from "../../src/config/credential_source.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { ChosenProfile, ProfileCredential } from "../../src/config/profile.ts";
import { UsageError } from "../../src/core/errors.ts";

type Variables = Partial<Record<EnvironmentName, string>>;

const storeOf = (profile: string) => `/state/${profile}.json`;

function chosen(credential?: ProfileCredential): ChosenProfile {
  return { name: "acme", explicit: true, profile: credential === undefined ? {} : { credential } };
}

function source(environment: Variables, profile?: ChosenProfile): CredentialSource {
  return credentialOf((name) => environment[name], profile, storeOf);
}

Deno.test("credentialOf() takes the first credential of the environment: token, file, command, refresh token", () => {
  const all: Variables = {
    WEBEX_ACCESS_TOKEN: " token ",
    WEBEX_ACCESS_TOKEN_FILE: "/run/token",
    WEBEX_ACCESS_TOKEN_COMMAND: "pass show webex",
    WEBEX_REFRESH_TOKEN: "refresh",
    WEBEX_CLIENT_ID: "C1",
    WEBEX_CLIENT_SECRET: "secret",
  };
  assert.deepEqual(source(all), { type: "token", token: "token" });
  assert.deepEqual(source({ ...all, WEBEX_ACCESS_TOKEN: "" }), { type: "file", path: "/run/token" });
  const { WEBEX_ACCESS_TOKEN: _token, WEBEX_ACCESS_TOKEN_FILE: _file, ...less } = all;
  assert.deepEqual(source(less), { type: "command", command: ["pass", "show", "webex"] });
  const { WEBEX_ACCESS_TOKEN_COMMAND: _command, ...least } = less;
  assert.deepEqual(source(least), {
    type: "integration",
    clientId: "C1",
    clientSecret: "secret",
    refreshToken: "refresh",
    store: "/state/environment.json",
  });
  assert.deepEqual(source({}), { type: "none" });
  assert.deepEqual(source({ WEBEX_CLIENT_ID: "C1", WEBEX_CLIENT_SECRET: "secret" }), { type: "none" });
});

Deno.test("credentialOf() knows the home directory in the paths of variables", () => {
  const at = (path: string, HOME?: string) =>
    source({ WEBEX_ACCESS_TOKEN_FILE: path, ...(HOME === undefined ? {} : { HOME }) });
  assert.deepEqual(at("~/.webex/token", "/home/ada/"), { type: "file", path: "/home/ada/.webex/token" });
  assert.deepEqual(at("~/token"), { type: "file", path: "~/token" });
  assert.deepEqual(at("~ada/token", "/home/ada"), { type: "file", path: "~ada/token" });
});

Deno.test("credentialOf() names what a refresh token lacks, and never the token", () => {
  const cases: [Variables, string][] = [
    [{ WEBEX_CLIENT_SECRET: "s" }, "WEBEX_CLIENT_ID"],
    [{ WEBEX_CLIENT_ID: "C" }, "WEBEX_CLIENT_SECRET or WEBEX_CLIENT_SECRET_FILE"],
  ];
  for (const [variables, missing] of cases) {
    assert.throws(() => source({ WEBEX_REFRESH_TOKEN: "planted", ...variables }), (error) => {
      assert.ok(error instanceof UsageError);
      return error.message === `Cannot use WEBEX_REFRESH_TOKEN: expected ${missing} beside it`;
    });
  }
});

Deno.test("credentialOf() takes a profile's own credential whatever the environment has", () => {
  const environment = { WEBEX_ACCESS_TOKEN: "token" };
  assert.deepEqual(source(environment, chosen({ type: "token_file", path: "/t" })), { type: "file", path: "/t" });
  const command = ["op", "read", "op://x"];
  assert.deepEqual(source(environment, chosen({ type: "token_command", command })), { type: "command", command });
  assert.deepEqual(
    source(environment, chosen({ type: "service_app", clientId: "C2", clientSecretFile: "/secret" })),
    { type: "service_app", profile: "acme", clientId: "C2", clientSecretFile: "/secret", store: "/state/acme.json" },
  );
  const named = { type: "integration", profile: "acme", store: "/state/acme.json" };
  assert.deepEqual(source(environment, chosen({ type: "integration" })), named);
});

Deno.test("credentialOf() gives a profile without a credential the environment's", () => {
  for (const profile of [chosen(), chosen({ type: "environment" })]) {
    assert.deepEqual(source({ WEBEX_ACCESS_TOKEN: "token" }, profile), { type: "token", token: "token" });
  }
});

Deno.test("credentialVariables() lists what is set, the one that counts first", () => {
  const environment: Variables = { WEBEX_REFRESH_TOKEN: "r", WEBEX_ACCESS_TOKEN_FILE: "f", WEBEX_CLIENT_ID: "C" };
  assert.deepEqual(credentialVariables((name) => environment[name]), [
    "WEBEX_ACCESS_TOKEN_FILE",
    "WEBEX_REFRESH_TOKEN",
  ]);
});

Deno.test("ignoredVariables() warns only where a profile's own credential wins", () => {
  const environment = (name: EnvironmentName) => name === "WEBEX_ACCESS_TOKEN" ? "planted" : undefined;
  assert.deepEqual(ignoredVariables(environment, chosen({ type: "integration" })), [
    'Profile "acme" has its own credential, so WEBEX_ACCESS_TOKEN is ignored',
  ]);
  assert.deepEqual(ignoredVariables(environment, chosen()), []);
  assert.deepEqual(ignoredVariables(environment, undefined), []);
  assert.deepEqual(ignoredVariables(() => undefined, chosen({ type: "integration" })), []);
});
