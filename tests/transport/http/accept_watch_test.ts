import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { AcceptWatch, type Knock, knockAt } from "../../../src/transport/http/accept_watch.ts";
import { freePort } from "../../support/free_port.ts";

const EVERY_MS = 10;

/** Watches for so many looks; `knock` answers each knock. */
async function watching(looks: number, knock: (server: EventEmitter, signal: AbortSignal) => Promise<Knock>) {
  const server = new EventEmitter();
  const seen = { knocks: 0, renewals: 0, server };
  using _watch = new AcceptWatch({
    server,
    everyMs: EVERY_MS,
    knock: (signal) => {
      seen.knocks++;
      return knock(server, signal);
    },
    renew: () => seen.renewals++,
  });
  await new Promise((resolve) => setTimeout(resolve, looks * EVERY_MS));
  return seen;
}

const silence = (signal: AbortSignal) =>
  new Promise<Knock>((resolve) => signal.addEventListener("abort", () => resolve("sent")));

Deno.test("AcceptWatch has a listener renewed that hears no knock, not at the first one", async () => {
  const { knocks, renewals } = await watching(20, (_server, signal) => silence(signal));
  assert.ok(renewals >= 1);
  assert.ok(knocks >= renewals * 2);
});

Deno.test("AcceptWatch leaves a listener alone that hears knocks, or turns them away", async () => {
  for (const event of ["connection", "drop"]) {
    const { knocks, renewals } = await watching(20, (server, signal) => {
      const knocked = silence(signal);
      server.emit(event);
      return knocked;
    });
    assert.ok(knocks >= 2, event);
    assert.equal(renewals, 0, event);
  }
});

Deno.test("AcceptWatch concludes nothing from a knock that didn't leave the process", async () => {
  const { knocks, renewals } = await watching(20, () => Promise.resolve("failed"));
  assert.ok(knocks >= 3);
  assert.equal(renewals, 0);
});

Deno.test("AcceptWatch doesn't knock where others do", async () => {
  const server = new EventEmitter();
  let knocks = 0;
  const knock = () => {
    knocks++;
    return Promise.resolve<Knock>("sent");
  };
  using _watch = new AcceptWatch({ server, everyMs: 40, knock, renew: () => {} });
  for (let count = 0; count < 20; count++) {
    server.emit("connection");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(knocks, 0);
});

Deno.test("AcceptWatch ends a knock with itself, and hears no more", async () => {
  const { server, renewals } = await watching(3, (_server, signal) => silence(signal));
  assert.equal(server.listenerCount("connection") + server.listenerCount("drop"), 0);
  await new Promise((resolve) => setTimeout(resolve, 5 * EVERY_MS));
  assert.equal(renewals, 0);
});

Deno.test("knockAt() tells whether it came as far as the system", async () => {
  const port = freePort();
  const never = new AbortController().signal;
  assert.equal(await knockAt({ hostname: "127.0.0.1", port })(never), "sent");
  assert.equal(await knockAt({ hostname: "127.0.0.1", port: 65_536 })(never), "failed");

  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const knocked = knockAt(listener.addr)(never);
  const taken = await listener.accept();
  taken.close();
  assert.equal(await knocked, "sent");
});
