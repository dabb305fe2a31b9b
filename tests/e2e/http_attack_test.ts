import assert from "node:assert/strict";
import fc from "fast-check";
import { legacyMessage, modernMessage } from "../support/http_messages.ts";
import { startHttp } from "../support/http_process.ts";
import { testSite } from "../support/http_site.ts";
import { TOKEN } from "../support/process.ts";

/** What a client that sends nonsense may be answered. */
const REFUSALS = [200, 202, 400, 403, 404, 405, 406, 413, 415, 422];

const METHODS = ["tools/call", "tools/list", "resources/read", "prompts/get", "completion/complete", "server/discover"];

/** Names that have a meaning somewhere, and any others. */
const member = fc.oneof(
  fc.constantFrom("jsonrpc", "id", "method", "params", "name", "arguments", "_meta", "__proto__", "constructor", "uri"),
  fc.string({ maxLength: 12 }),
);
const scalar = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "2.0",
    "webex_search",
    "webex_read",
    "webex_write",
    "webex://results/x",
    "webex://catalogue",
    ...METHODS,
  ),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(member, tie("value"), { maxKeys: 5 }),
  ),
})).value;

/** Almost a message: each member is right, wrong or missing. */
const almost = fc.record({
  jsonrpc: fc.oneof(fc.constant("2.0"), anything),
  id: fc.oneof(fc.integer(), fc.string(), anything),
  method: fc.oneof(fc.constantFrom(...METHODS), anything),
  params: fc.oneof(
    fc.record({ name: scalar, arguments: anything, uri: scalar, _meta: anything }, { requiredKeys: [] }),
    anything,
  ),
}, { requiredKeys: [] });

const body = fc.oneof(
  anything.map((value) => JSON.stringify(value)),
  almost.map((value) => JSON.stringify(value)),
  fc.array(almost, { maxLength: 5 }).map((value) => JSON.stringify(value)),
  fc.string({ unit: "binary", maxLength: 200 }),
  // Whole messages that break off.
  fc.tuple(almost, fc.nat(300)).map(([value, length]) => JSON.stringify(value).slice(0, length)),
);

const header = fc.record({
  "mcp-protocol-version": fc.constantFrom("2026-07-28", "2025-11-25", "2025-03-26", "1999-01-01", "x".repeat(500)),
  "mcp-method": fc.constantFrom(...METHODS, "nonsense"),
  "mcp-name": fc.constantFrom("webex_search", "people", "%00"),
  "mcp-session-id": fc.constantFrom("x", "../../etc/passwd"),
  accept: fc.constantFrom("application/json", "text/event-stream", "*/*", "text/html"),
  "content-type": fc.constantFrom(
    "application/json",
    "application/json; charset=utf-8",
    "text/plain",
    "application/json;;",
  ),
}, { requiredKeys: ["content-type", "accept"] });

Deno.test("thousands of malformed messages are each refused in time, and leave nothing behind", async () => {
  const site = await testSite();
  await fc.assert(
    fc.asyncProperty(body, header, async (text, headers) => {
      const response = await site.send({ method: "POST", body: text, headers });
      assert.ok(REFUSALS.includes(response.status), `${response.status} for ${text} with ${JSON.stringify(headers)}`);
      const answer = await response.text();
      assert.equal(/\bat .*\.m?[tj]s:\d+/.test(answer), false, answer);
    }),
    { numRuns: 4_000, endOnFailure: true },
  );
  await Promise.resolve();
  assert.equal(site.inFlight.count, 0);
  assert.deepEqual(site.log.lines.filter((line) => line.startsWith("ERROR")), []);
  const good = await site.send(modernMessage("tools/list"));
  assert.equal(good.status, 200);
});

/** Sends bytes as they are, and reads the first line of the answer. */
async function firstLine(url: string, head: string, rest: Uint8Array = new Uint8Array()): Promise<string> {
  const { hostname, port } = new URL(url);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const writing = (async () => {
    const writer = connection.writable.getWriter();
    await writer.write(new TextEncoder().encode(head));
    if (rest.length > 0) await writer.write(rest);
  })().catch(() => {});
  const buffer = new Uint8Array(4096);
  const length = await connection.read(buffer).catch(() => null);
  await writing;
  return new TextDecoder().decode(buffer.subarray(0, length ?? 0)).split("\r\n")[0] ?? "";
}

Deno.test("attacks on a real server get the right status, nothing leaks, and it serves on", async () => {
  await using server = await startHttp({ flags: ["--tools", "discover"], permissions: ["-P=http"] });
  const post = (headers: string, path = "/mcp") =>
    `POST ${path} HTTP/1.1\r\nContent-Type: application/json\r\nAccept: application/json\r\n${headers}\r\n\r\n`;
  const local = "Host: 127.0.0.1";
  const cases: [string, string, RegExp][] = [
    ["a rebound name", post("Host: evil.example\r\nContent-Length: 0"), / 403 /],
    ["a name that begins like ours", post("Host: 127.0.0.1.evil.example\r\nContent-Length: 0"), / 403 /],
    ["a foreign page", post(`${local}\r\nOrigin: https://evil.example\r\nContent-Length: 0`), / 403 /],
    ["a page without origin", post(`${local}\r\nOrigin: null\r\nContent-Length: 0`), / 403 /],
    ["another host in the target", post(`${local}\r\nContent-Length: 0`, "http://evil.example/mcp"), / 40[03] /],
    ["a way around", post(`${local}\r\nContent-Length: 0`, "/healthz/../mcp"), / 400 /],
    ["an encoded path", post(`${local}\r\nContent-Length: 0`, "/%6d%63%70"), / 400 /],
    ["a null byte", post(`${local}\r\nContent-Length: 0`, "/mcp%00"), / 400 /],
    ["a token in the address", post(`${local}\r\nContent-Length: 0`, "/mcp?access_token=x"), / 400 /],
    ["many fields", post(`${local}\r\n${"X: y\r\n".repeat(200)}Content-Length: 0`), / 431 /],
    ["a long field", post(`${local}\r\nX: ${"y".repeat(20_000)}\r\nContent-Length: 0`), / 431 /],
    ["two lengths", post(`${local}\r\nContent-Length: 5\r\nContent-Length: 6`), / 400 /],
    ["length and chunks", post(`${local}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked`), / 400 /],
    ["no host", "POST /mcp HTTP/1.1\r\nContent-Length: 0\r\n\r\n", / 40[03] /],
    ["a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n", /^$| 40[035] /],
    ["another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", /^$| 400 | 505 /],
  ];
  for (const [name, head, status] of cases) assert.match(await firstLine(server.url, head), status, name);

  const huge = new Uint8Array(17 * 1024 * 1024).fill(0x20);
  assert.match(await firstLine(server.url, post(`${local}\r\nContent-Length: ${huge.length}`), huge), / 413 /);
  const nested = new TextEncoder().encode("[".repeat(1_000_000));
  assert.match(await firstLine(server.url, post(`${local}\r\nContent-Length: ${nested.length}`), nested), / 400 /);

  for (const message of [legacyMessage, modernMessage]) {
    const good = await fetch(server.url, message("tools/list"));
    assert.equal(good.status, 200);
    await good.body?.cancel();
  }
  assert.equal(server.log().includes(TOKEN), false);
  assert.equal(server.log().includes("access_token=x"), false);
  assert.doesNotMatch(server.log(), /^ERROR/m);
});

Deno.test("sealed tokens that were forged, changed or used before open nothing over HTTP", async () => {
  const site = await testSite({ confirm: "destructive" });
  // deno-lint-ignore no-explicit-any -- results are looked into freely
  async function call(name: string, args: Record<string, unknown>): Promise<any> {
    const response = await site.send(modernMessage("tools/call", { name, arguments: args }));
    return JSON.parse((await response.json()).result.content[0].text);
  }
  const list = await call("webex_read", { tool: "hunt_group_read_the_list_of_hunt_groups", arguments: { max: 1 } });
  const [{ id: huntGroupId, locationId }] = list.body.huntGroups;
  const change = { tool: "hunt_group_delete_a_hunt_group", arguments: { huntGroupId, locationId } };
  const { plan_id: plan } = await call("webex_write", change);
  const { next } = list;
  const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const forged = [
    flip(plan, 3),
    flip(plan, plan.length - 2),
    plan.slice(1),
    `${plan}A`,
    next,
    "x",
    "A".repeat(70_000),
  ];
  for (const plan_id of forged) {
    const { error, status_code } = await call("webex_write", { ...change, plan_id });
    assert.equal(status_code, undefined);
    assert.ok(["bad_plan", "invalid_arguments"].includes(error.code), `${error.code} for ${plan_id.slice(0, 20)}`);
  }
  for (const token of [flip(next, 5), plan, "x"]) {
    assert.equal((await call("webex_next_page", { next: token })).error.code, "bad_token");
  }
  const [one, two] = await Promise.all([
    call("webex_write", { ...change, plan_id: plan }),
    call("webex_write", { ...change, plan_id: plan }),
  ]);
  const codes = [one, two].map((value) => value.status_code ?? value.error.code);
  assert.deepEqual(codes.sort(), [204, "used_plan"]);
});
