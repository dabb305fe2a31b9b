/**
 * The question before a change: three real clients over the real process, with and without a user to ask, on both surfaces.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CLIENTS, type Driven, type Outcome, type Reply } from "../support/clients.ts";
import {
  callMessage,
  INITIALIZE,
  repliesOf,
  serveArgs,
  start,
  startUpstream,
  type Upstream,
} from "../support/process.ts";

const CONFIRM = ["--confirm", "destructive"];
const DISCOVER = [...CONFIRM, "--tools", "discover"];

/** What changes left the server. */
function changes({ sandbox }: Upstream): string[] {
  return sandbox.requests.entries.filter(({ method }) => method !== "GET").map(({ method, path }) =>
    `${method} ${path}`
  );
}

interface Group {
  readonly id: string;
  readonly name: string;
  readonly locationId: string;
}

/** Calls an endpoint as the surface wants it. */
function callerOf(client: Driven, discovers: boolean) {
  return (tool: string, args: Record<string, unknown>, control: Record<string, unknown> = {}): Promise<Outcome> => {
    if (!discovers) return client.call(tool, { ...args, ...control });
    const envelope = /_(delete|update|create)_/.test(tool) ? "webex_write" : "webex_read";
    return client.call(envelope, { tool, arguments: args, ...control });
  };
}

async function firstGroup(call: ReturnType<typeof callerOf>): Promise<Group> {
  const { value } = await call("hunt_group_read_the_list_of_hunt_groups", {});
  return value.body.huntGroups[0];
}

for (const { name, connect, connectAsking } of CLIENTS) {
  for (const flags of [CONFIRM, DISCOVER]) {
    const discovers = flags === DISCOVER;
    const surface = discovers ? "a few tools" : "all tools";

    Deno.test(`without a user to ask, a deletion needs its plan: ${name}, ${surface}`, async () => {
      await using upstream = await startUpstream();
      const client = await connect(upstream.url, ...flags);
      try {
        const call = callerOf(client, discovers);
        const group = await firstGroup(call);
        const args = { locationId: group.locationId, huntGroupId: group.id };
        const first = await call("hunt_group_delete_a_hunt_group", args);
        assert.equal(first.isError, true);
        assert.equal(first.value.error.code, "confirmation_required");
        assert.equal(first.value.plan.object.name, group.name);
        assert.equal(first.value.plan.will_send.method, "DELETE");
        assert.deepEqual(changes(upstream), []);

        const shown = await call("hunt_group_delete_a_hunt_group", args, { dry_run: true });
        assert.deepEqual([shown.isError, shown.value.request], [false, first.value.plan.will_send]);
        assert.deepEqual(changes(upstream), []);

        const control = { plan_id: first.value.plan_id };
        const other = await call("hunt_group_delete_a_hunt_group", { ...args, huntGroupId: group.locationId }, control);
        assert.equal(other.isError, true);
        assert.deepEqual(changes(upstream), []);

        const second = await call("hunt_group_delete_a_hunt_group", args, control);
        assert.deepEqual([second.isError, second.value.status_code], [false, 204]);
        const third = await call("hunt_group_delete_a_hunt_group", args, control);
        assert.equal(third.value.error.code, "used_plan");
        assert.equal(changes(upstream).length, 1);
      } finally {
        await client.close();
      }
    });

    Deno.test(`a user who is asked decides, and a no is final: ${name}, ${surface}`, async () => {
      await using upstream = await startUpstream();
      const questions: string[] = [];
      const answers = ["decline", "cancel", "accept"] as const;
      const reply: Reply = (message) => answers[questions.push(message) - 1] ?? "cancel";
      const client = await connectAsking(upstream.url, reply, ...flags);
      try {
        const call = callerOf(client, discovers);
        const group = await firstGroup(call);
        const args = { locationId: group.locationId, huntGroupId: group.id };
        const outcomes = [];
        for (const _ of answers) outcomes.push(await call("hunt_group_delete_a_hunt_group", args));
        const [declined, dismissed, accepted] = outcomes;
        assert.deepEqual([declined?.isError, declined?.value.error.code], [true, "declined"]);
        assert.deepEqual([dismissed?.isError, dismissed?.value.error.code], [true, "dismissed"]);
        assert.deepEqual([accepted?.isError, accepted?.value.status_code], [false, 204]);
        assert.equal(changes(upstream).length, 1);
        assert.equal(questions.length, 3);
        for (const question of questions) {
          assert.ok(question.startsWith(`Delete a Hunt Group: "${group.name}"?`), question);
          assert.match(question, /cannot be undone/);
        }
        const update = { ...args, name: "Renamed" };
        const harmless = await call("hunt_group_update_a_hunt_group", update);
        assert.equal(harmless.value.status_code, 404);
        assert.equal(questions.length, 3);
      } finally {
        await client.close();
      }
    });
  }

  Deno.test(`discovery takes a few tools and 1,500 tokens, and reaches an endpoint by search: ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url, ...DISCOVER);
    try {
      const tools = await client.list();
      assert.deepEqual(tools.map((tool) => tool.name), [
        "webex_describe",
        "webex_next_page",
        "webex_read",
        "webex_result",
        "webex_search",
        "webex_wait_for_job",
        "webex_write",
      ]);
      const { value: found } = await client.call("webex_search", { query: "who works at a location", limit: 20 });
      assert.ok(found.results.length > 0 && found.total >= found.results.length);
      assert.deepEqual(Object.keys(found.results[0]), ["tool", "title", "feature", "method", "path", "kind"]);
      const { value: described } = await client.call("webex_describe", { tool: "people_list_people" });
      assert.deepEqual([described.call_with, described.method], ["webex_read", "GET"]);
      assert.equal(described.input_schema.type, "object");
      const people = await client.call("webex_read", {
        tool: "people_list_people",
        arguments: { max: 2 },
        fields: "items[].displayName",
      });
      assert.equal(people.value.body.length, 2);
      assert.equal(people.value.complete, false);
      const next = await client.call("webex_next_page", { next: people.value.next });
      assert.equal(next.value.status_code, 200);
      await assert.rejects(client.call("people_list_people", {}), /through webex_read/);
      const unknown = await client.call("webex_describe", { tool: "people_list_peple" });
      assert.deepEqual(unknown.value.error.details.nearest[0], "people_list_people");
    } finally {
      await client.close();
    }
  });

  Deno.test(`a read-only server has no tool that changes, and plans nothing: ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url, "--tools", "discover", "--read-only");
    try {
      assert.equal((await client.list()).some((tool) => tool.name === "webex_write"), false);
      await assert.rejects(client.call("webex_write", { tool: "people_delete_a_person" }), /read-only/);
      const hidden = await client.call("webex_describe", { tool: "people_delete_a_person" });
      assert.match(hidden.value.error.message, /read-only/);
      const { value } = await client.call("webex_search", { query: "delete a person", kind: "write" });
      assert.deepEqual([value.results, value.total], [[], 0]);
    } finally {
      await client.close();
    }
    assert.deepEqual(changes(upstream), []);
  });
}

Deno.test("a client that could ask and fails to does not get its change made", async () => {
  await using upstream = await startUpstream();
  const client = await CLIENTS[0]?.connectAsking(upstream.url, () => {
    throw new Error("no window to show it in");
  }, ...CONFIRM);
  assert.ok(client);
  try {
    const group = await firstGroup(callerOf(client, false));
    const args = { locationId: group.locationId, huntGroupId: group.id };
    const { isError, value } = await client.call("hunt_group_delete_a_hunt_group", args);
    assert.deepEqual([isError, value.error.code], [true, "confirmation_required"]);
    assert.match(value.guidance, /could not be asked/);
    assert.equal(value.plan_id, undefined);
  } finally {
    await client.close();
  }
  assert.deepEqual(changes(upstream), []);
});

Deno.test("state of a question that this server did not ask is a protocol error, and sends nothing", async () => {
  await using upstream = await startUpstream();
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": { elicitation: { form: {} } },
  };
  const running = start(serveArgs(upstream.url, ...CONFIRM));
  const params = {
    name: "people_delete_a_person",
    arguments: { personId: "cGVyc29u" },
    inputResponses: { consent: { action: "accept", content: {} } },
    requestState: "bm90IG91cnM",
    _meta,
  };
  await running.send({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const { stdout } = await running.finish();
  const [reply] = repliesOf(stdout);
  assert.equal(reply?.error?.code, -32602);
  assert.deepEqual(changes(upstream), []);
});

Deno.test("a plan is worth nothing after the server has started anew", async () => {
  await using upstream = await startUpstream();
  const call = async (args: Record<string, unknown>) => {
    const running = start(serveArgs(upstream.url, ...CONFIRM));
    await running.send(INITIALIZE, callMessage(1, "people_delete_a_person", args));
    const { stdout } = await running.finish();
    return JSON.parse(repliesOf(stdout).find(({ id }) => id === 1)?.result.content[0].text);
  };
  const first = await call({ personId: "cGVyc29u" });
  const second = await call({ personId: "cGVyc29u", plan_id: first.plan_id });
  assert.equal(second.error.code, "bad_plan");
  assert.deepEqual(changes(upstream), []);
});

/** A conversation in which the client answers the server's question in its own way. */
async function asked(
  upstream: Upstream,
  answer: (id: number | string) => unknown,
): Promise<{ reply: unknown; code: number }> {
  const running = start(serveArgs(upstream.url, ...CONFIRM));
  const lines = running.lines();
  const capabilities = { elicitation: {} };
  await running.send({ ...INITIALIZE, params: { ...INITIALIZE.params, capabilities } });
  await running.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  await running.send(callMessage(1, "people_delete_a_person", { personId: "cGVyc29u" }));
  let reply: unknown;
  for await (const line of lines) {
    const message = JSON.parse(line);
    if (message.method === "elicitation/create") {
      const said = answer(message.id);
      if (said === undefined) await running.closeInput();
      else await running.send(said);
    }
    if (message.id === 1 && message.method === undefined) {
      reply = message;
      await running.closeInput();
    }
  }
  const { code } = await running.child.status;
  return { reply, code };
}

Deno.test("an answer that makes no sense is no yes, and the call is answered", async () => {
  for (const broken of [{ result: null }, { result: [] }, { error: {} }, {}]) {
    await using upstream = await startUpstream();
    const { reply, code } = await asked(upstream, (id) => ({ jsonrpc: "2.0", id, ...broken }));
    assert.match(JSON.stringify(reply), /confirmation_required/, JSON.stringify(broken));
    assert.equal(code, 0);
    assert.deepEqual(changes(upstream), []);
  }
});

Deno.test("a question that is open when the input ends does not keep the program, and is no yes", async () => {
  await using upstream = await startUpstream();
  const { reply, code } = await asked(upstream, () => undefined);
  assert.match(JSON.stringify(reply), /confirmation_required/);
  assert.equal(code, 0);
  assert.deepEqual(changes(upstream), []);
});
