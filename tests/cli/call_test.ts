import assert from "node:assert/strict";
import { readArguments, runCall } from "../../src/cli/call.ts";
import type { Input } from "../../src/cli/input.ts";
import type { CallCommand } from "../../src/cli/grammar/command.ts";
import { UsageError } from "../../src/core/errors.ts";
import { fakeSystem } from "../support/fake_system.ts";

Deno.test("readArguments() reads key=value, up to the first equals sign", () => {
  assert.deepEqual(readArguments(["a=1", "b=x=y", "c="], undefined), { a: "1", b: "x=y", c: "" });
  assert.deepEqual(readArguments([], undefined), {});
});

Deno.test("readArguments() reads one JSON object", () => {
  assert.deepEqual(readArguments([], '{"a":{"b":[1]}}'), { a: { b: [1] } });
});

Deno.test("readArguments() refuses what is neither, and says what it got", () => {
  const cases: [string[], string | undefined, RegExp][] = [
    [["a"], undefined, /^Cannot read argument "a": expected key=value$/],
    [["=1"], undefined, /^Cannot read argument "=1": expected key=value$/],
    [["a=1", "a=2"], undefined, /^Cannot read argument "a": given twice$/],
    [["a=1"], "{}", /^Cannot use --json together with "a=1": expected one form$/],
    [[], "{", /^Cannot read --json: /],
    [[], "[]", /^Cannot read --json: expected an object, got an array$/],
    [[], "null", /^Cannot read --json: expected an object, got null$/],
  ];
  for (const [pairs, json, message] of cases) {
    assert.throws(
      () => readArguments(pairs, json),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  }
});

function command(tool: string, pairs: string[]): CallCommand {
  return { command: "call", flags: {}, tool, pairs };
}

Deno.test("runCall() prints the result as JSON and nothing else", async () => {
  const asked: string[] = [];
  const system = fakeSystem({
    environment: { WEBEX_ACCESS_TOKEN: "token-of-the-test" },
    fetch: (request) => {
      asked.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
      return Promise.resolve(Response.json({ items: [] }));
    },
  });
  assert.equal(await runCall(command("people_list_people", ["max=3"]), system), 0);
  const result = JSON.parse(system.out());
  assert.equal(result.status_code, 200);
  assert.deepEqual(result.body, { items: [] });
  assert.equal(system.err(), "");
  assert.deepEqual(asked, [
    "GET https://webexapis.com/v1/people?max=3 Bearer token-of-the-test",
    // Whether the token is a partner's, so that the call acted on one of many organizations.
    "GET https://webexapis.com/v1/people/me Bearer token-of-the-test",
    "GET https://webexapis.com/v1/organizations Bearer token-of-the-test",
  ]);
});

Deno.test("runCall() ends with 1 when the result is an error", async () => {
  const system = fakeSystem();
  assert.equal(await runCall(command("people_list_people", []), system), 1);
  assert.equal(JSON.parse(system.out()).error.code, "no_access_token");
});

Deno.test("runCall() refuses an unknown tool and names the nearest", async () => {
  const system = fakeSystem();
  await assert.rejects(runCall(command("people_list_peple", []), system), {
    message: 'Cannot find tool "people_list_peple"; did you mean "people_list_people"?',
  });
  assert.equal(system.out(), "");
});

/** A terminal at which a person types one line, or nothing. */
function terminal(line?: string): Input {
  return { isTerminal: true, readLine: () => Promise.resolve(line) };
}

async function deletion(input: Input, flags: CallCommand["flags"] = {}, atTerminal = true) {
  const sent: string[] = [];
  const system = fakeSystem({
    fetch: (request) => {
      sent.push(request.method);
      const body = { displayName: "Ada Lovelace" };
      return Promise.resolve(request.method === "GET" ? Response.json(body) : new Response(null, { status: 204 }));
    },
    environment: { WEBEX_ACCESS_TOKEN: "t" },
  });
  const flagged = {
    ...command("people_delete_a_person", ["personId=cGVyc29u"]),
    flags: { noAudit: true, baseUrl: "https://h/v1", ...flags },
  };
  const code = await runCall(flagged, { ...system, stderr: { ...system.stderr, isTerminal: atTerminal } }, input);
  return { code, sent, result: JSON.parse(system.out()), err: system.err() };
}

Deno.test("runCall() asks at a terminal before a change that can do harm", async () => {
  const { code, sent, err, result } = await deletion(terminal("yes"));
  assert.match(err, /^Delete a Person: "Ada Lovelace"\?\n[^]*\nType yes to go on: /);
  assert.deepEqual([code, sent, result.status_code], [0, ["GET", "DELETE"], 204]);
});

Deno.test("runCall() takes anything but a clear yes for a no", async () => {
  for (const line of ["", "no", "y", "yes please", undefined]) {
    const { code, sent, result } = await deletion(terminal(line));
    assert.deepEqual([code, sent, result.error.code], [1, ["GET"], "declined"], line);
  }
});

Deno.test("runCall() refuses a change that can do harm where nobody can be asked, unless it is told not to", async () => {
  const pipe: Input = { isTerminal: false, readLine: () => Promise.reject(new Error("Expected no question")) };
  const refused = await deletion(pipe, {}, false);
  assert.deepEqual([refused.code, refused.sent, refused.result.error.code], [1, ["GET"], "confirmation_required"]);
  assert.match(refused.result.guidance, /--confirm never/);
  const done = await deletion(pipe, { confirm: "never" }, false);
  assert.deepEqual([done.code, done.sent], [0, ["DELETE"]]);
});

Deno.test("runCall() says that a plan of another process is worth nothing here", async () => {
  const system = fakeSystem();
  await assert.rejects(runCall(command("people_delete_a_person", ["personId=x", "plan_id=x"]), system), (error) => {
    assert.ok(error instanceof UsageError && /plan holds only in the server process/.test(error.message));
    return /at a terminal the command asks/.test(error.guidance ?? "");
  });
});

Deno.test("runCall() calls an endpoint by its own tool, whatever clients are shown", async () => {
  const system = fakeSystem({ environment: { WEBEX_MCP_TOOLS: "discover" } });
  assert.equal(await runCall(command("people_list_people", []), system), 1);
  assert.equal(JSON.parse(system.out()).error.code, "no_access_token");
});
