import { Client as ModernClient } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import assert from "node:assert/strict";
import { serveArgs, startUpstream, TOKEN } from "../support/process.ts";

const INFO = { name: "test", version: "0" };

interface Listed {
  readonly name: string;
  readonly inputSchema: { readonly type: string };
  readonly annotations?: { readonly readOnlyHint?: boolean | undefined } | undefined;
}

/** What the three clients have in common. */
interface Driven {
  readonly revision: string | undefined;
  readonly instructions: string | undefined;
  list(): Promise<readonly Listed[]>;
  // deno-lint-ignore no-explicit-any -- results are looked into freely
  call(name: string, args: Record<string, unknown>): Promise<{ isError: boolean; value: any }>;
  close(): Promise<void>;
}

interface TextResult {
  readonly isError?: boolean | undefined;
  readonly content: readonly { readonly type: string; readonly text?: string | undefined }[];
}

function outcome(result: TextResult): { isError: boolean; value: unknown } {
  assert.equal(result.content.length, 1);
  return { isError: result.isError === true, value: JSON.parse(result.content[0]?.text ?? "") };
}

/** The SDKs' own `close` leaves a timer behind when the server is still there, so the server is ended before it. */
async function end(
  client: { onclose?: (() => void) | undefined; close(): Promise<void> },
  pid: number | null,
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  client.onclose = resolve;
  if (pid !== null) Deno.kill(pid, "SIGTERM");
  await closed;
  await client.close();
}

/** How long the probe of a pinned client keeps its timer, in milliseconds. */
const PROBE_TIMER_MS = 1_050;

function parameters(url: string) {
  return {
    command: Deno.execPath(),
    args: serveArgs(url),
    env: { WEBEX_ACCESS_TOKEN: TOKEN },
    stderr: "ignore",
  } as const;
}

async function version1(url: string): Promise<Driven> {
  const client = new LegacyClient(INFO);
  const transport = new LegacyTransport({ ...parameters(url), args: [...parameters(url).args] });
  await client.connect(transport);
  return {
    revision: "2025-11-25",
    instructions: client.getInstructions(),
    list: async () => (await client.listTools()).tools,
    call: async (name, args) => outcome(await client.callTool({ name, arguments: args }) as TextResult),
    close: () => end(client, transport.pid),
  };
}

async function version2(url: string, pin?: string): Promise<Driven> {
  const client = new ModernClient(INFO, pin === undefined ? {} : { versionNegotiation: { mode: { pin } } });
  const transport = new StdioClientTransport({ ...parameters(url), args: [...parameters(url).args] });
  await client.connect(transport);
  return {
    revision: client.getNegotiatedProtocolVersion(),
    instructions: client.getInstructions(),
    list: async () => (await client.listTools()).tools,
    call: async (name, args) => outcome(await client.callTool({ name, arguments: args }) as TextResult),
    close: async () => {
      await end(client, transport.pid);
      if (pin !== undefined) await new Promise((resolve) => setTimeout(resolve, PROBE_TIMER_MS));
    },
  };
}

const CLIENTS: readonly (readonly [string, string, (url: string) => Promise<Driven>])[] = [
  ["SDK 1", "2025-11-25", version1],
  ["SDK 2, unpinned", "2025-11-25", version2],
  ["SDK 2, pinned to 2026-07-28", "2026-07-28", (url) => version2(url, "2026-07-28")],
];

for (const [name, revision, connect] of CLIENTS) {
  Deno.test(`the server serves the client of ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url);
    try {
      assert.equal(client.revision, revision);
      assert.match(client.instructions ?? "", /Webex Calling/);

      const tools = await client.list();
      assert.equal(tools.length, 1180);
      assert.equal(tools.find((tool) => tool.name === "people_list_people")?.annotations?.readOnlyHint, true);

      const people = await client.call("people_list_people", { max: "2" });
      assert.equal(people.isError, false);
      assert.equal(people.value.status_code, 200);
      assert.equal(people.value.items_returned, 2);
      assert.equal(people.value.complete, false);

      const created = await client.call("people_create_a_person", {
        emails: ["ada@example.com"],
        firstName: "Ada",
        lastName: "Lovelace",
      });
      assert.equal(created.isError, false);
      const personId = created.value.body.id;
      const read = await client.call("people_get_person_details", { personId });
      assert.equal(read.value.body.firstName, "Ada");

      const refused = await client.call("people_get_person_details", { personID: personId });
      assert.equal(refused.isError, true);
      assert.equal(refused.value.status_code, undefined);
      assert.match(JSON.stringify(refused.value), /did you mean \\?\\"personId/);

      const deleted = await client.call("people_delete_a_person", { personId });
      assert.deepEqual([deleted.isError, deleted.value.status_code, deleted.value.body], [false, 204, null]);
      const gone = await client.call("people_get_person_details", { personId });
      assert.equal(gone.isError, true);
      assert.equal(gone.value.status_code, 404);
      assert.ok(gone.value.error.message.length > 0);
      assert.ok(gone.value.guidance.length > 0);
      assert.ok(gone.value.tracking_id.length > 0);

      await assert.rejects(client.call("people_list_peple", {}), /people_list_people/);
    } finally {
      await client.close();
    }
    const sent = upstream.sandbox.requests.entries.map(({ method, path }) => `${method} ${path.split("/")[1]}`);
    assert.deepEqual(sent, ["GET people", "POST people", "GET people", "DELETE people", "GET people"]);
  });
}
