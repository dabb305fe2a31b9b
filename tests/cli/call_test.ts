import assert from "node:assert/strict";
import { readArguments, runCall } from "../../src/cli/call.ts";
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
