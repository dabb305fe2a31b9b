import assert from "node:assert/strict";
import { parse } from "yaml";
import { CLIENT, install, type Installation } from "../support/installation.ts";
import { type Finished, MAIN } from "../support/process.ts";

const WITH_CLIENT = { WEBEX_CLIENT_ID: CLIENT.clientId, WEBEX_CLIENT_SECRET: CLIENT.clientSecret };

/** No output may hold the client secret, or a token that was granted. */
async function assertSilent(here: Installation, profile: string, ...outputs: readonly Finished[]): Promise<void> {
  const kept = JSON.parse(await Deno.readTextFile(here.store(profile)));
  for (const { stdout, stderr } of outputs) {
    for (const secret of [CLIENT.clientSecret, kept.access_token, kept.refresh_token]) {
      assert.ok(!`${stdout}${stderr}`.includes(secret), `${stdout}${stderr}`);
    }
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Logs in as a person with a browser does: opens the address that is printed, and goes where it leads. */
async function loginByBrowser(here: Installation, flags: readonly string[]) {
  const port = freePort();
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", MAIN, "auth", "login", "--browser", "--port", `${port}`, ...flags],
    env: { WEBEX_ACCESS_TOKEN: "", NO_COLOR: "1", ...here.env, ...WITH_CLIENT },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = new Response(child.stdout).text();
  let stderr = "";
  let page: Promise<string> | undefined;
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    stderr += text;
    const [address] = /^http.*(?=\n)/m.exec(stderr) ?? [];
    if (address !== undefined) page ??= fetch(address).then((answer) => answer.text());
  }
  const { code } = await child.status;
  return { code, stderr, stdout: await stdout, page: await page };
}

Deno.test("auth login by browser makes a profile that serves at once", async () => {
  await using here = await install();
  const flags = ["--profile", "acme", "--base-url", here.url];
  const login = await loginByBrowser(here, flags);
  assert.equal(login.code, 0, login.stderr);
  assert.match(login.page ?? "", /close this page/);
  const [exchange] = here.sandbox.requests.entries.filter(({ path }) => path === "/access_token");
  assert.match(exchange?.headers["content-type"] ?? "", /^application\/x-www-form-urlencoded/);
  assert.equal(((await Deno.stat(here.store("acme"))).mode ?? 0) & 0o777, 0o600);
  await using session = await here.open({ flags: ["--profile", "acme"] });
  assert.equal((await session.call("people_list_people")).isError, false);
  assert.equal(here.askedFor("/access_token").length, 1, "tokens that are new are not renewed");
  await assertSilent(here, "acme", login);
});

Deno.test("auth login by device adds a second profile beside the first, and keeps what is written around it", async () => {
  await using here = await install({ partner: true });
  await here.write(here.config, "# mine\ndefault_profile: first\nprofiles:\n  first: {} # stays\n");
  const flags = ["--profile", "second", "--base-url", here.url];
  const login = await here.run(["auth", "login", "--device", ...flags], WITH_CLIENT);
  assert.equal(login.code, 0, login.stderr);
  const [, page = "", code = ""] = /^Open (\S+) on any device and enter the code (\S+)$/m.exec(login.stderr) ?? [];
  assert.ok(page.startsWith("https://") && code.length > 3, login.stderr);
  assert.equal(here.askedFor("/device/token").length, 3, "it waits until the person has confirmed");
  const text = await Deno.readTextFile(here.config);
  assert.match(text, /^# mine$/m);
  assert.match(text, /first: \{\} # stays/);
  assert.ok(!text.includes(CLIENT.clientSecret));
  assert.deepEqual(parse(text).profiles.second, {
    credential: { type: "integration", client_id: CLIENT.clientId },
    partner: true,
    base_url: here.url,
  });
  await assertSilent(here, "second", login);
});

Deno.test("auth login takes a service app's refresh token from standard input, and keeps the pair that it gives", async () => {
  await using here = await install({ grants: { refreshToken: "planted-refresh-token" } });
  const args = ["auth", "login", "--service-app", "--profile", "bot", "--base-url", here.url];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", MAIN, ...args, "--client-id", CLIENT.clientId],
    env: { WEBEX_ACCESS_TOKEN: "", NO_COLOR: "1", ...here.env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`${CLIENT.clientSecret}\nplanted-refresh-token\n`));
  await writer.close();
  const output = await child.output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(output.code, 0, stderr);
  const kept = JSON.parse(await Deno.readTextFile(here.store("bot")));
  assert.equal(kept.kind, "service_app");
  assert.notEqual(kept.refresh_token, "planted-refresh-token");
  assert.ok(!`${stdout}${stderr}`.includes("planted-"), `${stdout}${stderr}`);
});

/** A computer with a profile whose tokens work. */
async function loggedIn(): Promise<Installation> {
  const here = await install({ partner: true });
  await here.configure({ profiles: { acme: { credential: { type: "integration" }, base_url: here.url } } });
  await here.keepTokens("acme", here.sandbox.grants.issue(CLIENT.clientId));
  return here;
}

Deno.test("auth status reads from Webex who it is, where, with which roles and licences, and until when", async () => {
  await using here = await loggedIn();
  const ask = async (path: string) => {
    const authorization = `Bearer ${JSON.parse(await Deno.readTextFile(here.store("acme"))).access_token}`;
    return await (await fetch(here.url + path, { headers: { authorization } })).json();
  };
  const [me, organizations, expiry] = await Promise.all(
    ["/people/me", "/organizations", "/authorizations/tokenExpiry"].map(ask),
  );
  const [own] = organizations.items;
  const json = await here.run(["auth", "status", "--json"]);
  assert.equal(json.code, 0, json.stderr);
  const state = JSON.parse(json.stdout);
  assert.deepEqual(state.person, { id: me.id, name: me.displayName, emails: me.emails });
  assert.deepEqual(state.organization, { id: own.id, name: own.displayName });
  assert.deepEqual([state.works, state.profile, state.partner], [true, "acme", true]);
  assert.equal(state.organizations.count, 2);
  assert.deepEqual(state.roles, ["Full Administrator"]);
  assert.ok(state.licences.some(({ name, total }: { name: string; total: number }) => name && total > 0));
  assert.equal(Date.parse(state.expires_at), expiry.exp);
  const text = await here.run(["auth", "status"]);
  assert.equal(text.code, 0);
  for (const told of [me.displayName, own.displayName, "Full Administrator", "Webex Calling - Professional"]) {
    assert.ok(text.stdout.includes(told), text.stdout);
  }
  assert.match(text.stdout, new RegExp(`^Expires +${new Date(expiry.exp).toISOString().slice(0, 16)}Z`, "m"));
  await assertSilent(here, "acme", json, text);
});

Deno.test("auth status says what a token may not find out, and works all the same", async () => {
  await using here = await loggedIn();
  here.sandbox.faults.add({ path: "/licenses", status: 403 }, { path: "/organizations", status: 403 });
  const { code, stdout } = await here.run(["auth", "status", "--json"]);
  const state = JSON.parse(stdout);
  assert.deepEqual([code, state.works, state.licences], [0, true, null]);
  assert.ok(state.unknown.includes("licences: not permitted"), stdout);
});

Deno.test("auth logout removes the tokens, says what stays valid until when, and the next call says how to log in", async () => {
  await using here = await loggedIn();
  const { expires_at } = JSON.parse(await Deno.readTextFile(here.store("acme")));
  const { code, stdout } = await here.run(["auth", "logout", "--profile", "acme"]);
  assert.equal(code, 0);
  assert.ok(stdout.includes(here.store("acme")));
  assert.ok(stdout.includes(`until ${expires_at.slice(0, 16)}Z`), stdout);
  await assert.rejects(Deno.stat(here.store("acme")), Deno.errors.NotFound);
  const call = await here.run(["call", "people_list_people", "--profile", "acme"]);
  assert.equal(call.code, 1);
  assert.equal(JSON.parse(call.stdout).error.code, "not_logged_in");
  const again = await here.run(["auth", "logout", "--profile", "acme"]);
  assert.match(again.stdout, /has no tokens/);
  assert.ok((await Deno.readTextFile(here.config)).includes("acme"), "the profile stays");
});
