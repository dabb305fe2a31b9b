import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { beginCall } from "../../src/core/context.ts";
import { RefusedError, UpstreamError } from "../../src/core/errors.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createWebexClient, type Exchange, type Outgoing } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";
import { credentialOf } from "../support/fake_credential.ts";

const TOKEN = "secret-token-0123456789";

function outgoing(parts: Partial<Outgoing> = {}): Outgoing {
  const url = new URL("https://webexapis.com/v1/people?a=1");
  return { method: "GET", kind: "read", url, headers: new Headers(), ...parts };
}

interface Parts {
  readonly token?: string;
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** Sends by the fake clock, and moves it on until there is an answer. */
async function send(fetch: Fetch, parts: Partial<Outgoing> = {}, options: Parts = {}): Promise<Exchange> {
  const { token = TOKEN, ...limits } = options;
  const clock = new FakeClock();
  const governor = createGovernor({ clock, random: () => 0 });
  const credential = token === "" ? credentialOf() : credentialOf(token);
  const client = createWebexClient({ fetch, credential, clock, governor, secrets: new Secrets(), random: () => 0.5 });
  using call = callOf(clock, limits);
  return await clock.until(client.send(outgoing(parts), call));
}

/** Sends by the computer's clock, for work with real sockets. */
async function sendReally(fetch: Fetch, url: URL, signal?: AbortSignal): Promise<Exchange> {
  const clock = systemClock;
  const governor = createGovernor({ clock, random: () => 0 });
  const client = createWebexClient({ fetch, credential: credentialOf(TOKEN), clock, governor, secrets: new Secrets() });
  using call = beginCall({ clock, deadlineMs: 5_000, signal });
  return await client.send(outgoing({ url }), call);
}

const WRITE = { kind: "write" } as const;

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
  const headers = new Headers({ "content-type": "application/json" });
  const answer = await send((request) => {
    seen.push(request);
    return Promise.resolve(Response.json({ id: "x" }, { status: 201, headers: { trackingid: "T" } }));
  }, { ...WRITE, method: "POST", headers, body: '{"a":1}' });
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
  await send((request) => {
    authorization = request.headers.get("authorization");
    return Promise.resolve(new Response());
  }, { headers: new Headers({ Authorization: "Bearer other" }) });
  assert.equal(authorization, `Bearer ${TOKEN}`);
});

Deno.test("send() refuses a call without a token, says how to get one, and sends nothing", async () => {
  let calls = 0;
  const error = await failureOf(send(() => Promise.resolve(new Response(`${calls++}`)), {}, { token: "" }));
  assert.ok(error instanceof RefusedError);
  assert.equal(error.code, "no_access_token");
  assert.equal(error.guidance, "Set WEBEX_ACCESS_TOKEN to a fresh token.");
  assert.equal(calls, 0);
});

Deno.test("send() refuses a token that could carry a header of its own, without showing it", async () => {
  for (const token of [`${TOKEN}\r\nX: y`, `${TOKEN} b`, `${TOKEN}é`]) {
    assert.equal((await failureOf(send(hanging, {}, { token }))).code, "malformed_access_token");
  }
});

Deno.test("send() gives up at the deadline and says what that means for a change", async () => {
  const read = await failureOf(send(hanging, {}, { deadlineMs: 5 }));
  assert.equal(`${read.code}: ${read.message}`, "deadline_exceeded: Stopped GET /v1/people: no answer in time");
  assert.equal(read.details, undefined);
  const write = await failureOf(send(hanging, { ...WRITE, method: "DELETE" }, { deadlineMs: 5 }));
  assert.match(write.guidance ?? "", /may or may not have been made/);
  assert.deepEqual(write.details, { outcome_unknown: true });
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
  assert.equal((await failureOf(send(slow, {}, { deadlineMs: 5 }))).code, "deadline_exceeded");
});

Deno.test("send() stops when the client cancels, and frees everything", async () => {
  const cancel = new AbortController();
  const fetch: Fetch = (request) => {
    queueMicrotask(() => cancel.abort(new Error("no longer needed")));
    return hanging(request);
  };
  const error = await failureOf(send(fetch, {}, { signal: cancel.signal }));
  assert.equal(error.code, "cancelled");
  assert.match(error.message, /^Stopped GET \/v1\/people: the client cancelled the call$/);
});

Deno.test("send() sends nothing when the call was cancelled before", async () => {
  let calls = 0;
  const fetch: Fetch = () => Promise.resolve(new Response(`${calls++}`));
  const error = await failureOf(send(fetch, {}, { signal: AbortSignal.abort() }));
  assert.ok(error instanceof RefusedError);
  assert.equal(`${error.code}: ${error.guidance}`, "cancelled: Nothing was sent.");
  assert.equal(calls, 0);
});

Deno.test("send() says which host could not be reached and why", async () => {
  const error = await failureOf(
    send(() => Promise.reject(new TypeError("dns error: no such host")), { ...WRITE, method: "PUT" }),
  );
  assert.ok(error instanceof UpstreamError);
  assert.equal(error.code, "connection_failed");
  assert.equal(error.message, 'Cannot reach "webexapis.com" for PUT /v1/people: dns error: no such host');
  assert.match(error.guidance ?? "", /network, proxy and DNS.*did not reach Webex/);
  assert.ok(error.cause instanceof TypeError);
});

Deno.test("send() tells the reason that Deno keeps in the cause", async () => {
  const cause = new Error("dns error: failed to lookup address");
  const error = await failureOf(send(() => Promise.reject(new TypeError("fetch failed", { cause }))));
  assert.match(error.message, / for GET \/v1\/people: dns error: failed to lookup address$/);
});

Deno.test("send() tells an answer that breaks off from a host that cannot be reached", async () => {
  const broken: Fetch = () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("connection reset")) });
    return Promise.resolve(new Response(body));
  };
  const error = await failureOf(send(broken, { ...WRITE, method: "DELETE" }));
  assert.equal(error.code, "answer_broken");
  assert.match(error.guidance ?? "", /may or may not have been made/);
});

Deno.test("send() takes the token out of whatever the host repeats", async () => {
  const echo: Fetch = (request) => {
    const token = request.headers.get("authorization") ?? "";
    const headers = { trackingid: token, link: `<https://x/?t=${token}>; rel="next"` };
    return Promise.resolve(Response.json({ message: `bad ${token}` }, { status: 401, headers }));
  };
  const answer = await send(echo);
  assert.deepEqual([answer.body, answer.trackingId], [{ message: "bad Bearer [redacted]" }, "Bearer [redacted]"]);
  assert.doesNotMatch(JSON.stringify(answer), new RegExp(TOKEN));
});

Deno.test("send() names the permission that the program lacks, and doesn't try again", async () => {
  let calls = 0;
  const error = await failureOf(send(() => {
    calls++;
    return Promise.reject(new Deno.errors.NotCapable("Requires net access"));
  }));
  assert.equal(error.code, "missing_permission");
  assert.match(error.guidance ?? "", /--allow-net=webexapis\.com/);
  assert.equal(calls, 1);
});

Deno.test("send() passes the refusal of a huge body on, cancels the body, and doesn't try again", async () => {
  let cancelled = 0;
  const huge: Fetch = () => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(16 * 1024 * 1024)),
      cancel: () => void cancelled++,
    });
    return Promise.resolve(new Response(body));
  };
  assert.equal((await failureOf(send(huge))).code, "answer_too_large");
  assert.equal(cancelled, 1);
});

Deno.test("send() keeps calls apart that run side by side", async () => {
  const clock = new FakeClock();
  const client = createWebexClient({
    fetch: async (request) => {
      const number = Number(new URL(request.url).searchParams.get("n"));
      await clock.sleep(number % 3);
      return Response.json(number);
    },
    credential: credentialOf(TOKEN),
    clock,
    governor: createGovernor({ clock, random: () => 0, concurrency: 10 }),
    secrets: new Secrets(),
  });
  const numbers = Array.from({ length: 32 }, (_, index) => index);
  using call = callOf(clock);
  const url = (number: number) => new URL(`https://webexapis.com/v1/x?n=${number}`);
  const answers = await clock.until(
    Promise.all(numbers.map((number) => client.send(outgoing({ url: url(number) }), call))),
  );
  assert.deepEqual(answers.map(({ body }) => body), numbers);
  assert.equal(call.trace.attempts, 32);
});

Deno.test("send() does not follow a redirect, over a real socket", async () => {
  const paths: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    paths.push(new URL(request.url).pathname);
    return new Response("elsewhere", { status: 302, headers: { location: "/stolen" } });
  });
  const { status } = await sendReally(
    (request) => fetch(request),
    new URL(`http://127.0.0.1:${server.addr.port}/v1/x`),
  );
  await server.shutdown();
  assert.equal(status, 302);
  assert.deepEqual(paths, ["/v1/x"]);
});

Deno.test("send() closes the connection of a cancelled call, over a real socket", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const cancel = new AbortController();
  const url = new URL(`http://127.0.0.1:${listener.addr.port}/v1/x`);
  const call = failureOf(sendReally((request) => fetch(request), url, cancel.signal));
  const connection = await listener.accept();
  const buffer = new Uint8Array(4_096);
  assert.notEqual(await connection.read(buffer), null);
  cancel.abort();
  assert.equal((await call).code, "cancelled");
  assert.equal(await connection.read(buffer), null);
  connection.close();
  listener.close();
});
