import assert from "node:assert/strict";
import { BASE_URL, makePlace, type Place, SECRETS } from "./auth_place.ts";

const FLAGS = { baseUrl: BASE_URL };

async function json(here: Place, environment: Record<string, string> = {}) {
  const command = { command: "auth", action: "status", flags: FLAGS, json: true } as const;
  const { code, stdout } = await here.run(command, { environment });
  return { code, state: JSON.parse(stdout) };
}

Deno.test("runAuth() tells whose credential the environment has", async () => {
  await using here = await makePlace();
  const { code, state } = await json(here, { WEBEX_ACCESS_TOKEN: "portal-token" });
  assert.equal(code, 0);
  assert.equal(state.profile, "environment");
  assert.deepEqual(state.credential, { type: "token", source: "variable WEBEX_ACCESS_TOKEN" });
  assert.equal(state.partner, false);
  assert.equal(state.refresh, null);
  assert.equal(state.scopes, null);
});

Deno.test("runAuth() ends with 1 and says how to renew what doesn't work", async () => {
  await using here = await makePlace();
  const environment = { WEBEX_ACCESS_TOKEN: "planted-and-expired" };
  const { code, stdout, stderr } = await here.status(FLAGS, { environment });
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(
    stderr,
    /^ERROR: Cannot use the credential: Webex does not accept the access token\n.*WEBEX_ACCESS_TOKEN/,
  );
  assert.ok(!stderr.includes("planted"));
  const told = await json(here, environment);
  assert.equal(told.code, 1);
  assert.equal(told.state.works, false);
  assert.equal(told.state.error.code, "token_rejected");
  assert.match(told.state.guidance, /WEBEX_ACCESS_TOKEN/);
});

Deno.test("runAuth() says how to get a credential where there is none", async () => {
  await using here = await makePlace();
  const { code, stderr } = await here.status();
  assert.equal(code, 1);
  assert.match(stderr, /^ERROR: Cannot find a credential: .*\n.*auth login/);
});

Deno.test("runAuth() says why no profile has a credential to give", async () => {
  await using here = await makePlace();
  await here.write(here.config, "profiles: { one: {}, two: {} }");
  const { code, stderr } = await here.status();
  assert.equal(code, 1);
  assert.match(stderr, /there is no default_profile.*--profile and one of one, two, .*\. Set WEBEX_ACCESS_TOKEN /);
});

Deno.test("runAuth() renews a rejected token as a call would, and tells when", async () => {
  await using here = await makePlace();
  assert.equal((await here.login()).code, 0);
  const before = JSON.parse(await Deno.readTextFile(here.store("acme"))).access_token;
  // A token that is rejected right after its issue is rejected for another reason, and not renewed.
  const aged = (await Deno.readTextFile(here.store("acme"))).replace(/"issued_at": "20\d\d/, '"issued_at": "2020');
  await Deno.writeTextFile(here.store("acme"), aged);
  here.sandbox.grants.revoke(before);
  const { code, stdout, stderr } = await here.status();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Refresh +by itself, last .*; unused, possible until /m);
  assert.notEqual(JSON.parse(await Deno.readTextFile(here.store("acme"))).access_token, before);
});

Deno.test("runAuth() names the login that a revoked profile needs", async () => {
  await using here = await makePlace();
  assert.equal((await here.login()).code, 0);
  const kept = await Deno.readTextFile(here.store("acme"));
  await Deno.writeTextFile(here.store("acme"), kept.replace(/"(issued|expires)_at": "20\d\d/g, '"$1_at": "2020'));
  here.sandbox.grants.revoke();
  here.sandbox.grants.revokeRefreshTokens();
  const { code, stderr } = await here.status();
  assert.equal(code, 1);
  assert.match(stderr, /"deno run -P=auth main\.ts auth login --profile acme"/);
});

Deno.test("runAuth() shows the simulated organization without a credential", async () => {
  await using here = await makePlace();
  const { code, stdout } = await here.status({ sandbox: true });
  assert.equal(code, 0);
  assert.match(stdout, /^Credential +none is needed: the organization is simulated$/m);
  assert.match(stdout, /^Roles +Full Administrator$/m);
});

Deno.test("runAuth() names a command's program and not its arguments", async () => {
  await using here = await makePlace();
  const environment = { WEBEX_ACCESS_TOKEN_COMMAND: `get ${SECRETS.clientSecret}` };
  const { code, state } = await json(here, environment);
  assert.equal(code, 1);
  assert.equal(state.credential.source, "command get");
  assert.ok(!JSON.stringify(state).includes(SECRETS.clientSecret));
});
