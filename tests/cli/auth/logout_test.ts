import assert from "node:assert/strict";
import { makePlace } from "./auth_place.ts";

Deno.test("runAuth() removes the tokens, and says what stays valid and how to end it", async () => {
  await using here = await makePlace();
  assert.equal((await here.login()).code, 0);
  const { code, stdout } = await here.logout();
  assert.equal(code, 0);
  assert.match(stdout, /^Logged out of profile "acme": removed /);
  assert.match(
    stdout,
    /accepts the access token until .* \(in 1[34] days\), the refresh token until .* \(in (?:89|90) days\)\./,
  );
  assert.match(stdout, /^To end them sooner, remove the integration /m);
  await assert.rejects(Deno.stat(here.store("acme")), Deno.errors.NotFound);
  await assert.rejects(Deno.stat(`${here.store("acme")}.lock`), Deno.errors.NotFound);
  await here.write(`${here.store("acme")}.lock`, "");
  const again = await here.logout();
  await assert.rejects(Deno.stat(`${here.store("acme")}.lock`), Deno.errors.NotFound);
  assert.deepEqual([again.code, again.stdout.includes("has no tokens")], [0, true]);
  const status = await here.status();
  assert.equal(status.code, 1);
  assert.match(status.stderr, /auth login --profile acme/);
});

Deno.test("runAuth() removes tokens that cannot be read", async () => {
  await using here = await makePlace();
  await here.write(here.config, "profiles: { acme: { credential: { type: service_app } } }");
  await here.write(here.store("acme"), "not JSON");
  const { code, stdout } = await here.logout({ profile: "acme" });
  assert.equal(code, 0);
  assert.match(stdout, /still accepts the tokens until they expire\.\nTo end them sooner, .*Control Hub/);
  await assert.rejects(Deno.stat(here.store("acme")), Deno.errors.NotFound);
});

Deno.test("runAuth() has nothing to forget of a credential that comes from elsewhere", async () => {
  await using here = await makePlace();
  const cases = [{}, { WEBEX_ACCESS_TOKEN: "x" }, { WEBEX_ACCESS_TOKEN_FILE: "x" }, {
    WEBEX_ACCESS_TOKEN_COMMAND: "x",
  }];
  for (const environment of cases) {
    const { code, stderr } = await here.logout({}, { environment });
    assert.equal(code, 2);
    assert.match(stderr, /^ERROR: Cannot log out of profile "environment": \S/);
  }
});

Deno.test("runAuth() says which profiles there are where it can't tell which one to log out of", async () => {
  await using here = await makePlace();
  await here.write(here.config, "profiles: { one: { credential: { type: integration } }, two: {} }");
  const { code, stderr } = await here.logout();
  assert.equal(code, 2);
  assert.match(stderr, /there is no default_profile.*--profile and one of one, two/);
});
