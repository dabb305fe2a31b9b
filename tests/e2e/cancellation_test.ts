import assert from "node:assert/strict";
import { ERAS } from "../support/clients.ts";
import { startSlowUpstream } from "../support/slow_upstream.ts";
import { callMessage, INITIALIZE, repliesOf, serveArgs, start, startUpstream, until } from "../support/process.ts";

/** How many requests may be on the wire at a time. */
const PLACES = 5;
interface Note {
  readonly progress: number;
  readonly message?: string | undefined;
}

/** More calls than places, so that some of them wait. */
const CALLS = PLACES + 2;

for (const { revision, connect } of ERAS) {
  Deno.test(`a client of ${revision} that cancels its calls breaks their requests off and frees their places`, async () => {
    await using upstream = await startSlowUpstream();
    const client = await connect(upstream.url);
    try {
      assert.equal(client.revision, revision);
      const stop = new AbortController();
      const slow = Array.from({ length: CALLS }, () => client.call("people_list_people", {}, { signal: stop.signal }));
      const refused = Promise.allSettled(slow);
      await until(() => upstream.arrived() === PLACES);
      stop.abort("enough");
      assert.deepEqual((await refused).map(({ status }) => status), Array(CALLS).fill("rejected"));
      await until(() => upstream.gone() === PLACES);

      upstream.answersAtOnce = true;
      const before = performance.now();
      const fast = await Promise.all(Array.from({ length: PLACES }, () => client.call("people_list_people", {})));
      assert.ok(performance.now() - before < 5_000);
      assert.deepEqual(fast.map(({ value }) => value.status_code), Array(PLACES).fill(200));
      assert.equal(upstream.arrived(), 2 * PLACES, "calls that were cancelled while they waited are never sent");
    } finally {
      await client.close();
    }
  });

  Deno.test(`a client of ${revision} hears what its call waits for, if it asks`, async () => {
    await using upstream = await startUpstream();
    upstream.sandbox.faults.add({ path: "/people", status: 429, retryAfter: 1, times: 1 });
    const client = await connect(upstream.url);
    try {
      const heard: Note[] = [];
      const onprogress = (note: Note) => void heard.push(note);
      const { value } = await client.call("people_list_people", { max: 1 }, { onprogress });
      assert.equal(value.status_code, 200);
      assert.ok(heard.length > 0);
      assert.ok(heard.every(({ message }) => message !== undefined && message !== ""));
      assert.ok(heard.every(({ progress }, index) => progress > (heard[index - 1]?.progress ?? 0)));
    } finally {
      await client.close();
    }
  });
}

Deno.test("the server answers no call that was cancelled", async () => {
  await using upstream = await startSlowUpstream();
  const server = start(serveArgs(upstream.url));
  await server.send(INITIALIZE, callMessage(1, "people_list_people"));
  await until(() => upstream.arrived() === 1);
  await server.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  await until(() => upstream.gone() === 1);
  upstream.answersAtOnce = true;
  await server.send(callMessage(2, "people_list_people"));
  const { code, stdout } = await server.finish();
  assert.equal(code, 0);
  assert.deepEqual(repliesOf(stdout).map(({ id, method }) => id ?? method), [0, 2]);
});
