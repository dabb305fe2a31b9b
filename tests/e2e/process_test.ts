import assert from "node:assert/strict";
import {
  callMessage,
  INITIALIZE,
  MAIN,
  repliesOf,
  runMain,
  serveArgs,
  start,
  startUpstream,
  TOKEN,
  until,
} from "../support/process.ts";

Deno.test("the server writes nothing but protocol to standard output, and its log to standard error", async () => {
  await using upstream = await startUpstream();
  const server = start(serveArgs(upstream.url));
  await server.send(
    INITIALIZE,
    callMessage(1, "people_create_a_person", { emails: ["a@example.com"] }),
    "this is no JSON",
    "{}",
  );
  await until(() => upstream.sandbox.requests.entries.length === 1);
  const { code, stdout, stderr } = await server.finish();
  assert.equal(code, 0);
  assert.deepEqual(repliesOf(stdout).map((reply) => reply.id), [0, 1]);
  assert.match(stderr, /^INFO: Loaded 1177 API endpoints$/m);
  assert.match(stderr, /^INFO: Executing POST \/people$/m);
  assert.match(stderr, /^INFO: Action: POST \/people \| Status: 200$/m);
  assert.ok(!(stdout + stderr).includes(TOKEN));
});

Deno.test("the server finishes calls in flight when its input ends", async () => {
  await using upstream = await startUpstream();
  upstream.sandbox.faults.add({ path: "/people", delayMs: 400 });
  const server = start(serveArgs(upstream.url));
  await server.send(INITIALIZE, callMessage(1, "people_list_people"));
  const { code, stdout } = await server.finish();
  assert.equal(code, 0);
  assert.equal(JSON.parse(repliesOf(stdout)[1]?.result.content[0].text).status_code, 200);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`the server finishes calls in flight on ${signal}`, async () => {
    await using upstream = await startUpstream();
    upstream.sandbox.faults.add({ path: "/people", delayMs: 400 });
    const server = start(serveArgs(upstream.url));
    await server.send(INITIALIZE, callMessage(1, "people_list_people"));
    await until(() => upstream.sandbox.requests.entries.length === 1);
    server.child.kill(signal);
    const { status } = server.child;
    await status;
    const { code, stdout } = await server.finish();
    assert.equal(code, 0);
    assert.equal(JSON.parse(repliesOf(stdout)[1]?.result.content[0].text).status_code, 200);
  });
}

Deno.test("the server answers calls side by side", async () => {
  await using upstream = await startUpstream();
  upstream.sandbox.faults.add({ path: "/people", delayMs: 500 });
  const server = start(serveArgs(upstream.url));
  await server.send(INITIALIZE, callMessage(1, "people_list_people"), callMessage(2, "locations_list_locations"));
  const { stdout } = await server.finish();
  assert.deepEqual(repliesOf(stdout).map((reply) => reply.id), [0, 2, 1]);
});

Deno.test("the server aborts the request of a cancelled call", async () => {
  let aborted = false;
  const { promise: received, resolve: receive } = Promise.withResolvers<void>();
  const upstream = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    request.signal.addEventListener("abort", () => aborted = true);
    receive();
    await until(() => aborted);
    return new Response();
  });
  const server = start(serveArgs(`http://127.0.0.1:${upstream.addr.port}`));
  await server.send(INITIALIZE, callMessage(1, "people_list_people"));
  await received;
  await server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  await until(() => aborted);
  const { code } = await server.finish();
  await upstream.shutdown();
  assert.equal(code, 0);
});

Deno.test("the server reuses its connection", async () => {
  const ports = new Set<number>();
  let answered = 0;
  const upstream = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (_, { remoteAddr }) => {
    ports.add(remoteAddr.port);
    answered++;
    return Response.json({ items: [] });
  });
  const server = start(serveArgs(`http://127.0.0.1:${upstream.addr.port}`));
  await server.send(INITIALIZE);
  for (let id = 1; id <= 5; id++) {
    await server.send(callMessage(id, "people_list_people"));
    await until(() => answered === id);
    // The answer has to arrive before its connection is free.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await server.finish();
  await upstream.shutdown();
  assert.equal(ports.size, 1);
});

Deno.test("the server starts and lists without a credential, and a call says how to set one", async () => {
  const server = start(["run", "--quiet", "-P=serve", MAIN], { WEBEX_ACCESS_TOKEN: "" });
  await server.send(INITIALIZE, { jsonrpc: "2.0", id: 1, method: "tools/list" }, callMessage(2, "people_list_people"));
  const { code, stdout } = await server.finish();
  const replies = repliesOf(stdout);
  assert.equal(code, 0);
  assert.equal(replies[1]?.result.tools.length, 1180);
  const refusal = JSON.parse(replies[2]?.result.content[0].text);
  assert.equal(refusal.error.code, "no_access_token");
  assert.match(refusal.guidance, /WEBEX_ACCESS_TOKEN/);
});

Deno.test("the permission set serve reaches Webex hosts only", async () => {
  await using upstream = await startUpstream();
  const server = start(["run", "--quiet", "-P=serve", MAIN, "serve", "--base-url", upstream.url]);
  await server.send(INITIALIZE, callMessage(1, "people_list_people"));
  const { stdout } = await server.finish();
  const refusal = JSON.parse(repliesOf(stdout)[1]?.result.content[0].text);
  assert.equal(refusal.error.code, "missing_permission");
  assert.match(refusal.guidance, /--allow-net=127\.0\.0\.1/);
  assert.equal(upstream.sandbox.requests.entries.length, 0);
});

Deno.test("the sandbox needs no permission", async () => {
  const server = start(["run", "--quiet", "--no-prompt", MAIN, "serve", "--sandbox"]);
  await server.send(INITIALIZE, callMessage(1, "people_list_people"));
  const { code, stdout, stderr } = await server.finish();
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(repliesOf(stdout)[1]?.result.content[0].text).status_code, 200);
});

Deno.test("read-only lists no tool that changes anything, and calls none", async () => {
  await using upstream = await startUpstream();
  const server = start(serveArgs(upstream.url, "--read-only"));
  await server.send(
    INITIALIZE,
    { jsonrpc: "2.0", id: 1, method: "tools/list" },
    callMessage(2, "people_delete_a_person", { personId: "x" }),
  );
  const { stdout } = await server.finish();
  const [, listed, called] = repliesOf(stdout);
  const tools: { annotations: { readOnlyHint: boolean } }[] = listed?.result.tools;
  assert.ok(tools.length > 500);
  assert.ok(tools.every((tool) => tool.annotations.readOnlyHint));
  assert.equal(called?.error?.code, -32602);
  assert.equal(upstream.sandbox.requests.entries.length, 0);
});

const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["an unknown flag", ["serve", "--reed-only"], /--read-only/],
  ["an unknown feature", ["serve", "--features", "Hunt Grup"], /Hunt Group/],
  ["a collection that is not there", ["serve", "--collection", "/nowhere/x.json"], /x\.json/],
  ["a base URL that is none", ["serve", "--base-url", "webexapis"], /base-url/],
  ["an unknown command", ["serv"], /serve/],
];

for (const [what, args, hint] of WRONG) {
  Deno.test(`the program ends with code 2 and a clear line on ${what}`, async () => {
    const { code, stdout, stderr } = await runMain(args);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, hint);
    assert.ok(!/\n\s+at /.test(stderr), stderr);
  });
}

Deno.test("the program ends with code 2 on malformed JSON, and says where", async () => {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(file, '{\n  "openapi": "3.1.0",\n  oops\n}');
    const { code, stdout, stderr } = await runMain(["serve", "--collection", file]);
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /line 3/);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("tools --json tells name, title, feature, method, path, kind and scopes of the selection", async () => {
  const { code, stdout } = await runMain(["tools", "--json", "--features", "people"]);
  assert.equal(code, 0);
  const tools: Record<string, unknown>[] = JSON.parse(stdout);
  assert.deepEqual(tools.find((tool) => tool.name === "people_create_a_person"), {
    name: "people_create_a_person",
    title: "Create a Person",
    feature: "People",
    method: "POST",
    path: "/people",
    kind: "write",
    scopes: ["spark-admin:people_write"],
  });
  assert.equal(tools.length, 6);
});

Deno.test("call runs one tool and ends with code 1 when it fails", async () => {
  await using upstream = await startUpstream();
  const good = await runMain(["call", "people_list_people", "max=1", "--base-url", upstream.url]);
  assert.equal(good.code, 0, good.stderr);
  assert.equal(JSON.parse(good.stdout).status_code, 200);
  const bad = await runMain(["call", "people_get_person_details", "personId=nope", "--base-url", upstream.url]);
  assert.equal(bad.code, 1);
  assert.equal(JSON.parse(bad.stdout).status_code, 404);
});

Deno.test("the demonstration shows a hunt group's life and ends well", async () => {
  const { code, stdout } = await start(["task", "--quiet", "demo"]).finish();
  assert.equal(code, 0, stdout);
  assert.match(stdout, /It lists 1180 tools/);
  assert.match(stdout, /did you mean "locationId"\?/);
});

Deno.test("the token does not go to the server that a collection names, unless it is chosen for every call", async () => {
  let authorization: string | null = null;
  const upstream = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    authorization = request.headers.get("authorization");
    return Response.json({ ok: true });
  });
  const url = `http://127.0.0.1:${upstream.addr.port}`;
  const file = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const paths = { "/books": { get: { summary: "List books", tags: ["Books"], responses: {} } } };
    const document = { openapi: "3.1.0", info: { title: "Library", version: "1" }, servers: [{ url }], paths };
    await Deno.writeTextFile(file, JSON.stringify(document));
    const tools = await runMain(["tools", "--json", "--collection", file, "--features", "books"]);
    const [{ name }] = JSON.parse(tools.stdout);
    const refused = await runMain(["call", name, "--collection", file]);
    assert.equal(refused.code, 1);
    assert.equal(JSON.parse(refused.stdout).error.code, "foreign_origin");
    assert.equal(authorization, null);
    const chosen = await runMain(["call", name, "--collection", file, "--base-url", url]);
    assert.equal(chosen.code, 0, chosen.stdout);
    assert.equal(authorization, `Bearer ${TOKEN}`);
  } finally {
    await Deno.remove(file);
    await upstream.shutdown();
  }
});
