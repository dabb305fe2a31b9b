import assert from "node:assert/strict";
import { readCallers } from "../../../src/access/caller_file.ts";
import { idOfToken } from "../../../src/access/caller_token.ts";
import { createTokenAuthenticator } from "../../../src/access/token_authenticator.ts";
import { nearestNames } from "../../../src/collection/nearest.ts";
import { parseCommandLine } from "../../../src/cli/grammar/command_line.ts";
import { reportError } from "../../../src/cli/report.ts";
import { runToken } from "../../../src/cli/token/token.ts";
import { FakeClock } from "../../support/fake_clock.ts";
import { fakeSystem } from "../../support/fake_system.ts";

/** A computer with a file of callers. */
async function makePlace(files: Readonly<Record<string, string>> = {}) {
  const directory = await Deno.makeTempDir();
  const clock = new FakeClock();
  const path = `${directory}/state/webex-calling-mcp/callers.json`;
  const environment = {
    XDG_STATE_HOME: `${directory}/state`,
    XDG_CONFIG_HOME: "/config",
    // What the policy is must not depend on it.
    WEBEX_MCP_FEATURES: "Peple",
    WEBEX_MCP_READ_ONLY: "1",
  };
  return {
    clock,
    path,
    callers: async () => readCallers(JSON.parse(await Deno.readTextFile(path)), { path, nearest: nearestNames }),
    async run(...args: string[]) {
      const system = fakeSystem({ environment, files });
      let code: number;
      try {
        const command = parseCommandLine(["token", ...args], system.stdout, false);
        assert.ok(command?.command === "token");
        code = await runToken(command, system, {
          clock,
          random: (count) => crypto.getRandomValues(new Uint8Array(count)),
        });
      } catch (error) {
        code = reportError(error, system.stderr);
      }
      return { code, out: system.out(), err: system.err() };
    },
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

Deno.test("runToken() prints a new token alone, once, and keeps only its hash", async () => {
  await using here = await makePlace();
  const { code, out, err } = await here.run("create", "ci");
  assert.equal(code, 0, err);
  assert.match(out, /^wxm_[0-9A-Za-z]{8}_[A-Za-z0-9_-]{43}\n$/);
  const secret = out.trim().slice(13);
  assert.match(
    err,
    /^Created the token of "ci" \(\w{8}\); it is not shown again\nAllowed: as the server\nIt ends 2026-04-15T/,
  );
  const text = await Deno.readTextFile(here.path);
  const list = await here.run("list");
  const json = await here.run("list", "--json");
  for (const shown of [err, text, list.out, json.out]) assert.ok(!shown.includes(secret));
  for (const shown of [err, list.out, json.out]) assert.ok(!shown.includes("sha256:"));
  const callers = await here.callers();
  const authenticator = createTokenAuthenticator({ callers: () => Promise.resolve(callers), clock: here.clock });
  const verdict = await authenticator.authenticate(`Bearer ${out.trim()}`, new AbortController().signal);
  assert.ok("caller" in verdict && verdict.caller.name === "ci");
});

Deno.test("runToken() writes the policy down, and lists it", async () => {
  const profiles = "profiles: {acme: {credential: {type: environment}}}";
  await using here = await makePlace({ "/config/webex-calling-mcp/config.yaml": profiles });
  const flags = [
    ["--profile", "acme", "--read-only", "--confirm", "writes", "--tools", "discover"],
    ["--preset", "queues", "--features", "People,numbers", "--exclude-features", "Locations"],
    ["--tool", "people_*", "--exclude-tool", "*_delete_*", "--rate", "60", "--burst", "10", "--calls", "4"],
    ["--expires", "2026-03-31T14:00+02:00"],
  ].flat();
  const created = await here.run("create", "alice", ...flags);
  assert.equal(created.code, 0, created.err);
  await here.run("create", "bob", "--expires", "never");
  const [alice, bob] = [...(await here.callers()).values()];
  assert.deepEqual(alice?.policy, {
    profile: "acme",
    readOnly: true,
    confirm: "writes",
    tools: "discover",
    preset: ["queues"],
    features: ["People", "numbers"],
    excludeFeatures: ["Locations"],
    tool: ["people_*"],
    excludeTool: ["*_delete_*"],
    ratePerMinute: 60,
    burst: 10,
    concurrency: 4,
  });
  assert.deepEqual([alice?.expiresAt, bob?.expiresAt], [Date.UTC(2026, 2, 31, 12), undefined]);
  const { out } = await here.run("list");
  assert.match(
    out,
    /^name +id +created +expires +policy\nalice +\w{8} +2026-01-15T09:00Z .* 2026-03-31T12:00Z .* profile: acme, read_only, /,
  );
  assert.match(out, /features: People \+ numbers, .*concurrency: 4\nbob .* never +as the server\n$/);
  const [first, second] = JSON.parse((await here.run("list", "--json")).out);
  assert.equal(first.id, idOfToken(created.out.trim()));
  assert.deepEqual([first.expired, second.expires_at, second.policy], [false, null, {}]);
  assert.deepEqual(Object.keys(first), ["name", "id", "created_at", "expires_at", "expired", "policy"]);
  await here.clock.advance(100 * 86_400_000);
  assert.equal(JSON.parse((await here.run("list", "--json")).out)[0].expired, true);
});

Deno.test("runToken() refuses a name that is taken, in any case, and one that is none", async () => {
  await using here = await makePlace();
  await here.run("create", "ci");
  const before = await Deno.readTextFile(here.path);
  const again = await here.run("create", "CI");
  assert.deepEqual([again.code, again.out], [2, ""]);
  assert.match(again.err, /^ERROR: Cannot create a token for "CI": caller "ci" has one\n.*token revoke ci\n$/);
  for (const name of ["a b", "environment", `wxm_Ab3dEf7h_${"planted".repeat(7).slice(0, 43)}`, "../x", "oauth:ada"]) {
    const { code, out, err } = await here.run("create", name);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^ERROR: Cannot use this name of a caller: expected 1 to 64 letters/);
    assert.ok(!err.includes("planted"));
  }
  assert.equal(await Deno.readTextFile(here.path), before);
});

Deno.test("runToken() refuses what names nothing or leaves nothing before it makes a token", async () => {
  await using here = await makePlace();
  const wrong: [string[], RegExp][] = [
    [["--features", "Peple"], /Cannot find feature "Peple" of --features; did you mean "People"\?/],
    [["--exclude-features", "Peple"], /of --exclude-features/],
    [["--tool", "nope_nope*"], /Cannot find any tool that matches "nope_nope\*" of --tool/],
    [["--preset", "nope"], /Cannot find preset "nope" of --preset/],
    [["--profile", "nope"], /Cannot find profile "nope" of --profile/],
    [["--tool", "people_delete_*", "--read-only"], /Cannot select any tool: nothing is left by .*--read-only/],
    [["--preset", "read-only-audit", "--exclude-tool", "*"], /nothing is left by preset "read-only-audit"/],
    [["--confirm", "never"], /"never"/],
    [["--rate", "0"], /--rate/],
    [["--expires", "yesterday"], /Cannot use --expires "yesterday": expected "90d"/],
    [["--expires", "2020-01-01"], /Cannot use --expires "2020-01-01": expected a later time/],
  ];
  for (const [flags, message] of wrong) {
    const { code, out, err } = await here.run("create", "ci", ...flags);
    assert.deepEqual([code, out], [2, ""], flags.join(" "));
    assert.match(err, message);
  }
  await assert.rejects(Deno.stat(here.path), Deno.errors.NotFound);
  assert.match((await here.run("list")).out, /^No caller has a token yet: .*token create NAME makes one\n$/);
});

Deno.test("runToken() takes a token back, and guesses whose was meant", async () => {
  await using here = await makePlace();
  const { out: token } = await here.run("create", "alice");
  await here.run("create", "bob");
  const wrong = await here.run("revoke", "alise");
  assert.deepEqual([wrong.code, wrong.out], [2, ""]);
  assert.match(wrong.err, /^ERROR: Cannot find caller "alise": did you mean "alice"\?\n/);
  const mistaken = await here.run("revoke", token.trim());
  assert.match(mistaken.err, /^ERROR: Cannot find caller of this name\n/);
  const { code, out } = await here.run("revoke", "alice");
  assert.deepEqual([code, out], [0, 'Revoked the token of "alice"; servers that run notice within seconds\n']);
  assert.deepEqual([...(await here.callers()).values()].map(({ name }) => name), ["bob"]);
});

Deno.test("runToken() warns of a file that others may read, and takes that right from them", async () => {
  if (Deno.build.os === "windows") return;
  await using here = await makePlace();
  await here.run("create", "ci");
  await Deno.chmod(here.path, 0o644);
  assert.match(
    (await here.run("list")).err,
    /^WARNING: Others may read or change the file of callers ".*" \(mode 0644, /,
  );
  await here.run("create", "bob");
  assert.equal((await here.run("list")).err, "");
});

Deno.test("runToken() uses the file that --callers names", async () => {
  await using here = await makePlace();
  const path = `${here.path}.other`;
  assert.match((await here.run("create", "ci", "--callers", path)).err, /Its hash is in .*callers\.json\.other\n$/);
  assert.match((await here.run("list", "--callers", path)).out, /^ci /m);
  assert.match((await here.run("list")).out, /^No caller/);
});
