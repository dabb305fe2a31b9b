import assert from "node:assert/strict";
import { HTTP_CLIENTS, type HttpClient } from "../support/http_clients.ts";
import { startHttp } from "../support/http_process.ts";
import { legacyMessage, modernMessage } from "../support/http_messages.ts";
import { startUpstream, TOKEN, until } from "../support/process.ts";
import { startSlowUpstream } from "../support/slow_upstream.ts";

const DELETE = "hunt_group_delete_a_hunt_group";

/** The ids of a hunt group of the simulated organization. */
async function someHuntGroup(client: HttpClient): Promise<{ locationId: string; huntGroupId: string }> {
  const { value } = await client.call("hunt_group_read_the_list_of_hunt_groups", { max: 1 });
  const [{ id, locationId }] = value.body.huntGroups;
  return { huntGroupId: id, locationId };
}

for (const { revision, connect } of HTTP_CLIENTS) {
  Deno.test(`a client of ${revision} lists and calls over HTTP what it would over standard streams`, async () => {
    await using upstream = await startUpstream();
    await using server = await startHttp({ upstream: upstream.url });
    await using client = await connect(server.url);
    assert.equal(client.revision, revision);
    assert.equal((await client.list()).length, 1180);
    const { isError, value } = await client.call("people_list_people", { max: 1 });
    assert.equal(isError, false);
    assert.equal(value.status_code, 200);
    assert.equal(value.body.items.length, 1);
    // Another server answers each request: what one hands out must mean something to the next.
    const next = await client.call("webex_next_page", { next: value.next });
    assert.equal(next.isError, false);
    assert.equal(server.log().includes(TOKEN), false);
    assert.equal(await server.end(), 0);
  });

  Deno.test(`a client of ${revision} without a way to ask gets a plan over HTTP, and carries it out once`, async () => {
    await using server = await startHttp({ env: { WEBEX_MCP_CONFIRM: "destructive" } });
    await using client = await connect(server.url);
    const args = await someHuntGroup(client);
    const planned = await client.call(DELETE, args);
    assert.equal(typeof planned.value.plan_id, "string", JSON.stringify(planned.value));
    const consented = { ...args, plan_id: planned.value.plan_id };
    const done = await client.call(DELETE, consented);
    assert.equal(done.value.status_code, 204, JSON.stringify(done.value));
    assert.equal((await client.call(DELETE, consented)).value.error.code, "used_plan");
  });

  Deno.test(`a client of ${revision} hears of progress over HTTP while its call waits`, async () => {
    await using upstream = await startSlowUpstream();
    await using server = await startHttp({ upstream: upstream.url });
    await using client = await connect(server.url);
    const notes: string[] = [];
    const onprogress = ({ message = "" }) => void notes.push(message);
    const calls = Array.from({ length: 7 }, () => client.call("people_list_people", {}, { onprogress }));
    await until(() => notes.length > 0).catch(() => {});
    await until(() => notes.length > 0);
    upstream.answerAll();
    for (const { isError } of await Promise.all(calls)) assert.equal(isError, false);
    assert.match(notes[0] ?? "", /^Waiting for a free place/);
  });
}

for (const message of [legacyMessage, modernMessage]) {
  const init = message("tools/call", { name: "people_list_people", arguments: {} });
  const revision = new Headers(init.headers).get("mcp-protocol-version");
  Deno.test(`a client of ${revision} that leaves breaks its request to Webex off`, async () => {
    await using upstream = await startSlowUpstream();
    await using server = await startHttp({ upstream: upstream.url });
    const stop = new AbortController();
    const answer = fetch(server.url, { ...init, signal: stop.signal }).then((response) => response.text());
    await until(() => upstream.arrived() === 1);
    stop.abort();
    await assert.rejects(answer);
    await until(() => upstream.gone() === 1);
    await server.logged("the client left");
  });
}

Deno.test("a client of 2026-07-28 that can ask is asked over HTTP, and its answer decides", async () => {
  const [, modern] = HTTP_CLIENTS;
  assert.ok(modern !== undefined);
  await using server = await startHttp({ env: { WEBEX_MCP_CONFIRM: "destructive" } });
  const questions: string[] = [];
  let answer: "accept" | "decline" = "decline";
  await using client = await modern.connect(server.url, {
    reply(message) {
      questions.push(message);
      return answer;
    },
  });
  const args = await someHuntGroup(client);
  const declined = await client.call(DELETE, args);
  assert.equal(declined.value.error.code, "declined", JSON.stringify(declined));
  answer = "accept";
  const accepted = await client.call(DELETE, args);
  assert.equal(accepted.value.status_code, 204, JSON.stringify(accepted));
  assert.equal(questions.length, 2);
});

Deno.test("several messages in one body are answered in the revision that has them, each by an id of its own", async () => {
  await using server = await startHttp();
  const send = async (ids: readonly number[], headers: Record<string, string> = {}) => {
    const { body: _, ...init } = legacyMessage("ping");
    const others = new Headers(init.headers);
    others.delete("mcp-protocol-version");
    for (const [name, value] of Object.entries(headers)) others.set(name, value);
    const messages = ids.map((id) => ({ jsonrpc: "2.0", id, method: "ping" }));
    const response = await fetch(server.url, { ...init, headers: others, body: JSON.stringify(messages) });
    return { status: response.status, text: await response.text() };
  };
  for (const headers of [{}, { "mcp-protocol-version": "2025-03-26" }]) {
    const { status, text } = await send([1, 2], headers);
    assert.equal(status, 200);
    assert.deepEqual([...text.matchAll(/"id":(\d)/g)].map(([, id]) => id).sort(), ["1", "2"]);
  }
  const twice = await send([1, 1]);
  assert.deepEqual([twice.status, JSON.parse(twice.text).error.code], [400, -32600]);
  assert.match(twice.text, /have the same id/);
  for (const revision of ["2025-06-18", "2025-11-25", "2026-07-28"]) {
    const later = await send([1, 2], { "mcp-protocol-version": revision });
    assert.equal(later.status, 400);
    assert.match(later.text, /list of messages, which only revision 2025-03-26/);
  }
});
