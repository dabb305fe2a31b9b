import assert from "node:assert/strict";
import { parse } from "yaml";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { createSandbox, type Sandbox } from "../../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../../src/sandbox/serve.ts";
import { type Finished, MAIN, start } from "../../support/process.ts";

const SECRETS = { clientSecret: "planted-client-secret-1234", refreshToken: "planted-refresh-token-5678" };

interface Place extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly store: (profile: string) => string;
  readonly config: string;
  /** The environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>;
}

/** An authorization server, and a computer of one's own. */
async function place(options: { readonly partner?: boolean } = {}): Promise<Place> {
  const grants = { ...SECRETS, clientId: "C1", deviceInterval: 0.05 };
  const sandbox = createSandbox(embeddedCollection().endpoints, { token: "none", grants, ...options });
  const served = await serveSandbox(sandbox);
  const directory = await Deno.makeTempDir();
  const home = { XDG_CONFIG_HOME: `${directory}/config`, XDG_STATE_HOME: `${directory}/state`, WEBEX_ACCESS_TOKEN: "" };
  const env = { ...home, WEBEX_CLIENT_ID: "C1" };
  return {
    sandbox,
    url: served.url,
    store: (profile) => `${directory}/state/webex-calling-mcp/credentials/${profile}.json`,
    config: `${directory}/config/webex-calling-mcp/config.yaml`,
    env,
    run: (args, more = {}) => start(["run", "--quiet", "-A", MAIN, ...args], { ...env, ...more }).finish(),
    async [Symbol.asyncDispose]() {
      await served.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}

/** No output may hold a secret that was planted, or a token that was granted. */
async function checkSecrets({ store }: Place, ...outputs: readonly Finished[]): Promise<void> {
  const kept = JSON.parse(await Deno.readTextFile(store("acme")));
  for (const { stdout, stderr } of outputs) {
    for (const secret of [...Object.values(SECRETS), kept.access_token, kept.refresh_token]) {
      assert.ok(!`${stdout}${stderr}`.includes(secret), `${stdout}${stderr}`);
    }
  }
}

const WITH_SECRET = { WEBEX_CLIENT_SECRET: SECRETS.clientSecret };

Deno.test("auth login by device keeps tokens and a profile, and auth status and call work with them", async () => {
  await using here = await place({ partner: true });
  const login = await here.run(["auth", "login", "--profile", "acme", "--base-url", here.url], WITH_SECRET);
  assert.equal(login.code, 0, login.stderr);
  assert.match(login.stderr, /^Open https:\/\/\S+ on any device and enter the code \d{6}$/m);
  assert.match(login.stdout, /^Logged in to profile "acme" as \S.* <\S+@\S+>, \S/);
  assert.match(login.stdout, /^The token reaches 2 organizations: /m);
  const { mode } = await Deno.stat(here.store("acme"));
  assert.equal((mode ?? 0) & 0o777, 0o600);
  assert.deepEqual(parse(await Deno.readTextFile(here.config)), {
    profiles: {
      acme: { credential: { type: "integration", client_id: "C1" }, partner: true, base_url: here.url },
    },
  });

  const status = await here.run(["auth", "status", "--json"]);
  assert.equal(status.code, 0, status.stderr);
  const state = JSON.parse(status.stdout);
  assert.equal(state.profile, "acme");
  assert.equal(state.works, true);
  assert.equal(state.partner, true);
  assert.deepEqual(state.roles, ["Full Administrator"]);
  assert.ok(state.licences.length > 0 && Date.parse(state.expires_at) > Date.now());
  const shown = await here.run(["auth", "status"]);
  assert.match(shown.stdout, /^Roles +Full Administrator$/m);
  const call = await here.run(["call", "people_list_people", "max=1"]);
  assert.equal(call.code, 0, call.stderr);
  await checkSecrets(here, login, status, shown, call);
});

/** A port that was free a moment ago. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Starts the program, and waits for the address that it prints. */
async function beginLogin(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", MAIN, ...args],
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdout = new Response(child.stdout).text();
  const reader = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  let stderr = "";
  const read = async () => {
    const { value, done } = await reader.read();
    stderr += value ?? "";
    return !done;
  };
  while (!/^http.*\n/m.test(stderr) && await read());
  return {
    child,
    address: new URL(/^http.*$/m.exec(stderr)?.[0] ?? "missing:"),
    async finish(): Promise<Finished> {
      while (await read());
      const { code } = await child.status;
      return { code, stdout: await stdout, stderr };
    },
  };
}

Deno.test("auth login by browser comes back with the right state and a code that only this login can use", async () => {
  await using here = await place();
  const port = freePort();
  const args = ["auth", "login", "--profile", "acme", "--browser", "--port", `${port}`, "--base-url", here.url];
  const scopes = "spark:people_read spark-admin:people_read";
  const running = await beginLogin([...args, "--scopes", scopes], { ...here.env, ...WITH_SECRET });
  const { searchParams } = running.address;
  assert.equal(searchParams.get("redirect_uri"), `http://127.0.0.1:${port}/callback`);
  assert.equal(searchParams.get("code_challenge_method"), "S256");
  assert.equal(searchParams.get("scope"), scopes);
  const answer = await fetch(running.address, { redirect: "manual" });
  await answer.body?.cancel();
  const back = answer.headers.get("location") ?? "";
  const stranger = await fetch(back.replace(/state=[^&]+/, "state=another"));
  assert.equal(stranger.status, 400);
  await stranger.body?.cancel();
  assert.match(await (await fetch(back)).text(), /close this page/);
  const login = await running.finish();
  assert.equal(login.code, 0, login.stderr);
  assert.match(login.stderr, /Refused a browser that brought another login's state/);
  const kept = JSON.parse(await Deno.readTextFile(here.store("acme")));
  assert.equal(kept.scope, scopes);
  await checkSecrets(here, login);
});

Deno.test("auth login ends at Ctrl-C and leaves nothing behind", async () => {
  await using here = await place();
  const args = ["auth", "login", "--browser", "--port", `${freePort()}`, "--base-url", here.url];
  const running = await beginLogin(args, { ...here.env, ...WITH_SECRET });
  running.child.kill("SIGINT");
  const { code, stderr } = await running.finish();
  assert.equal(code, 1);
  assert.match(stderr, /ERROR: Cannot log in: interrupted; nothing was kept\n$/);
  await assert.rejects(Deno.stat(here.config), Deno.errors.NotFound);
});

Deno.test("auth logout forgets the tokens, and auth status ends with 1 then", async () => {
  await using here = await place();
  const flags = ["--profile", "acme"];
  const environment = { ...WITH_SECRET, WEBEX_REFRESH_TOKEN: SECRETS.refreshToken };
  const login = await here.run(["auth", "login", "--service-app", ...flags, "--base-url", here.url], environment);
  assert.equal(login.code, 0, login.stderr);
  await checkSecrets(here, login);
  const logout = await here.run(["auth", "logout", ...flags]);
  assert.equal(logout.code, 0, logout.stderr);
  const status = await here.run(["auth", "status", ...flags]);
  assert.equal(status.code, 1);
  assert.match(status.stderr, /auth login --service-app --profile acme/);
});
