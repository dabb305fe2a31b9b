import type { Client } from "@modelcontextprotocol/client";
import { Server } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { registerPrompts } from "../../src/server/prompts.ts";
import { createWorkflowBook } from "../../src/tools/workflows/workflow_book.ts";
import { withInMemoryClient } from "../support/in_memory_client.ts";

/** Lets a real client talk to a server that has prompts only. */
async function withClient(knows: RegExp, work: (client: Client) => Promise<void>): Promise<void> {
  const find = (operation: string) => knows.test(operation) ? "some_tool" : undefined;
  const server = new Server({ name: "test", version: "0" }, { capabilities: { prompts: {} } });
  registerPrompts(server, {
    book: createWorkflowBook({ operations: () => Promise.resolve(find) }, "all"),
    hide: (text) => text.replaceAll("planted", "[redacted]"),
  });
  await withInMemoryClient(server, work);
}

async function promptText(client: Client, name: string, args: Record<string, string>): Promise<string> {
  const { description, messages } = await client.getPrompt({ name, arguments: args });
  const [message] = messages;
  assert.ok(messages.length === 1 && message?.role === "user" && message.content.type === "text");
  assert.ok((description ?? "").length > 0);
  return message.content.text;
}

Deno.test("registerPrompts() lists the workflows with their arguments", async () => {
  await withClient(/./, async (client) => {
    const { prompts } = await client.listPrompts();
    assert.equal(prompts.length, 13);
    const onboard = prompts.find(({ name }) => name === "onboard_user");
    assert.equal(onboard?.title, "Onboard a calling user");
    const [email, name] = onboard?.arguments ?? [];
    assert.deepEqual([email?.name, email?.required, name?.required], ["email", true, false]);
  });
});

Deno.test("registerPrompts() lists only what is possible, and says of the rest why it is not there", async () => {
  await withClient(/^GET /, async (client) => {
    const { prompts } = await client.listPrompts();
    assert.deepEqual(prompts.map(({ name }) => name), ["investigate_call_history", "explore_feature"]);
    const get = client.getPrompt({ name: "onboard_user", arguments: { email: "a@example.com" } });
    await assert.rejects(get, { code: -32602, message: /"onboard_user" is not available: it needs tools/ });
  });
});

Deno.test("registerPrompts() writes a prompt with what was given", async () => {
  await withClient(/./, async (client) => {
    const text = await promptText(client, "check_routing", { destination: "911", caller: "" });
    assert.match(text, /- destination: "911"\n\n/);
    assert.match(text, /Call `some_tool` \(POST \/telephony\/config\/actions\/testCallRouting\/invoke\)/);
  });
});

Deno.test("registerPrompts() refuses unknown prompts and arguments, and missing ones, with the nearest name", async () => {
  await withClient(/./, async (client) => {
    const cases: [string, Record<string, string>, RegExp][] = [
      ["onbord_user", {}, /Unknown prompt "onbord_user": did you mean "onboard_user"/],
      ["zzz", {}, /Unknown prompt "zzz"$/],
      ["check_routing", {}, /Cannot write prompt "check_routing": expected argument "destination" \(What is dialled/],
      ["check_routing", { destination: " \n" }, /expected argument "destination"/],
      ["move_users", {}, /expected argument "people" \(.*\), "location" \(/],
      ["check_routing", { destinaton: "1" }, /Unknown argument "destinaton" .*did you mean "destination"/],
      ["x".repeat(100_000), {}, /^.{0,200}$/],
    ];
    for (const [name, args, message] of cases) {
      await assert.rejects(client.getPrompt({ name, arguments: args }), { code: -32602, message });
    }
  });
});

Deno.test("registerPrompts() hides secrets, in prompts and in refusals", async () => {
  await withClient(/./, async (client) => {
    assert.match(await promptText(client, "check_routing", { destination: "planted" }), /"\[redacted\]"/);
    await assert.rejects(client.getPrompt({ name: "planted" }), /Unknown prompt "\[redacted\]"/);
  });
});
