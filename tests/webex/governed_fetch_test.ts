import assert from "node:assert/strict";
import { UpstreamError } from "../../src/core/errors.ts";
import { governedFetch } from "../../src/webex/governed_fetch.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { FakeClock } from "../support/fake_clock.ts";

const MIB = 1024 * 1024;

function trial(answer: () => Response) {
  const clock = new FakeClock();
  const governor = createGovernor({ clock, random: () => 0.5, concurrency: 1 });
  const fetch = governedFetch({
    fetch: () => Promise.resolve(answer()),
    governor,
    clock,
    credential: "test",
    deadlineMs: 8_000,
  });
  return (path: string) => fetch(new Request(`https://webexapis.com/v1${path}`));
}

Deno.test("governedFetch() passes an answer on, status and headers included", async () => {
  const ask = trial(() => Response.json({ id: "a" }, { status: 403, headers: { trackingid: "T" } }));
  const response = await ask("/people/me");
  assert.equal(response.status, 403);
  assert.equal(response.headers.get("trackingid"), "T");
  assert.deepEqual(await response.json(), { id: "a" });
});

Deno.test("governedFetch() reads no more than 1 MiB, and gives its place back", async () => {
  let cancelled = false;
  const endless = () =>
    new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
      cancel: () => {
        cancelled = true;
      },
    });
  let body: BodyInit = endless();
  const ask = trial(() => new Response(body));
  await assert.rejects(
    ask("/organizations"),
    (error) => error instanceof UpstreamError && error.code === "answer_too_large",
  );
  assert.ok(cancelled);
  body = new Uint8Array(MIB);
  assert.equal((await (await ask("/organizations")).bytes()).length, MIB);
});
