import assert from "node:assert/strict";
import { RefusedError, UpstreamError } from "../../src/core/errors.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import { createWebexClient, type WebexClient } from "../../src/webex/client.ts";
import type { PreparedRequest } from "../../src/webex/request.ts";

const TOKEN = "secret-token-0123456789";

function clientOf(fetch: Fetch, token: string | undefined = TOKEN, deadlineMs = 5_000): WebexClient {
  return createWebexClient({ fetch, deadlineMs, credential: { token: () => Promise.resolve(token) } });
}

function prepared(parts: Partial<PreparedRequest> = {}): PreparedRequest {
  return { method: "GET", url: new URL("https://webexapis.com/v1/people?a=1"), headers: new Headers(), ...parts };
}

/** Never answers, but ends when the request is aborted, as the network does. */
const hanging: Fetch = (request) =>
  new Promise((_, reject) => {
    const stop = () => reject(request.signal.reason);
    if (request.signal.aborted) stop();
    request.signal.addEventListener("abort", stop, { once: true });
  });

async function failureOf(call: Promise<unknown>): Promise<UpstreamError | RefusedError> {
  const error: unknown = await call.then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UpstreamError || error instanceof RefusedError, `Expected a failure, got ${error}`);
  assert.ok(error.guidance !== undefined);
  assert.doesNotMatch(`${error.message} ${error.guidance} ${JSON.stringify(error.details)}`, new RegExp(TOKEN));
  return error;
}

Deno.test("send() sends method, address, headers, body and the token, and reads the answer", async () => {
  const seen: Request[] = [];
  const client = clientOf((request) => {
    seen.push(request);
    return Promise.resolve(Response.json({ id: "x" }, { status: 201, headers: { trackingid: "T" } }));
  });
  const headers = new Headers({ "content-type": "application/json" });
  const answer = await client.send(prepared({ method: "POST", headers, body: '{"a":1}' }));
  assert.deepEqual(answer, { status: 201, body: { id: "x" }, hasNext: false, isPage: false, trackingId: "T" });
  const [request] = seen;
  assert.ok(request !== undefined);
  assert.equal(`${request.method} ${request.url}`, "POST https://webexapis.com/v1/people?a=1");
  assert.equal(request.headers.get("authorization"), `Bearer ${TOKEN}`);
  assert.equal(request.headers.get("content-type"), "application/json");
  assert.equal(await request.text(), '{"a":1}');
  assert.equal(headers.has("authorization"), false);
});

Deno.test("send() replaces any other credential among the headers", async () => {
  let authorization: string | null = null;
  const client = clientOf((request) => {
    authorization = request.headers.get("authorization");
    return Promise.resolve(new Response());
  });
  await client.send(prepared({ headers: new Headers({ Authorization: "Bearer other" }) }));
  assert.equal(authorization, `Bearer ${TOKEN}`);
});

Deno.test("send() refuses a call without a token, says how to get one, and sends nothing", async () => {
  let calls = 0;
  const client = createWebexClient({
    fetch: () => Promise.resolve(new Response(`${calls++}`)),
    credential: { token: () => Promise.resolve(undefined) },
  });
  const error = await failureOf(client.send(prepared()));
  assert.ok(error instanceof RefusedError);
  assert.equal(error.code, "no_access_token");
  assert.match(error.guidance ?? "", /WEBEX_ACCESS_TOKEN.*https:\/\/developer\.webex\.com/);
  assert.equal(calls, 0);
});

Deno.test("send() refuses a token that could carry a header of its own, without showing it", async () => {
  for (const token of [`${TOKEN}\r\nX: y`, `${TOKEN} b`, `${TOKEN}é`]) {
    assert.equal((await failureOf(clientOf(hanging, token).send(prepared()))).code, "malformed_access_token");
  }
});

Deno.test("send() gives up at the deadline and says what that means for a change", async () => {
  const read = await failureOf(clientOf(hanging, TOKEN, 5).send(prepared()));
  assert.equal(read.code, "deadline_exceeded");
  assert.equal(read.message, "Stopped GET /v1/people: no answer in time");
  const write = await failureOf(clientOf(hanging, TOKEN, 5).send(prepared({ method: "DELETE" })));
  assert.match(write.guidance ?? "", /may or may not have been made/);
});

Deno.test("send() gives up at the deadline while the body is still coming", async () => {
  const slow: Fetch = ({ signal }) => {
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array([91]));
        signal.addEventListener("abort", () => controller.error(signal.reason), { once: true });
      },
    });
    return Promise.resolve(new Response(body));
  };
  assert.equal((await failureOf(clientOf(slow, TOKEN, 5).send(prepared()))).code, "deadline_exceeded");
});

Deno.test("send() stops when the client cancels, and frees everything", async () => {
  const cancel = new AbortController();
  const call = failureOf(clientOf(hanging).send(prepared(), cancel.signal));
  cancel.abort(new Error("no longer needed"));
  const error = await call;
  assert.equal(error.code, "cancelled");
  assert.match(error.message, /^Stopped GET \/v1\/people: the client cancelled the call$/);
});

Deno.test("send() sends nothing when the call was cancelled before", async () => {
  let calls = 0;
  const client = clientOf(() => Promise.resolve(new Response(`${calls++}`)));
  const error = await failureOf(client.send(prepared(), AbortSignal.abort()));
  assert.equal(`${error.code}: ${error.guidance}`, "cancelled: Nothing was sent.");
  assert.equal(calls, 0);
});

Deno.test("send() says which host could not be reached and why", async () => {
  const client = clientOf(() => Promise.reject(new TypeError("dns error: no such host")));
  const error = await failureOf(client.send(prepared({ method: "PUT" })));
  assert.ok(error instanceof UpstreamError);
  assert.equal(error.code, "connection_failed");
  assert.equal(error.message, 'Cannot reach "webexapis.com" for PUT /v1/people: dns error: no such host');
  assert.match(error.guidance ?? "", /network, proxy and DNS.*may or may not have been made/);
  assert.ok(error.cause instanceof TypeError);
});

Deno.test("send() tells the reason that Deno keeps in the cause", async () => {
  const cause = new Error("dns error: failed to lookup address");
  const client = clientOf(() => Promise.reject(new TypeError("fetch failed", { cause })));
  const error = await failureOf(client.send(prepared()));
  assert.match(error.message, /fetch failed: dns error: failed to lookup address$/);
});

Deno.test("send() tells an answer that breaks off from a host that cannot be reached", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("connection reset")) });
  const client = clientOf(() => Promise.resolve(new Response(body)));
  const error = await failureOf(client.send(prepared({ method: "DELETE" })));
  assert.equal(error.code, "answer_broken");
  assert.match(error.guidance ?? "", /may or may not have been made/);
});

Deno.test("send() takes the token out of whatever the host repeats", async () => {
  const echo = (request: Request) => {
    const token = request.headers.get("authorization") ?? "";
    return Promise.resolve(Response.json({ message: `bad ${token}` }, { status: 401, headers: { trackingid: token } }));
  };
  const answer = await clientOf(echo).send(prepared());
  assert.deepEqual([answer.body, answer.trackingId], [{ message: "bad Bearer [redacted]" }, "Bearer [redacted]"]);
});

Deno.test("send() names the permission that the program lacks", async () => {
  const client = clientOf(() => Promise.reject(new Deno.errors.NotCapable("Requires net access")));
  const error = await failureOf(client.send(prepared()));
  assert.equal(error.code, "missing_permission");
  assert.match(error.guidance ?? "", /--allow-net=webexapis\.com/);
});

Deno.test("send() passes the refusal of a huge body on and cancels the body", async () => {
  let cancelled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(4 * 1024 * 1024)),
    cancel: () => {
      cancelled = true;
    },
  });
  const error = await failureOf(clientOf(() => Promise.resolve(new Response(body))).send(prepared()));
  assert.equal(error.code, "answer_too_large");
  assert.equal(cancelled, true);
});

Deno.test("send() keeps calls apart that run side by side", async () => {
  const client = clientOf(async (request) => {
    const number = Number(new URL(request.url).searchParams.get("n"));
    await new Promise((resolve) => setTimeout(resolve, number % 3));
    return Response.json(number);
  });
  const numbers = Array.from({ length: 32 }, (_, index) => index);
  const url = (number: number) => new URL(`https://webexapis.com/v1/x?n=${number}`);
  const answers = await Promise.all(numbers.map((number) => client.send(prepared({ url: url(number) }))));
  assert.deepEqual(answers.map(({ body }) => body), numbers);
});

Deno.test("send() does not follow a redirect, over a real socket", async () => {
  const paths: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    paths.push(new URL(request.url).pathname);
    return new Response("elsewhere", { status: 302, headers: { location: "/stolen" } });
  });
  const client = clientOf((request) => fetch(request));
  const { status } = await client.send(prepared({ url: new URL(`http://127.0.0.1:${server.addr.port}/v1/x`) }));
  await server.shutdown();
  assert.equal(status, 302);
  assert.deepEqual(paths, ["/v1/x"]);
});

Deno.test("send() closes the connection of a cancelled call, over a real socket", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const cancel = new AbortController();
  const url = new URL(`http://127.0.0.1:${listener.addr.port}/v1/x`);
  const call = failureOf(clientOf((request) => fetch(request)).send(prepared({ url }), cancel.signal));
  const connection = await listener.accept();
  const buffer = new Uint8Array(4_096);
  assert.notEqual(await connection.read(buffer), null);
  cancel.abort();
  assert.equal((await call).code, "cancelled");
  assert.equal(await connection.read(buffer), null);
  connection.close();
  listener.close();
});
