import assert from "node:assert/strict";
import { fetchSmallJson } from "../../src/access/small_json.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import { FakeClock } from "../support/fake_clock.ts";

const ADDRESS = "https://login.test/keys";

Deno.test("fetchSmallJson() gives an object, or the status", async () => {
  const clock = new FakeClock();
  const get = (answer: Response) => fetchSmallJson(ADDRESS, { clock, fetch: () => Promise.resolve(answer) });
  assert.deepEqual(await get(Response.json({ a: 1 })), { value: { a: 1 } });
  assert.deepEqual(await get(new Response("no", { status: 404 })), { status: 404 });
  assert.equal(clock.sleeping, 0, "no time limit is left behind");
});

Deno.test("fetchSmallJson() names the permission that is missing, and repeats no other cause", async () => {
  const get = (error: Error) => fetchSmallJson(ADDRESS, { clock: new FakeClock(), fetch: () => Promise.reject(error) });
  await assert.rejects(get(new Deno.errors.NotCapable("planted")), {
    message: "Cannot use https://login.test/keys: the program was started without --allow-net=login.test",
  });
  await assert.rejects(get(new TypeError("planted")), {
    message: "Cannot use https://login.test/keys: it could not be reached",
  });
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
