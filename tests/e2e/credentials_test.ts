import assert from "node:assert/strict";
import { callAtOnce, CLIENT, install, type Installation, moveClock } from "../support/installation.ts";
import { TOKEN, until } from "../support/process.ts";
import type { CallOutcome } from "../support/session.ts";

const READ = "people_list_people";

/** The tokens of the calls of a path, in order. */
function tokensOf({ askedFor }: Installation, path = "/people"): (string | undefined)[] {
  return askedFor(path).map(({ token }) => token);
}

function assertOk(...outcomes: readonly CallOutcome[]): void {
  for (const { isError, text } of outcomes) assert.equal(isError, false, text);
}

/** A program that counts its runs, and does what `then` says. */
async function tokenProgram(here: Installation, then: string) {
  const path = await here.write("get-token", `#!/bin/sh\necho run >> "${here.directory}/runs"\n${then}\n`, 0o700);
  return {
    env: { WEBEX_ACCESS_TOKEN_COMMAND: JSON.stringify([path, "--account", "planted-argument-of-the-command"]) },
    runs: async () => (await Deno.readTextFile(`${here.directory}/runs`)).trim().split("\n").length,
  };
}

Deno.test("the token of the environment is sent, and after a 401 the guidance names the variable and a restart", async () => {
  await using here = await install();
  await using session = await here.open({ env: { WEBEX_ACCESS_TOKEN: ` ${TOKEN}\n` } });
  assertOk(await session.call(READ));
  assert.deepEqual(tokensOf(here), [TOKEN]);
  here.sandbox.grants.revoke(TOKEN);
  const { isError, value } = await session.call(READ);
  assert.ok(isError);
  assert.equal(value.status_code, 401);
  assert.match(value.guidance, /^Set WEBEX_ACCESS_TOKEN to a new access token and restart the server/);
  assert.equal(tokensOf(here).length, 2, "a token that nobody can renew is not tried again");
});

Deno.test("a token's file is read again when it changes while the server runs", async () => {
  await using here = await install();
  const [first, second] = [here.sandbox.grants.issue(), here.sandbox.grants.issue()];
  const path = await here.write("token", `${first.accessToken}\n`);
  await using session = await here.open({ env: { WEBEX_ACCESS_TOKEN_FILE: path } });
  assertOk(await session.call(READ));
  await here.write("token", `${second.accessToken}\n`);
  assertOk(await session.call(READ));
  assert.deepEqual(tokensOf(here), [first.accessToken, second.accessToken]);
  for (const [text, code] of [["", "no_access_token"], [undefined, "token_file_unreadable"]] as const) {
    if (text === undefined) await Deno.remove(path);
    else await here.write("token", text);
    const { value } = await session.call(READ);
    assert.equal(value.error.code, code);
    assert.ok(value.error.message.includes(path));
  }
  assert.equal(tokensOf(here).length, 2);
});

Deno.test("a token's file is read again after a 401, within the same call", async () => {
  await using here = await install();
  const [first, second] = [here.sandbox.grants.issue(), here.sandbox.grants.issue()];
  const path = await here.write("token", first.accessToken);
  here.sandbox.grants.revoke(first.accessToken);
  here.before = async ({ token }) => {
    if (token === first.accessToken) await here.write("token", second.accessToken);
  };
  await using session = await here.open({ env: { WEBEX_ACCESS_TOKEN_FILE: path } });
  assertOk(await session.call("people_create_a_person", { emails: ["a@example.com"], displayName: "A" }));
  assert.deepEqual(tokensOf(here), [first.accessToken, second.accessToken]);
  here.sandbox.grants.revoke(second.accessToken);
  const { value } = await session.call(READ);
  assert.equal(value.status_code, 401);
  assert.ok(value.guidance.includes(`Write a new access token to "${path}"`), value.guidance);
  assert.match(value.guidance, /no restart/);
});

Deno.test("a token's command runs once for all calls, and again after a 401", async () => {
  await using here = await install();
  const [first, second] = [here.sandbox.grants.issue(), here.sandbox.grants.issue()];
  await here.write("token", first.accessToken);
  const { env, runs } = await tokenProgram(here, `sleep 0.2; cat "${here.directory}/token"`);
  await using session = await here.open({ env, clockStepMs: 11_000 });
  assertOk(...await callAtOnce(session, 20));
  assertOk(await session.call(READ));
  assert.equal(await runs(), 1);
  assert.deepEqual(new Set(tokensOf(here)), new Set([first.accessToken]));
  here.sandbox.grants.revoke(first.accessToken);
  await here.write("token", second.accessToken);
  await moveClock(session);
  assertOk(...await callAtOnce(session, 20));
  assert.equal(await runs(), 2, "calls that were refused together share one run");
  here.sandbox.grants.revoke(second.accessToken);
  await moveClock(session);
  const { value } = await session.call(READ);
  assert.equal(value.status_code, 401);
  assert.match(value.guidance, /command "\/.*get-token" prints a valid access token/);
  assert.ok(!value.guidance.includes("--account"), "the arguments of a command can hold a secret");
});

for (
  const [what, then, expected] of [
    ["fails", 'echo "planted-output"; echo "planted-output" >&2; exit 7', /ended with code 7/],
    ["prints more than one line", "echo planted-output; echo planted-output", /printed more than one line/],
    ["prints nothing", "true", /printed nothing/],
  ] as const
) {
  Deno.test(`a token's command that ${what} is named, without its output and arguments`, async () => {
    await using here = await install();
    const { env } = await tokenProgram(here, then);
    await using session = await here.open({ env, flags: ["--log-level", "debug"] });
    const { value, text } = await session.call(READ);
    assert.equal(value.error.code, "token_command_failed");
    assert.match(value.error.message, expected);
    assert.match(value.error.message, /command "\/.*get-token"/);
    assert.equal(here.received.length, 0);
    await session.end();
    const everything = text + session.stderr() + await Deno.readTextFile(here.audit);
    assert.ok(!everything.includes("planted-"), everything);
  });
}

Deno.test("a refresh token of the environment becomes tokens once for all calls, in a store of mode 0600", async () => {
  await using here = await install({ grants: { refreshToken: "planted-refresh-token" } });
  const env = {
    WEBEX_CLIENT_ID: CLIENT.clientId,
    WEBEX_CLIENT_SECRET_FILE: await here.write("client-secret", `${CLIENT.clientSecret}\n`),
    WEBEX_REFRESH_TOKEN: "planted-refresh-token",
  };
  await using session = await here.open({ env });
  assertOk(...await callAtOnce(session, 20));
  const [renewal] = here.askedFor("/access_token");
  assert.equal(here.askedFor("/access_token").length, 1);
  assert.deepEqual([renewal?.method, renewal?.token], ["POST", undefined]);
  const path = here.store("environment");
  const kept = JSON.parse(await Deno.readTextFile(path));
  assert.deepEqual(new Set(tokensOf(here)), new Set([kept.access_token]));
  assert.notEqual(kept.refresh_token, "planted-refresh-token", "Webex gave a new one, and the old one is spent");
  for (const [name, mode] of [[path, 0o600], [path.replace(/\/[^/]*$/, ""), 0o700]] as const) {
    assert.equal(((await Deno.stat(name)).mode ?? 0) & 0o777, mode, name);
  }
  await using next = await here.open({ env });
  assertOk(await next.call(READ));
  assert.equal(here.askedFor("/access_token").length, 1, "the next start uses what is kept");
});

Deno.test("a token store that others may read is not used", async () => {
  await using here = await install();
  await here.configure({ profiles: { acme: { credential: { type: "integration" } } } });
  await here.keepTokens("acme", here.sandbox.grants.issue());
  await Deno.chmod(here.store("acme"), 0o644);
  await using session = await here.open();
  const { value } = await session.call(READ);
  assert.equal(value.error.code, "token_store_exposed");
  assert.match(value.guidance, /chmod 600/);
  assert.equal(here.received.length, 0);
  await Deno.chmod(here.store("acme"), 0o600);
  assertOk(await session.call(READ));
});

Deno.test("a profile's token is renewed late: with eleven minutes left not yet, with nine once for 20 calls", async () => {
  await using here = await install();
  await here.configure({ profiles: { acme: { credential: { type: "integration" } } } });
  const old = here.sandbox.grants.issue(CLIENT.clientId);
  await here.keepTokens("acme", { ...old, minutesLeft: 11 });
  const before = await Deno.stat(here.store("acme"));
  await using session = await here.open({ clockStepMs: 120_000 });
  assertOk(...await callAtOnce(session, 3));
  assert.equal(here.askedFor("/access_token").length, 0);
  await moveClock(session);
  here.received.length = 0;
  here.sandbox.faults.add({ path: "/access_token", delayMs: 150 });
  const reading = watch(here.store("acme"));
  assertOk(...await callAtOnce(session, 20));
  assert.equal(here.askedFor("/access_token").length, 1);
  assert.equal(here.received[0]?.path, "/access_token", "nobody goes ahead with the old token");
  const { refreshTokens, broken } = await reading.end();
  assert.equal(broken, 0, "the store is whole at any moment");
  assert.equal(refreshTokens.size, 2);
  const kept = JSON.parse(await Deno.readTextFile(here.store("acme")));
  assert.deepEqual(new Set(tokensOf(here)), new Set([kept.access_token]));
  const after = await Deno.stat(here.store("acme"));
  assert.notEqual(after.ino, before.ino, "the file is replaced, not written over");
  assert.equal((after.mode ?? 0) & 0o777, 0o600);
  const directory = here.store("acme").replace(/\/[^/]*$/, "");
  const names = await Array.fromAsync(Deno.readDir(directory), ({ name }) => name);
  assert.deepEqual(names.sort(), ["acme.json", "acme.json.lock"]);
});

/** Reads a store over and over. */
function watch(path: string) {
  const refreshTokens = new Set<string>();
  let broken = 0;
  let goesOn = true;
  const look = async () => {
    try {
      refreshTokens.add(JSON.parse(await Deno.readTextFile(path)).refresh_token);
    } catch {
      broken++;
    }
  };
  const done = (async () => {
    while (goesOn) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await look();
  })();
  return {
    async end() {
      goesOn = false;
      await done;
      return { refreshTokens, broken };
    },
  };
}

Deno.test("two servers share a profile's tokens: one renews them, and both go on with the new ones", async () => {
  await using here = await install();
  await here.configure({ profiles: { acme: { credential: { type: "integration" } } } });
  await here.keepTokens("acme", { ...here.sandbox.grants.issue(CLIENT.clientId), minutesLeft: 5 });
  here.sandbox.faults.add({ path: "/access_token", delayMs: 300 });
  await using one = await here.open();
  await using other = await here.open();
  const outcomes = await Promise.all([one, other].map((session) => callAtOnce(session, 5)));
  assertOk(...outcomes.flat());
  assert.equal(here.askedFor("/access_token").length, 1);
  const kept = JSON.parse(await Deno.readTextFile(here.store("acme")));
  assert.deepEqual(tokensOf(here), Array(10).fill(kept.access_token));
});

Deno.test("a token that was revoked is renewed once for all calls that got a 401, and no caller notices", async () => {
  await using here = await install();
  await here.configure({ profiles: { acme: { credential: { type: "integration" } } } });
  const old = here.sandbox.grants.issue(CLIENT.clientId);
  await here.keepTokens("acme", old);
  await using session = await here.open();
  assertOk(await session.call(READ));
  here.sandbox.grants.revoke(old.accessToken);
  assertOk(...await callAtOnce(session, 20));
  assert.equal(here.askedFor("/access_token").length, 1);
});

Deno.test("a renewal that fails is no reason to stop while the old token lives", async () => {
  await using here = await install();
  await here.configure({ profiles: { acme: { credential: { type: "integration" } } } });
  await here.keepTokens("acme", { ...here.sandbox.grants.issue(CLIENT.clientId), minutesLeft: 5 });
  here.sandbox.faults.add({ path: "/access_token", status: 503 });
  await using session = await here.open({ clockStepMs: 360_000 });
  assertOk(...await callAtOnce(session, 5));
  await until(() => session.stderr().includes("WARNING: Using the old access token"));
  await moveClock(session);
  assert.ok((await session.call(READ)).isError, "nothing is sent with a token that has ended");
  here.sandbox.faults.clear();
  await moveClock(session);
  assertOk(await session.call(READ));
});
