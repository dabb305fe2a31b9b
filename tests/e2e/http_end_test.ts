import assert from "node:assert/strict";
import { modernMessage } from "../support/http_messages.ts";
import { startHttp } from "../support/http_process.ts";
import { startSlowUpstream } from "../support/slow_upstream.ts";
import { until } from "../support/process.ts";

const READ = modernMessage("tools/call", { name: "people_list_people", arguments: {} });
const WRITE = modernMessage("tools/call", {
  name: "people_create_a_person",
  arguments: { emails: ["ann@example.com"], displayName: "Ann" },
});

// deno-lint-ignore no-explicit-any -- results are looked into freely
async function valueOf(response: Response): Promise<any> {
  const { result } = await response.json();
  return JSON.parse(result.content[0].text);
}

/** The lines of an audit trail. */
// deno-lint-ignore no-explicit-any -- lines are looked into freely
async function linesOf(path: string): Promise<any[]> {
  return (await Deno.readTextFile(path)).split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

Deno.test("SIGTERM lets calls in flight finish, takes no further request, and ends the program with 0", async () => {
  await using upstream = await startSlowUpstream();
  await using server = await startHttp({ upstream: upstream.url });
  const answer = fetch(server.url, READ);
  await until(() => upstream.arrived() === 1);
  const code = server.end();
  await server.logged("Ending; 1 requests");
  await assert.rejects(fetch(server.url, READ));
  upstream.answerAll();
  const response = await answer;
  assert.equal((await valueOf(response)).status_code, 200);
  assert.equal(await code, 0);
});

Deno.test("SIGTERM loses no change: one that takes too long is answered and recorded as unknown", async () => {
  const directory = await Deno.makeTempDir();
  try {
    const audit = `${directory}/audit.jsonl`;
    await using upstream = await startSlowUpstream();
    await using server = await startHttp({ upstream: upstream.url, flags: ["--drain", "1", "--audit", audit] });
    const answer = fetch(server.url, WRITE);
    await until(() => upstream.arrived() === 1);
    assert.equal(await server.end(), 0);
    const response = await answer;
    const value = await valueOf(response);
    assert.equal(value.outcome_unknown, true, JSON.stringify(value));
    const id = response.headers.get("x-request-id");
    const recorded = (await linesOf(audit)).find(({ outcome }) => outcome !== undefined);
    assert.equal(recorded.outcome, "unknown", JSON.stringify(recorded));
    assert.equal(recorded.request, id);
    assert.match(server.log(), /Cancelled 1 requests that were still under way/);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("SIGTERM a second time does not wait for calls in flight", async () => {
  await using upstream = await startSlowUpstream();
  await using server = await startHttp({ upstream: upstream.url, flags: ["--drain", "600"] });
  const answer = fetch(server.url, READ).then(valueOf);
  await until(() => upstream.arrived() === 1);
  const code = server.end();
  await server.logged("Ending; 1 requests");
  server.child.kill("SIGTERM");
  assert.equal(await code, 0);
  assert.equal((await answer).error.code, "cancelled");
});

Deno.test("SIGTERM waits for no request whose body doesn't come", async () => {
  await using server = await startHttp({ flags: ["--tools", "discover", "--drain", "30"] });
  const { hostname, port } = new URL(server.url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const head =
    `POST /mcp HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
  await connection.write(new TextEncoder().encode(head));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const begun = performance.now();
  assert.equal(await server.end(), 0);
  assert.ok(performance.now() - begun < 10_000);
});
