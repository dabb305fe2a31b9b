import assert from "node:assert/strict";
import type { JsonObject } from "../../src/core/json.ts";
import { CLIENT, install, type Installation } from "../support/installation.ts";

const READ = "people_list_people";
const WITH_CLIENT = { WEBEX_CLIENT_ID: CLIENT.clientId, WEBEX_CLIENT_SECRET: CLIENT.clientSecret };

/** A kind of credential that no longer works, and what its owner is told. */
interface Ended {
  readonly kind: string;
  readonly code: string;
  readonly guidance: RegExp;
  /** Prepares the credential, and says how the server is started. */
  begin(here: Installation): Promise<Readonly<Record<string, string>>>;
}

/** A profile whose tokens are there, and worth nothing. */
async function endedLogin(here: Installation, kind: "integration" | "service_app") {
  await here.configure({ profiles: { acme: { credential: { type: kind } } } });
  await here.keepTokens("acme", { ...here.sandbox.grants.issue(CLIENT.clientId), kind });
  return {};
}

const ENDED: readonly Ended[] = [
  {
    kind: "an integration's profile",
    code: "credential_expired",
    guidance: /Run ".*\bauth login --profile acme"; the server needs no restart/,
    begin: (here) => endedLogin(here, "integration"),
  },
  {
    kind: "a service app's profile",
    code: "credential_expired",
    guidance: /developer portal .*then run ".*\bauth login --service-app --profile acme"/,
    begin: (here) => endedLogin(here, "service_app"),
  },
  {
    kind: "a refresh token of the environment",
    code: "credential_expired",
    guidance: /Authorize the integration again, set WEBEX_REFRESH_TOKEN to the new refresh token, and restart/,
    begin: () => Promise.resolve({ ...WITH_CLIENT, WEBEX_REFRESH_TOKEN: "unknown-refresh-token" }),
  },
  {
    kind: "a token of the environment",
    code: "http_401",
    guidance: /Set WEBEX_ACCESS_TOKEN to a new access token and restart the server/,
    begin: () => Promise.resolve({ WEBEX_ACCESS_TOKEN: "no-such-token" }),
  },
  {
    kind: "a token's file",
    code: "http_401",
    guidance: /Write a new access token to "\/.*token"; .* needs no restart/,
    begin: async (here) => ({ WEBEX_ACCESS_TOKEN_FILE: await here.write("token", "no-such-token") }),
  },
  {
    kind: "a profile's token file",
    code: "http_401",
    guidance: /Write a new access token to "\/.*token"; .* needs no restart/,
    async begin(here) {
      const path = await here.write("token", "no-such-token");
      await here.configure({ profiles: { acme: { credential: { type: "token_file", path } } } });
      return {};
    },
  },
  {
    kind: "a token's command",
    code: "http_401",
    guidance: /Make sure that command "echo" prints a valid access token .*the server runs it again at the next call/,
    begin: () => Promise.resolve({ WEBEX_ACCESS_TOKEN_COMMAND: "echo no-such-token" }),
  },
  {
    kind: "no credential at all",
    code: "no_access_token",
    guidance: /WEBEX_ACCESS_TOKEN/,
    begin: () => Promise.resolve({}),
  },
];

for (const { kind, code, guidance, begin } of ENDED) {
  Deno.test(`when ${kind} no longer works, the guidance names the way to renew it, in the server and in auth status`, async () => {
    await using here = await install();
    const env = await begin(here);
    here.sandbox.grants.revoke();
    here.sandbox.grants.revokeRefreshTokens();
    await using session = await here.open({ env });
    const { isError, value } = await session.call(READ);
    assert.ok(isError);
    assert.equal(value.error.code, code, JSON.stringify(value));
    assert.match(value.guidance, guidance);
    const status = await here.run(["auth", "status", "--base-url", here.url], env);
    assert.equal(status.code, 1, status.stdout);
    assert.match(status.stderr, guidance);
    const json = await here.run(["auth", "status", "--json", "--base-url", here.url], env);
    const told: JsonObject = JSON.parse(json.stdout);
    assert.deepEqual([json.code, told.works], [1, false]);
    assert.match(String(told.guidance), guidance);
  });
}

Deno.test("a refresh token that Webex refuses is not tried again with each call", async () => {
  await using here = await install();
  await endedLogin(here, "integration");
  here.sandbox.grants.revoke();
  here.sandbox.grants.revokeRefreshTokens();
  await using session = await here.open();
  for (let call = 0; call < 3; call++) {
    assert.equal((await session.call(READ)).value.error.code, "credential_expired");
  }
  assert.equal(here.askedFor("/access_token").length, 1);
});

Deno.test("a login while the server runs is taken up with the next call", async () => {
  await using here = await install();
  await here.configure({
    profiles: { acme: { credential: { type: "integration", client_id: CLIENT.clientId }, base_url: here.url } },
  });
  await using session = await here.open();
  const login = ["auth", "login", "--profile", "acme"];
  const { value } = await session.call(READ);
  assert.equal(value.error.code, "not_logged_in");
  assert.match(value.guidance, /Run ".*\bauth login --profile acme"/);
  assert.equal((await here.run(login, WITH_CLIENT)).code, 0);
  assert.equal((await session.call(READ)).isError, false);

  here.sandbox.grants.revoke();
  here.sandbox.grants.revokeRefreshTokens();
  assert.equal((await session.call(READ)).value.error.code, "credential_expired");
  assert.equal((await here.run(login, WITH_CLIENT)).code, 0);
  assert.equal((await session.call(READ)).isError, false);
});

Deno.test("what a refusal of the client means is said: the client secret is the matter, not the login", async () => {
  await using here = await install();
  const env = { ...WITH_CLIENT, WEBEX_CLIENT_SECRET: "planted-wrong-secret", WEBEX_REFRESH_TOKEN: "planted-refresh" };
  await using session = await here.open({ env });
  const { value, text } = await session.call(READ);
  assert.equal(value.error.code, "credential_expired");
  assert.match(value.guidance, /client secret/);
  assert.ok(!text.includes("planted-"));
});

Deno.test("a login and a logout while the server runs count from the next call on", async () => {
  await using here = await install();
  await here.configure({
    profiles: { acme: { credential: { type: "integration", client_id: CLIENT.clientId }, base_url: here.url } },
  });
  const login = ["auth", "login", "--profile", "acme"];
  assert.equal((await here.run(login, WITH_CLIENT)).code, 0);
  await using session = await here.open();
  assert.equal((await session.call(READ)).isError, false);
  assert.equal((await here.run(login, WITH_CLIENT)).code, 0);
  assert.equal((await session.call(READ)).isError, false);
  const tokens = here.askedFor("/people").map(({ token }) => token);
  assert.notEqual(tokens.at(-1), tokens[0]);

  assert.equal((await here.run(["auth", "logout", "--profile", "acme"])).code, 0);
  const asked = here.askedFor("/people").length;
  const { value } = await session.call(READ);
  assert.equal(value.error.code, "not_logged_in");
  assert.equal(here.askedFor("/people").length, asked);
  assert.match((await here.run(["auth", "logout", "--profile", "acme"])).stdout, /has no tokens/);
});
