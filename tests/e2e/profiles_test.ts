import assert from "node:assert/strict";
import { install, type Installation } from "../support/installation.ts";
import { MAIN, TOKEN, until } from "../support/process.ts";

const READ = "people_list_people";
/** Takes an orgId, and changes something. */
const WRITE = "people_create_a_person";
const PERSON = { emails: ["a@example.com"], displayName: "A" };

/** The ids of the token's own organization and of one that it manages. */
async function organizationsOf({ url }: Installation): Promise<readonly [string, string]> {
  const answer = await fetch(`${url}/organizations`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const [own, managed] = (await answer.json()).items;
  return [own.id, managed.id];
}

/** Two profiles with tokens of their own. */
async function twoProfiles(here: Installation, more: Record<string, string> = {}) {
  const tokens = { acme: here.sandbox.grants.issue().accessToken, globex: here.sandbox.grants.issue().accessToken };
  const profileOf = async (name: keyof typeof tokens) => ({
    credential: { type: "token_file", path: await here.write(name, tokens[name]) },
  });
  await here.configure({ ...more, profiles: { acme: await profileOf("acme"), globex: await profileOf("globex") } });
  return tokens;
}

for (
  const [what, file, flags, variable, expected] of [
    ["--profile", {}, ["--profile", "globex"], undefined, "globex"],
    ["WEBEX_MCP_PROFILE", {}, [], "globex", "globex"],
    ["default_profile", { default_profile: "globex" }, [], undefined, "globex"],
    [
      "--profile before WEBEX_MCP_PROFILE and default_profile",
      { default_profile: "globex" },
      [
        "--profile",
        "acme",
      ],
      "globex",
      "acme",
    ],
  ] as const
) {
  Deno.test(`the profile's own credential is used, and the trail names the profile: ${what}`, async () => {
    await using here = await install();
    const tokens = await twoProfiles(here, file);
    const env = variable === undefined ? {} : { WEBEX_MCP_PROFILE: variable };
    await using session = await here.open({ flags, env });
    assert.equal((await session.call(READ)).isError, false);
    assert.deepEqual(here.received.map(({ token }) => token), [tokens[expected]]);
    await session.end();
    assert.deepEqual((await here.lines()).map(({ profile }) => profile), [expected]);
  });
}

Deno.test("one configuration file serves two organizations at a time, each server with its own profile", async () => {
  await using here = await install();
  const tokens = await twoProfiles(here);
  await using acme = await here.open({ flags: ["--profile", "acme"] });
  await using globex = await here.open({ flags: ["--profile", "globex"] });
  await Promise.all([acme.call(READ), globex.call(READ)]);
  assert.deepEqual(here.received.map(({ token }) => token).sort(), Object.values(tokens).sort());
});

Deno.test("a profile that is named wins over WEBEX_ACCESS_TOKEN, and the log says that the variable is ignored", async () => {
  await using here = await install();
  const tokens = await twoProfiles(here, { default_profile: "acme" });
  const env = { WEBEX_ACCESS_TOKEN: TOKEN };
  await using named = await here.open({ flags: ["--profile", "acme"], env });
  assert.equal((await named.call(READ)).isError, false);
  await until(() => named.stderr().includes("WARNING: "));
  const [warning = ""] = /^WARNING: .*$/m.exec(named.stderr()) ?? [];
  assert.match(warning, /WEBEX_ACCESS_TOKEN/);
  assert.match(warning, /profile "acme"/i);
  await using unnamed = await here.open({ env });
  assert.equal((await unnamed.call(READ)).isError, false);
  assert.doesNotMatch(unnamed.stderr(), /WARNING/);
  assert.deepEqual(here.received.map(({ token }) => token), [tokens.acme, TOKEN]);
});

Deno.test("a profile that does not exist ends the start, and the message lists those that do", async () => {
  await using here = await install();
  await twoProfiles(here);
  for (const args of [["serve"], ["call", READ], ["auth", "status"], ["auth", "logout"]]) {
    const { code, stdout, stderr } = await here.run([...args, "--profile", "acne"]);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, /Cannot find profile "acne" of --profile: .*did you mean "acme"\?/);
    assert.match(stderr, /There are the profiles acme, globex\./);
  }
});

Deno.test("a read-only profile lists no tool that changes anything, and calls none, whatever the environment says", async () => {
  await using here = await install();
  await here.configure({ profiles: { acme: { read_only: true } } });
  const env = { WEBEX_ACCESS_TOKEN: TOKEN, WEBEX_MCP_READ_ONLY: "false" };
  await using session = await here.open({ flags: ["--profile", "acme"], env });
  const { result } = await session.request("tools/list", {});
  const tools: { annotations: { readOnlyHint: boolean } }[] = result.tools;
  assert.ok(tools.length > 500);
  assert.ok(tools.every(({ annotations }) => annotations.readOnlyHint));
  assert.equal((await session.request("tools/call", { name: WRITE, arguments: PERSON })).error?.code, -32602);
  assert.equal(here.received.length, 0);
  assert.equal((await session.call(READ)).isError, false);
});

Deno.test("a pinned organization goes with each call, and no other one is accepted, also with --id-check warn", async () => {
  await using here = await install({ partner: true });
  const [own, managed] = await organizationsOf(here);
  await here.configure({ profiles: { acme: { organization: own } } });
  for (const flags of [[], ["--id-check", "warn"]]) {
    here.sandbox.requests.clear();
    const env = { WEBEX_ACCESS_TOKEN: TOKEN };
    await using session = await here.open({ flags: ["--profile", "acme", ...flags], env });
    assert.equal((await session.call(READ)).isError, false);
    assert.equal((await session.call(READ, { orgId: own })).isError, false);
    const asked = here.sandbox.requests.entries.map(({ query }) => query.orgId);
    assert.deepEqual(asked, [[own], [own]]);
    for (const [tool, args] of [[READ, {}], [WRITE, PERSON]] as const) {
      const refused = await session.call(tool, { ...args, orgId: managed });
      assert.equal(refused.value.error.code, "wrong_organization");
      assert.match(refused.value.guidance, /^Nothing was sent/);
    }
    const inBody = await session.call("people_update_a_person", { personId: "x", ...PERSON, orgId: managed });
    assert.equal(inBody.value.error.code, "wrong_organization");
    assert.equal(here.sandbox.requests.entries.length, 2);
  }
});

Deno.test("a call that takes no orgId is not made with a token of another organization than the pinned one", async () => {
  await using here = await install({ partner: true });
  const [own, managed] = await organizationsOf(here);
  for (const [organization, isError] of [[managed, true], [own, false]] as const) {
    await here.configure({ profiles: { acme: { organization } } });
    await using session = await here.open({
      flags: ["--profile", "acme"],
      env: { WEBEX_ACCESS_TOKEN: TOKEN },
    });
    const mine = await session.call("people_get_my_own_details");
    assert.equal(mine.isError, isError, mine.text);
    if (isError) assert.equal(mine.value.error.code, "other_organization");
  }
});

Deno.test("with a partner's profile a call without orgId says which organization it acted on", async () => {
  await using here = await install({ partner: true });
  const [own, managed] = await organizationsOf(here);
  await here.configure({ profiles: { partner: { partner: true }, plain: {} } });
  const env = { WEBEX_ACCESS_TOKEN: TOKEN };
  await using session = await here.open({ flags: ["--profile", "partner"], env });
  const [read, write, named] = [
    await session.call(READ),
    await session.call("locations_create_a_location", {
      name: "Here",
      timeZone: "Europe/Oslo",
      preferredLanguage: "en_US",
      announcementLanguage: "en_us",
      address: { address1: "1 Road", city: "Oslo", state: "Oslo", postalCode: "0010", country: "NO" },
    }),
    await session.call(READ, { orgId: managed }),
  ];
  for (const { value } of [read, write]) {
    assert.equal(value.organization?.id, own, JSON.stringify(value));
    assert.ok(value.organization.name.length > 0);
    assert.match(value.organization.note, /No orgId was given/);
  }
  assert.ok(!("organization" in named.value), "whoever names an organization need not be told");
  assert.equal(here.askedFor("/people/me").length, 1, "the owner is asked for once");
  await using plain = await here.open({ flags: ["--profile", "plain"], env });
  assert.ok(!("organization" in (await plain.call(READ)).value));
});

Deno.test("a call that got its orgId from the profile says which organization it acted on", async () => {
  await using here = await install({ partner: true });
  const [, managed] = await organizationsOf(here);
  await here.configure({ profiles: { acme: { organization: managed, partner: true } } });
  await using session = await here.open({ flags: ["--profile", "acme"], env: { WEBEX_ACCESS_TOKEN: TOKEN } });
  assert.equal((await session.call(READ)).value.organization?.id, managed);
});

Deno.test("a secret in the configuration file is refused, and not repeated", async () => {
  await using here = await install();
  const base = { type: "integration", client_id: "C" };
  for (const name of ["access_token", "refresh_token", "client_secret"]) {
    await here.configure({ profiles: { acme: { credential: { ...base, [name]: "planted-secret-value" } } } });
    const { code, stderr } = await here.run(["serve"]);
    assert.equal(code, 2);
    assert.ok(stderr.includes(name) && stderr.includes(here.config), stderr);
    assert.ok(!stderr.includes("planted-secret-value"), stderr);
  }
});

Deno.test("a configuration file that may not be read is no matter while the environment has a credential", async () => {
  await using here = await install();
  await twoProfiles(here);
  const { code, stderr, stdout } = await runWithout("--deny-read", here, { WEBEX_ACCESS_TOKEN: TOKEN });
  assert.equal(code, 0, stderr + stdout);
  const without = await runWithout("--deny-read", here, { WEBEX_ACCESS_TOKEN: "", WEBEX_MCP_PROFILE: "acme" });
  assert.equal(without.code, 2);
  assert.ok(without.stderr.includes(`--allow-read=${here.config}`), without.stderr);
});

/** Makes a call with all permissions but one. */
async function runWithout(denied: string, { url, env }: Installation, more: Record<string, string>) {
  const args = ["run", "--quiet", "-A", denied, "--no-prompt", MAIN, "call", READ, "--base-url", url, "--no-audit"];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { NO_COLOR: "1", ...env, ...more },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
