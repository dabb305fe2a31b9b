import assert from "node:assert/strict";
import { answerWith, type Echo } from "../support/echo.ts";
import { CLIENT, install, type Installation } from "../support/installation.ts";
import { startStranger } from "../support/list_pages.ts";
import { TOKEN, until } from "../support/process.ts";
import type { Session } from "../support/session.ts";

/** Characters that JSON and addresses write in other ways are among those of the token. */
const ACCESS_TOKEN = "planted-access/token+0123456789abcdef==";
const REFRESH_TOKEN = "planted-refresh-token-0123456789abcdef";
const PIN = "73915284";
const SIP_PASSWORD = "Planted-Sip-Pw-99!";
const PERSON = btoa("ciscospark://us/PEOPLE/0771e000-0000-4000-8000-00000000771e");

const READ = "people_list_people";
const PASSCODE = "user_modify_a_persons_voicemail_passcode";
const SIP = "device_settings_update_third_party_device";
const FEED = "call_history_get_detailed_call_history";
const OWN = { personId: PERSON, passcode: PIN };
const NEW_DEVICE = "devices_create_a_device_by_mac_address";
const DEVICE = { mac: "001122334455", model: "DMS Cisco 8845", password: SIP_PASSWORD };
const SIP_ARGS = { deviceId: "device-1", sipPassword: SIP_PASSWORD };
const HOUR = 3_600_000;

type Call = readonly [echo: Echo, tool: string, args?: Record<string, unknown>];

/** Calls of every kind; `token` is the credential that is in use, which a model may have come upon. */
function callsWith(token: string): Call[] {
  const at = (ago: number) => new Date(Date.now() - ago).toISOString();
  return [
    ["sandbox", READ, { max: 5 }],
    ["sandbox", READ],
    ["sandbox", PASSCODE, OWN],
    ["sandbox", SIP, SIP_ARGS],
    ["sandbox", READ, { displayName: token, fields: `items[?id=='${token}']` }],
    ["sandbox", "people_get_person_details", { personId: token }],
    ["json", READ],
    ["json", PASSCODE, OWN],
    ["text", READ],
    ["page", READ],
    ["page", PASSCODE, OWN],
    ["redirect", READ],
    ["redirect", SIP, SIP_ARGS],
    ["link", READ, { all_pages: true }],
    ["link", READ],
    ["region", FEED, { startTime: at(2 * HOUR), endTime: at(HOUR) }],
    ["drop", NEW_DEVICE, DEVICE],
    ["cut", "people_create_a_person", { emails: ["a@example.com"], displayName: token }],
    [400, PASSCODE, OWN],
    [400, READ, { email: token }],
    [403, SIP, SIP_ARGS],
    [403, READ],
    [404, "people_get_person_details", { personId: token }],
    [409, "people_create_a_person", { emails: [token] }],
    [500, READ],
    [500, NEW_DEVICE, DEVICE],
    ["sandbox", PASSCODE, { personId: token, passcode: [PIN] }],
    ["sandbox", PASSCODE, { personId: PERSON, passcode: PIN, passcodes: PIN }],
    ["sandbox", SIP, { deviceId: "1", sipPassword: { value: SIP_PASSWORD } }],
    ["sandbox", "no_such_tool", { passcode: PIN }],
    ["sandbox", "webex_next_page", { next: token }],
  ];
}

/** Answers to requests, errors of the protocol too. */
async function callAll(session: Session, calls: readonly Call[], use: (echo: Echo) => void): Promise<string[]> {
  const answers: string[] = [];
  for (const [echo, name, args = {}] of calls) {
    use(echo);
    const answer = await session.request("tools/call", { name, arguments: args, _meta: { progressToken: 1 } });
    answers.push(JSON.stringify(answer));
  }
  return answers;
}

async function startJobAndReadOn(session: Session, use: (echo: Echo) => void): Promise<void> {
  use("sandbox");
  const { value: locations } = await session.call("locations_list_locations", { fields: "items[0].id" });
  const { value: { job } } = await session.call("device_settings_rebuild_phones_configuration", {
    locationId: locations.body,
  });
  await session.call(job.wait.tool, job.wait.arguments);
  const { value: long } = await session.call(READ);
  await session.call(long.truncated.read_with.tool, long.truncated.read_with.arguments);
  await session.request("resources/read", { uri: long.truncated.result });
}

async function cancelOne(here: Installation, session: Session, use: (echo: Echo) => void): Promise<void> {
  use("hang");
  const before = here.received.length;
  let id = 0;
  void session.call(PASSCODE, OWN, (own) => id = own).catch(() => {});
  await until(() => here.received.length > before);
  await session.notify("notifications/cancelled", { requestId: id });
  use("sandbox");
}

/** A kind of credential. */
interface Kind {
  readonly name: string;
  readonly flags: readonly string[];
  /** Prepares it, and says how the program is started. */
  begin(here: Installation): Promise<Readonly<Record<string, string>>>;
}

async function loggedIn(here: Installation, kind: "integration" | "service_app") {
  await here.configure({ profiles: { acme: { credential: { type: kind, client_id: CLIENT.clientId } } } });
  await here.keepTokens("acme", { accessToken: ACCESS_TOKEN, refreshToken: REFRESH_TOKEN, kind, minutesLeft: 5 });
  return {};
}

const DEBUG = ["--log-level", "debug"];
const KINDS: readonly Kind[] = [
  {
    name: "a token of the environment",
    flags: DEBUG,
    begin: () => Promise.resolve({ WEBEX_ACCESS_TOKEN: ACCESS_TOKEN }),
  },
  {
    name: "a token's file",
    flags: [...DEBUG, "--log-format", "json", "--audit-values"],
    begin: async (here) => ({ WEBEX_ACCESS_TOKEN_FILE: await here.write("given/token", ACCESS_TOKEN) }),
  },
  {
    name: "a token's command",
    flags: [...DEBUG, "--audit-values"],
    async begin(here) {
      const path = await here.write("given/token", ACCESS_TOKEN);
      return { WEBEX_ACCESS_TOKEN_COMMAND: JSON.stringify(["/bin/sh", "-c", `cat "${path}"; : ${REFRESH_TOKEN}`]) };
    },
  },
  {
    name: "a refresh token of the environment",
    flags: [...DEBUG, "--log-format", "json"],
    begin: () =>
      Promise.resolve({
        WEBEX_CLIENT_ID: CLIENT.clientId,
        WEBEX_CLIENT_SECRET: CLIENT.clientSecret,
        WEBEX_REFRESH_TOKEN: REFRESH_TOKEN,
      }),
  },
  { name: "an integration's profile", flags: DEBUG, begin: (here) => loggedIn(here, "integration") },
  {
    name: "a service app's profile",
    flags: [...DEBUG, "--log-format", "json", "--audit-values"],
    begin: (here) => loggedIn(here, "service_app"),
  },
];

/** The ways in which a secret could be written. */
function formsOf(secret: string): string[] {
  const bare = (text: string) => text.replace(/=+$/, "");
  const encoded = btoa(secret);
  return [...new Set([secret, encodeURIComponent(secret), bare(encoded), encodeURI(secret), bare(secret)])];
}

/** Every secret that the program had: those that were planted, and those that it was granted. */
function credentialsOf(here: Installation, stored: string): string[] {
  const kept = stored === ""
    ? []
    : Object.entries(JSON.parse(stored)).flatMap(([name, value]) =>
      /token$|secret$/.test(name) && typeof value === "string" ? [value] : []
    );
  const sent = here.received.flatMap(({ token }) => token === undefined ? [] : [token]);
  const basic = btoa(`${CLIENT.clientId}:${CLIENT.clientSecret}`);
  return [...new Set([ACCESS_TOKEN, REFRESH_TOKEN, CLIENT.clientSecret, basic, ...kept, ...sent])];
}

/** Everything that the program wrote to the disk but the store, whose mode is checked. */
async function filesOf(here: Installation, directory = here.directory): Promise<string[]> {
  const texts: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(directory)) {
    const path = `${directory}/${name}`;
    if (path === `${here.directory}/given`) continue;
    if (isDirectory) texts.push(...await filesOf(here, path));
    else if (/\/credentials\/[^/]*\.json$/.test(path)) {
      assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
    } else texts.push(`${path}\n${await Deno.readTextFile(path)}`);
  }
  return texts;
}

function assertAbsent(secrets: readonly string[], outputs: Readonly<Record<string, string>>): void {
  for (const [what, text] of Object.entries(outputs)) {
    for (const form of secrets.flatMap(formsOf)) {
      const at = text.indexOf(form);
      assert.ok(at < 0, `${what} holds ${form}: …${text.slice(Math.max(0, at - 300), at + form.length + 40)}`);
    }
  }
}

for (const { name, flags, begin } of KINDS) {
  Deno.test(`no secret shows up anywhere, whatever is called and answered: ${name}`, async () => {
    await using foreign = startStranger();
    await using here = await install({ token: ACCESS_TOKEN, grants: { refreshToken: REFRESH_TOKEN }, jobPolls: 1 });
    let echo: Echo = "sandbox";
    const use = (next: Echo) => echo = next;
    here.before = async (received, request) => await answerWith(echo, received, request, foreign.origin);
    const env = await begin(here);
    const session = await here.open({ env, flags: [...flags, "--max-result", "2000", "--deadline", "5"] });
    await session.call(READ, { max: 1 });
    const cmdline = await Deno.readTextFile(`/proc/${session.pid}/cmdline`);
    const answers = await callAll(session, callsWith(here.received.at(-1)?.token ?? ""), use);
    await startJobAndReadOn(session, use);
    await cancelOne(here, session, use);
    here.sandbox.grants.revoke();
    here.sandbox.grants.revoke(ACCESS_TOKEN);
    await session.call(READ);
    await session.end();

    const upstream = ["--base-url", here.url];
    const commands = [
      ["auth", "status", ...upstream],
      ["auth", "status", "--json", ...upstream],
      ["call", PASSCODE, `personId=${PERSON}`, `passcode=${PIN}x`, ...upstream, ...flags],
      ["audit", "tail", "-n", "100"],
      ["audit", "show", "--json"],
      ["audit", "export", "--format", "csv"],
      ["audit", "export"],
    ];
    const printed: Record<string, string> = {};
    for (const args of commands) {
      const { stdout, stderr } = await here.run(args, env);
      printed[args.join(" ")] = `${stdout}\n${stderr}`;
    }
    const [store = ""] = await storesOf(here);
    const files = Object.fromEntries((await filesOf(here)).map((text) => [text.split("\n")[0], text]));
    const logged = { "standard error": session.stderr(), ...files, ...printed };
    assertAbsent(credentialsOf(here, store), {
      ...logged,
      "standard output": session.stdout(),
      "a result": answers.join("\n"),
      "the command line": cmdline,
    });
    assertAbsent([PIN, SIP_PASSWORD], { ...logged, "the command line": cmdline });
    assert.deepEqual(foreign.received, []);
    assert.equal((await here.lines()).length, answers.length + 9, "one line for each call");
    assert.match(session.stderr(), /Executing/);
  });
}

/** What is kept in the token stores. */
async function storesOf(here: Installation): Promise<string[]> {
  const paths = ["acme", "environment"].map(here.store);
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(path).catch(() => "")));
  return texts.filter((text) => text !== "");
}

Deno.test("a token that the answer writes with escapes, as some serializers do, is recognized", async () => {
  await using foreign = startStranger();
  await using here = await install({ token: ACCESS_TOKEN });
  here.before = async (received, request) => await answerWith("escaped", received, request, foreign.origin);
  await using session = await here.open({ env: { WEBEX_ACCESS_TOKEN: ACCESS_TOKEN } });
  assert.equal((await session.call(READ)).value.body.items.length, 1);
  assertAbsent([ACCESS_TOKEN], { "standard output": session.stdout() });
});

Deno.test("a refusal does not repeat a token that the caller has come upon", async () => {
  await using here = await install({ token: ACCESS_TOKEN });
  const env = { WEBEX_ACCESS_TOKEN: ACCESS_TOKEN };
  await using session = await here.open({ env, flags: ["--structured", ...DEBUG] });
  for (
    const [name, args] of [
      [READ, { max: ACCESS_TOKEN }],
      [READ, { [ACCESS_TOKEN]: 1 }],
      [ACCESS_TOKEN, {}],
      ["user_update_busy_voicemail_greeting_person", { personId: PERSON, file: ACCESS_TOKEN }],
      ["webex_result", { result: ACCESS_TOKEN }],
      ["webex_wait_for_job", { poll_tool: ACCESS_TOKEN, job_id: "1" }],
    ] as const
  ) {
    const { result, error } = await session.request("tools/call", { name, arguments: args });
    assert.ok(error !== undefined || result.isError, name);
  }
  const { stdout } = await here.run(["call", READ, `max=${ACCESS_TOKEN}`, "--base-url", here.url], env);
  await session.end();
  const outputs = { "standard output": session.stdout(), "standard error": session.stderr(), call: stdout };
  assertAbsent([ACCESS_TOKEN], { ...outputs, audit: await Deno.readTextFile(here.audit) });
});

Deno.test("a refusal does not repeat a PIN or a password", async () => {
  await using here = await install();
  await using session = await here.open({ env: { WEBEX_ACCESS_TOKEN: TOKEN } });
  for (
    const [tool, args] of [
      [PASSCODE, { personId: PERSON, passcode: [PIN] }],
      [SIP, { deviceId: "1", sipPassword: { value: SIP_PASSWORD } }],
      ["people_create_a_person", { emails: { pin: PIN } }],
    ] as const
  ) {
    const { isError, text } = await session.call(tool, args);
    assert.ok(isError);
    assertAbsent([PIN, SIP_PASSWORD], { "the refusal": text });
  }
});
