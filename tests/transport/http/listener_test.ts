import assert from "node:assert/strict";
import { listen, type Listener, type ListenerLimits } from "../../../src/transport/http/listener.ts";
import type { Arrival } from "../../../src/transport/http/arrival.ts";

type Answer = (request: Request, arrival: Arrival) => Response | Promise<Response>;

async function withListener(
  limits: Partial<ListenerLimits>,
  work: (listener: Listener, refused: string[]) => Promise<void>,
  fetch: Answer = () => new Response("hi"),
): Promise<void> {
  const refused: string[] = [];
  await using listener = await listen({
    address: { hostname: "127.0.0.1", port: 0 },
    fetch,
    limits,
    onRefused: (reason) => refused.push(reason),
  });
  await work(listener, refused);
}

/** Sends text and reads until the server closes the connection. */
async function exchange({ address }: Listener, text: string): Promise<string> {
  using connection = await Deno.connect(address);
  const writer = connection.writable.getWriter();
  await writer.write(new TextEncoder().encode(text)).catch(() => {});
  writer.releaseLock();
  let answer = "";
  try {
    for await (const part of connection.readable.pipeThrough(new TextDecoderStream())) answer += part;
  } catch {
    // Reset instead of closed.
  }
  return answer;
}

const HEAD = "GET / HTTP/1.1\r\nHost: localhost\r\n";

Deno.test("listen() answers requests, and tells where they come from and what they ask for", async () => {
  const arrivals: Arrival[] = [];
  await withListener({}, async ({ address }) => {
    const response = await fetch(`http://127.0.0.1:${address.port}/x?y=1`);
    assert.equal(await response.text(), "hi");
    assert.equal(arrivals[0]?.remoteAddress, "127.0.0.1");
    assert.equal(arrivals[0]?.target, "/x?y=1");
    assert.equal(await arrivals[0]?.ended, "answered");
  }, (_request, arrival) => {
    arrivals.push(arrival);
    return new Response("hi");
  });
});

Deno.test("listen() tells when a client leaves before its answer", async () => {
  const arrived = Promise.withResolvers<[Request, Arrival]>();
  await withListener({}, async ({ address }) => {
    const client = new AbortController();
    const response = fetch(`http://127.0.0.1:${address.port}/`, { signal: client.signal });
    const [request, { ended }] = await arrived.promise;
    client.abort();
    await assert.rejects(response);
    assert.equal(await ended, "gone");
    assert.equal(request.signal.aborted, true);
  }, (request, arrival) => {
    arrived.resolve([request, arrival]);
    return new Promise((resolve) => request.signal.addEventListener("abort", () => resolve(new Response(null))));
  });
});

Deno.test("listen() answers a head that is too long, or has too many fields, with 431", async () => {
  await withListener({ headBytes: 4096, headFields: 20 }, async (listener, refused) => {
    assert.match(await exchange(listener, `${HEAD}X: ${"y".repeat(5_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
    const fields = Array.from({ length: 30 }, (_, index) => `X${index}: 1\r\n`).join("");
    assert.match(await exchange(listener, `${HEAD}${fields}\r\n`), /^HTTP\/1\.1 431 /);
    assert.deepEqual(refused, ["HPE_HEADER_OVERFLOW"]);
  });
});

Deno.test("listen() answers what is no HTTP with 400, and closes the connection", async () => {
  await withListener({}, async (listener) => {
    for (const text of ["nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u0016\u0003\u0001\u0002"]) {
      assert.match(await exchange(listener, text), /^HTTP\/1\.1 400 /, JSON.stringify(text));
    }
  });
});

Deno.test("listen() does not wait for a head or a body that comes too slowly", async () => {
  await withListener({ headMs: 300, requestMs: 600 }, async (listener) => {
    const begun = performance.now();
    const answers = await Promise.all([
      exchange(listener, HEAD),
      exchange(listener, ""),
      exchange(listener, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"),
    ]);
    assert.ok(performance.now() - begun < 10_000);
    for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 408 |^$/);
  }, async (request) => {
    await request.text().catch(() => {});
    return new Response("read");
  });
});

Deno.test("listen() gives up a client that goes on sending after its answer", async () => {
  await withListener({ unreadMs: 200 }, async (listener) => {
    using connection = await Deno.connect(listener.address);
    const write = (text: string) => connection.write(new TextEncoder().encode(text));
    await write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{");
    const buffer = new Uint8Array(1024);
    const length = await connection.read(buffer) ?? 0;
    assert.match(new TextDecoder().decode(buffer.subarray(0, length)), /^HTTP\/1\.1 401 /);
    const begun = performance.now();
    await write(" ");
    while (await connection.read(buffer).catch(() => null) !== null);
    assert.ok(performance.now() - begun < 5_000);
  }, () => new Response("no", { status: 401 }));
});

Deno.test("listen() keeps a connection whose request came to its end, though nobody read it", async () => {
  await withListener({ unreadMs: 50 }, async (listener) => {
    using connection = await Deno.connect(listener.address);
    const request = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n${"x".repeat(50_000)}`;
    const buffer = new Uint8Array(1024);
    for (let count = 0; count < 3; count++) {
      await connection.write(new TextEncoder().encode(request.slice(0, 100)));
      await connection.write(new TextEncoder().encode(request.slice(100)));
      const length = await connection.read(buffer) ?? 0;
      assert.match(new TextDecoder().decode(buffer.subarray(0, length)), /^HTTP\/1\.1 401 /, String(count));
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
  }, () => new Response("no", { status: 401 }));
});

Deno.test("listen() goes on listening where nobody comes, and keeps nothing of its own knocks", async () => {
  await withListener({ acceptMs: 10 }, async (listener, refused) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(refused, []);
    assert.ok(listener.connections <= 1);
    assert.match(await exchange(listener, `${HEAD}Connection: close\r\n\r\n`), /^HTTP\/1\.1 200 /);
  });
});

Deno.test("listen() takes so many connections and no more", async () => {
  await withListener({ connections: 2 }, async (listener) => {
    const open = await Promise.all([Deno.connect(listener.address), Deno.connect(listener.address)]);
    while (listener.connections < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(await exchange(listener, `${HEAD}\r\n`), "");
    assert.equal(listener.connections, 2);
    for (const connection of open) connection.close();
  });
});

Deno.test("listen() gives up a client that reads nothing of its answer", async () => {
  const arrivals: Arrival[] = [];
  await withListener({ stalledMs: 200 }, async (listener) => {
    using connection = await Deno.connect(listener.address);
    await connection.write(new TextEncoder().encode(`${HEAD}\r\n`));
    while (arrivals.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(await arrivals[0]?.ended, "gone");
  }, (_request, arrival) => {
    arrivals.push(arrival);
    return new Response("x".repeat(64 * 1024 * 1024));
  });
});

Deno.test("Listener.close() lets an answer that is under way leave, and takes no connection any more", async () => {
  const going = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  await withListener({}, async (listener) => {
    // The client would keep the connection, and waits until the server closes it.
    const answer = exchange(listener, `${HEAD}\r\n`);
    await arrived.promise;
    const closed = listener.close();
    await assert.rejects(Deno.connect(listener.address));
    going.resolve();
    assert.match(await answer, /^HTTP\/1\.1 200 [^]*\r\nconnection: close\r\n[^]*late$/i);
    await closed;
  }, async () => {
    arrived.resolve();
    await going.promise;
    return new Response("late");
  });
});

Deno.test("listen() says that an address is in use", async () => {
  await withListener({}, async ({ address }) => {
    await assert.rejects(
      listen({ address, fetch: () => new Response() }),
      /^UsageError: Cannot listen on 127\.0\.0\.1:\d+: the address is in use$/,
    );
  });
});
