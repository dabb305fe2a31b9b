import assert from "node:assert/strict";
import { legacyMessage, modernMessage, type Params } from "../support/http_messages.ts";
import { startHttp } from "../support/http_process.ts";
import { runMain } from "../support/process.ts";

const JWT = "eyJhbGciOiJub25lIiwia2lkIjoiMTIzNDU2Nzg5MCJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw";

/** Parts of a token that nobody may see; a cut could leave the first. */
function tellingParts(token: string): string[] {
  return token.startsWith("wxm_") ? [token.slice(13, 25), token.slice(-12)] : token.split(".").slice(1);
}

/** Messages that bring a text in the place of each name that a refusal repeats. */
function messagesWith(text: string, headers: Readonly<Record<string, string>>): [string, RequestInit][] {
  const modern = (method: string, params: Params, others = {}) =>
    modernMessage(method, params, { ...headers, ...others });
  const call = (name: string, args: Params) => modern("tools/call", { name, arguments: args });
  const complete = (ref: Params) => modern("completion/complete", { ref, argument: { name: text, value: text } });
  const read = (uri: string) => modern("resources/read", { uri });
  return [
    ["tool", call(text, {})],
    ["tool of an early revision", legacyMessage("tools/call", { name: text }, headers)],
    ["argument", call("people_list_people", { [text]: 1, max: text })],
    ["expression", call("people_list_people", { fields: `${text} !` })],
    ["result", call("webex_result", { result: text })],
    ["page", call("webex_next_page", { next: text })],
    ["job", call("webex_wait_for_job", { poll_tool: text, job_id: text })],
    ["prompt", modern("prompts/get", { name: text })],
    ["argument of a prompt", modern("prompts/get", { name: "onboard_user", arguments: { [text]: "x" } })],
    ["tool's address", read(`webex://tools/${text}`)],
    ["feature's address", read(`webex://features/${text}`)],
    ["result's address", read(`webex://results/${text}`)],
    ["other address", read(`other://${text}`)],
    ["template", complete({ type: "ref/resource", uri: text })],
    ["completed prompt", complete({ type: "ref/prompt", name: text })],
    ["method", modern(text, {})],
    ["revision", legacyMessage("tools/list", {}, { ...headers, "mcp-protocol-version": text })],
    ["name in a header", modern("tools/call", { name: "people_list_people" }, { "mcp-name": text })],
    ["method in a header", modern("tools/list", {}, { "mcp-method": text })],
  ];
}

Deno.test("no refusal and no log gives a bearer token back that came in the place of a name", async () => {
  const directory = await Deno.makeTempDir();
  const callers = `${directory}/callers.json`;
  const { stdout } = await runMain(["token", "create", "ann", "--callers", callers]);
  const own = stdout.trim();
  assert.match(own, /^wxm_/);
  const audit = `${directory}/audit.jsonl`;
  await using server = await startHttp({ flags: ["--callers", callers, "--log-level", "debug", "--audit", audit] });
  for (const token of [own, JWT]) {
    for (const text of [token, `Bearer ${token}`, `${"x".repeat(30)} ${token}`]) {
      for (const [place, init] of messagesWith(text, { authorization: `Bearer ${own}` })) {
        const response = await fetch(server.url, init);
        const answer = await response.text();
        assert.match(answer, /error/, place);
        for (const part of tellingParts(token)) assert.equal(answer.includes(part), false, `${place}: ${answer}`);
      }
    }
  }
  assert.equal(await server.end(), 0);
  const written = server.log() + await Deno.readTextFile(audit);
  for (const part of [own, JWT].flatMap(tellingParts)) assert.equal(written.includes(part), false);
  await Deno.remove(directory, { recursive: true });
});
