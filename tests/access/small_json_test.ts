import assert from "node:assert/strict";
import { fetchSmallJson } from "../../src/access/small_json.ts";
import { systemClock } from "../../src/core/clock.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import { selfSigned } from "../support/certificates.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { freePort } from "../support/free_port.ts";

const ADDRESS = "https://login.test/keys";

Deno.test("fetchSmallJson() gives an object, or the status", async () => {
  const clock = new FakeClock();
  const get = (answer: Response) => fetchSmallJson(ADDRESS, { clock, fetch: () => Promise.resolve(answer) });
  assert.deepEqual(await get(Response.json({ a: 1 })), { value: { a: 1 } });
  assert.deepEqual(await get(new Response("no", { status: 404 })), { status: 404 });
  assert.equal(clock.sleeping, 0, "no time limit is left behind");
});

Deno.test("fetchSmallJson() names the permission that is missing, and any other cause as far as it helps", async () => {
  const get = (error: Error) => fetchSmallJson(ADDRESS, { clock: new FakeClock(), fetch: () => Promise.reject(error) });
  await assert.rejects(get(new Deno.errors.NotCapable("planted")), {
    message: "Cannot use https://login.test/keys: the program was started without --allow-net=login.test",
  });
  const failed = (reason: string) =>
    new TypeError("fetch failed", {
      cause: new Error(`error sending request for url (${ADDRESS}): client error (Connect): ${reason}`),
    });
  const shown = "Cannot use https://login.test/keys: it could not be reached: ";
  await assert.rejects(get(failed("tcp connect error: Connection refused (os error 111)")), {
    message: `${shown}tcp connect error: Connection refused (os error 111)`,
  });
  await assert.rejects(get(failed("invalid peer certificate: UnknownIssuer")), {
    message: `${shown}invalid peer certificate: UnknownIssuer ` +
      "(DENO_CERT or DENO_TLS_CA_STORE=system lets Deno know its authority)",
  });
  await assert.rejects(get(failed("x".repeat(10_000))), { message: shown + "x".repeat(200) });
});

Deno.test("fetchSmallJson() ends a request whose body does not end", async () => {
  const clock = new FakeClock();
  let ended: unknown;
  const work = fetchSmallJson(ADDRESS, {
    clock,
    fetch: ({ signal }) => {
      signal.addEventListener("abort", () => ended = signal.reason);
      return Promise.resolve(
        new Response(new ReadableStream({ start: (body) => body.enqueue(new Uint8Array([123])) })),
      );
    },
  });
  await assert.rejects(clock.until(work), /no whole answer within 5 s/);
  assert.ok(ended instanceof UpstreamError);
});

Deno.test("fetchSmallJson() tells a port where nobody listens from a certificate that isn't trusted, as Deno words them", async () => {
  const get = (address: string) => fetchSmallJson(address, { clock: systemClock, fetch: (request) => fetch(request) });
  const port = freePort();
  await assert.rejects(get(`http://127.0.0.1:${port}/keys`), {
    message: /^Cannot use http:\/\/127\.0\.0\.1:\d+\/keys: it could not be reached: tcp connect error: [^/]*$/,
  });
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, ...await selfSigned("login.test") },
    () => new Response(),
  );
  await assert.rejects(get(`https://127.0.0.1:${server.addr.port}/keys`), {
    message: /\/keys: it could not be reached: invalid peer certificate: \w[^/]*$/,
  });
});
