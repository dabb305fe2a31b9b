import assert from "node:assert/strict";
import type { Command } from "../../../src/cli/grammar/command.ts";
import { parseCommandLine } from "../../../src/cli/grammar/command_line.ts";
import { ENVIRONMENT_NAMES } from "../../../src/config/environment.ts";
import { FLAGS } from "../../../src/config/flags.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { VERSION } from "../../../src/core/version.ts";
import { fakeSystem } from "../../support/fake_system.ts";

function parse(...args: string[]): Command | undefined {
  return parseCommandLine(args, fakeSystem().stdout, false);
}

function printed(...args: string[]): string {
  const system = fakeSystem();
  assert.equal(parseCommandLine(args, system.stdout, false), undefined);
  return system.out();
}

function refusal(...args: string[]): UsageError {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail("expected a UsageError");
}

Deno.test("parseCommandLine() gives flags without a command to serve", () => {
  assert.equal(parse()?.command, "serve");
  const command = parse("--features", "-x", "--http", "127.0.0.1:80");
  assert.ok(command?.command === "serve");
  assert.deepEqual(command.flags.features, ["-x"]);
  assert.equal(command.flags.http, "127.0.0.1:80");
});

Deno.test("parseCommandLine() reads the flags of each command", () => {
  const tools = parse("tools", "people_list_people", "--json", "--read-only");
  assert.ok(tools?.command === "tools");
  assert.equal(tools.name, "people_list_people");
  assert.equal(tools.json, true);
  assert.equal(tools.tokens, false);
  assert.equal(tools.flags.readOnly, true);

  const call = parse("call", "x", "a=1", "b==", "--sandbox", "--", "--c=-1");
  assert.ok(call?.command === "call");
  assert.equal(call.tool, "x");
  assert.deepEqual(call.pairs, ["a=1", "b==", "--c=-1"]);
  assert.equal(call.flags.sandbox, true);

  assert.deepEqual(parse("collection", "a.json", "b.yaml"), {
    command: "collection",
    paths: ["a.json", "b.yaml"],
    json: false,
  });
  assert.deepEqual(parse("sandbox", "--port", "0", "--token", "t"), { command: "sandbox", port: 0, token: "t" });
  assert.deepEqual(parse("demo"), { command: "demo" });
});

Deno.test("parseCommandLine() reads what auth is to do", () => {
  assert.deepEqual(parse("auth", "login", "--profile", "acme"), {
    command: "auth",
    action: "login",
    flags: { profile: "acme", config: undefined, baseUrl: undefined, sandbox: undefined },
    grant: undefined,
    clientId: undefined,
    scopes: undefined,
    showScopes: undefined,
    port: 8797,
  });
  const login = parse("auth", "login", "--service-app", "--client-id", "C", "--scopes", "a b", "--port", "9000");
  assert.ok(login?.command === "auth" && login.action === "login");
  assert.deepEqual([login.grant, login.clientId, login.scopes, login.port], ["service-app", "C", "a b", 9000]);
  const grant = (...args: string[]) => {
    const command = parse("auth", "login", ...args);
    return command?.command === "auth" && command.action === "login" ? command.grant : undefined;
  };
  assert.deepEqual([grant("--device"), grant("--browser")], ["device", "browser"]);
  const status = parse("auth", "status", "--json", "--sandbox");
  assert.ok(status?.command === "auth" && status.action === "status" && status.json && status.flags.sandbox);
  const logout = parse("auth", "logout", "--config", "c.yaml");
  assert.ok(logout?.command === "auth" && logout.action === "logout" && logout.flags.config === "c.yaml");
});

Deno.test("parseCommandLine() reads what audit is to do", () => {
  const tail = parse("audit", "tail", "-n", "5", "--audit", "a.jsonl");
  assert.ok(tail?.command === "audit" && tail.action === "tail");
  assert.deepEqual([tail.count, tail.flags.audit], [5, "a.jsonl"]);
  const show = parse("audit", "show", "--tool", "t", "--since", "2026-01-01", "--outcome", "failed", "--json");
  assert.ok(show?.command === "audit" && show.action === "show" && show.json);
  assert.deepEqual([show.tool, show.since, show.until, show.outcome], ["t", "2026-01-01", undefined, "failed"]);
  assert.equal(parse("audit", "verify", "--profile", "acme")?.command, "audit");
  const exported = parse("audit", "export", "--format", "csv", "--until", "2026-02-01");
  assert.ok(exported?.command === "audit" && exported.action === "export");
  assert.deepEqual([exported.format, exported.until], ["csv", "2026-02-01"]);
});

Deno.test("parseCommandLine() reads what token is to do", () => {
  const flags = ["--features", "People", "--confirm", "writes", "--rate", "60", "--burst", "9", "--calls", "4"];
  const create = parse("token", "create", "ci", ...flags, "--read-only", "--callers", "c.json");
  assert.ok(create?.command === "token" && create.action === "create");
  assert.deepEqual([create.name, create.expires, create.callers], ["ci", "90d", "c.json"]);
  assert.deepEqual([create.confirm, create.rate, create.burst, create.calls], ["writes", 60, 9, 4]);
  assert.deepEqual([create.flags.features, create.flags.readOnly], [["People"], true]);
  const list = parse("token", "list", "--json");
  assert.ok(list?.command === "token" && list.action === "list" && list.json && list.callers === undefined);
  const revoke = parse("token", "revoke", "ci");
  assert.ok(revoke?.command === "token" && revoke.action === "revoke" && revoke.name === "ci");
  for (const args of [["token"], ["token", "create"], ["token", "revoke"], ["token", "create", "a", "--rate", "x"]]) {
    assert.ok(!refusal(...args).message.includes("\n"));
  }
  const help = printed("token", "create", "--help");
  assert.match(help, /WEBEX_MCP_CALLERS/);
  assert.ok(!help.includes("WEBEX_MCP_FEATURES"), "only what is typed makes a policy");
});

Deno.test("parseCommandLine() refuses several grants, commands without an action, and unknown actions", () => {
  const cases = [["auth"], ["audit"], ["auth", "logon"], ["auth", "login", "--device", "--browser"], [
    "audit",
    "tail",
    "-n",
    "0",
  ], ["auth", "login", "--port", "0"]];
  for (const args of cases) assert.ok(!refusal(...args).message.includes("\n"));
  const error = refusal("auth", "login", "--browsr");
  assert.match(error.guidance ?? "", /^Did you mean "--browser"\? Run "deno run -P=auth main\.ts auth login --help"/);
});

Deno.test("parseCommandLine() refuses an unknown flag and names the nearest", () => {
  const error = refusal("tools", "--feature", "People");
  assert.equal(error.message, 'Unexpected option or subcommand: "--feature"');
  assert.equal(
    error.guidance,
    'Did you mean "--features" or "--exclude-features"? Run "deno run -P=serve main.ts tools --help" to see what is possible.',
  );
});

Deno.test("parseCommandLine() refuses an unknown command and names the nearest once", () => {
  const error = refusal("toolz");
  assert.equal(error.message, 'Unexpected option or subcommand: "toolz". Did you mean "tools"?');
  assert.equal(error.guidance, 'Run "deno run -P=serve main.ts --help" to see what is possible.');
});

Deno.test("parseCommandLine() refuses missing and wrong values in one line", () => {
  const cases = [["--schema"], ["--schema", "half"], ["collection"], ["call"], ["sandbox", "--port", "x"], [
    "completion",
    "x",
  ]];
  for (const args of cases) {
    const { message } = refusal(...args);
    assert.ok(!message.includes("\n") && !message.includes("`") && !message.endsWith("."), message);
  }
  assert.match(refusal("--schema", "half").message, /"full" and "compact"/);
  assert.equal(refusal("collection").message, "Expected the path of a collection file");
});

Deno.test("parseCommandLine() prints help for the program and for each command", () => {
  const help = printed("--help");
  for (
    const name of [
      "serve",
      "tools",
      "call",
      "auth",
      "token",
      "audit",
      "collection",
      "sandbox",
      "demo",
      "version",
      "completion",
    ]
  ) {
    assert.match(help, new RegExp(`^  ${name} +\\S`, "m"));
    assert.match(printed("help", name), new RegExp(`^Usage: webex-calling-mcp ${name}\\b`, "m"));
  }
  assert.match(printed("help", "auth", "login"), /^Usage: webex-calling-mcp auth login\b/m);
  assert.match(printed("auth", "login", "--help"), /WEBEX_CLIENT_SECRET/);
  assert.equal(printed("-h"), help);
  assert.equal(printed("--read-only", "--help"), printed("serve", "--help"));
});

Deno.test("parseCommandLine() explains every flag of serve and names its variable", () => {
  const help = printed("serve", "--help").replace(/\s+/g, " ");
  for (const flag of Object.values(FLAGS)) {
    assert.ok(help.includes(`${flag.name} `));
    assert.ok(help.includes(flag.summary));
    if ("environment" in flag) assert.ok(help.includes(`[${flag.environment}]`));
  }
  assert.ok(ENVIRONMENT_NAMES.length > 0);
});

Deno.test("parseCommandLine() colours help only when asked, and only at a terminal", () => {
  // deno-lint-ignore no-control-regex -- looks for the escape character of colours
  const escape = /\u001b/;
  let out = "";
  const write = (text: string) => void (out += text);
  parseCommandLine(["--help"], { write, isTerminal: false }, true);
  parseCommandLine(["--help"], { write, isTerminal: true }, false);
  assert.doesNotMatch(out, escape);
  parseCommandLine(["serve", "--help"], { write, isTerminal: true }, true);
  assert.match(out, escape);
});

Deno.test("parseCommandLine() prints the version", () => {
  assert.equal(printed("version"), `webex-calling-mcp ${VERSION}\n`);
  assert.equal(printed("--version"), printed("version"));
});

Deno.test("parseCommandLine() prints completions for the usual shells", () => {
  for (const shell of ["bash", "zsh", "fish", "pwsh", "nu"]) {
    assert.match(printed("completion", shell), /webex-calling-mcp/);
  }
  assert.match(printed("completion", "bash", "serve", "--read"), /--read-only/);
});
