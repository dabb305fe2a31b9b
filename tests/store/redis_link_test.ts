import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { UsageError } from "../../src/core/errors.ts";
import { readRedisAddress } from "../../src/store/redis_address.ts";
import { createRedisLink, type RedisLink } from "../../src/store/redis_link.ts";
import { StoreError } from "../../src/store/store_error.ts";
import { linkTo, startRedis } from "../support/redis.ts";

const PASSWORD = "planted-p@ssword";

function linkBy(url: string, password?: string, timeoutMs = 1_000): RedisLink {
  const address = readRedisAddress(url, password);
  return createRedisLink({ address, clock: systemClock, random: Math.random, timeoutMs });
}

/** What a failure comes to, in how long. */
async function failure(work: Promise<unknown>): Promise<{ error: StoreError; ms: number }> {
  const since = performance.now();
  const error: unknown = await work.then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof StoreError, String(error));
  assert.equal(error.code, "store_unavailable");
  return { error, ms: performance.now() - since };
}

/** All that an error could tell. */
function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack, JSON.stringify(error), everythingIn(error.cause)].join("\n");
}

Deno.test("createRedisLink() logs in with the password of the address, and with one given apart", async () => {
  await using server = await startRedis(PASSWORD);
  const { port } = server;
  for (
    const link of [linkBy(`redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/3`), linkBy(server.url, PASSWORD)]
  ) {
    await link.ping();
    assert.equal(await link.send("SET", "a", "b"), "OK");
    await link.close();
  }
});

Deno.test("createRedisLink() says that a password is wrong or missing, and shows none", async () => {
  await using server = await startRedis(PASSWORD);
  for (const given of [undefined, "wrong-planted"]) {
    await using link = linkBy(server.url, given);
    const error: unknown = await link.ping().then(() => undefined, (error: unknown) => error);
    assert.ok(error instanceof UsageError, String(error));
    assert.match(error.message, /^Cannot log in to the store redis:\/\/127\.0\.0\.1:\d+: /);
    await systemClock.sleep(120);
    const later = await failure(link.send("GET", "a"));
    for (const one of [error, later.error]) assert.ok(!everythingIn(one).includes("planted"));
  }
});

Deno.test("createRedisLink() fails at once where nobody listens, and tells callers no address", async () => {
  const server = await startRedis();
  await server[Symbol.asyncDispose]();
  await using link = linkTo(server);
  const [first, second] = [await failure(link.ping()), await failure(link.send("GET", "a"))];
  assert.ok(first.ms < 1_000 && second.ms < 100, `${first.ms} ${second.ms}`);
  assert.equal(first.error.message, "Cannot use the store that the replicas of the server share");
  assert.match(everythingIn(first.error.cause), new RegExp(`redis://127.0.0.1:${server.port}`));
});

/** The place and what is wrong there, for whoever runs the server. */
function reasonOf({ cause }: StoreError): string {
  return cause instanceof Error ? cause.message : "";
}

Deno.test("createRedisLink() tells the cause also while it does not try again", async () => {
  const server = await startRedis();
  await server[Symbol.asyncDispose]();
  await using link = linkBy(`redis://bob-planted:planted@127.0.0.1:${server.port}`);
  const errors = [await failure(link.ping()), await failure(link.send("GET", "a")), await failure(link.ping())];
  const place = `redis://127.0.0.1:${server.port}`;
  const cause = `connect ECONNREFUSED 127.0.0.1:${server.port}`;
  assert.deepEqual(errors.map(({ error }) => reasonOf(error)), [
    `${place}: ${cause}`,
    `${place}: It was tried a moment ago: ${cause}`,
    `${place}: It was tried a moment ago: ${cause}`,
  ]);
  for (const { error } of errors) assert.ok(!everythingIn(error).includes("planted"));
});

Deno.test("createRedisLink() tells of a server that was too slow also while it does not try again", async () => {
  await using server = await startRedis();
  await using link = linkTo(server, 200);
  await link.ping();
  server.signal("SIGSTOP");
  const errors = [await failure(link.send("GET", "a")), await failure(link.send("GET", "a"))];
  server.signal("SIGCONT");
  assert.deepEqual(errors.map(({ error }) => reasonOf(error).replace(/^.*:\d+: /, "")), [
    "It did not answer in 200 ms",
    "It was tried a moment ago: It did not answer in 200 ms",
  ]);
});

Deno.test("createRedisLink() repeats neither user nor password where a server does", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  /** What is no store may answer a login with its own words. */
  const echo = async () => {
    for await (const connection of listener) {
      const asked = new Uint8Array(1_000);
      const length = await connection.read(asked) ?? 0;
      const words = new TextDecoder().decode(asked.subarray(0, length)).replaceAll("\r\n", " ");
      await connection.write(new TextEncoder().encode(`-ERR unknown command: ${words}\r\n`));
      connection.close();
    }
  };
  const echoing = echo();
  {
    await using link = linkBy(`redis://bob:ob@127.0.0.1:${port}`);
    const errors = [await failure(link.send("GET", "a")), await failure(link.send("GET", "a"))];
    for (const { error } of errors) {
      assert.match(everythingIn(error), /unknown command: .*\[redacted\].*\[redacted\]/);
      assert.ok(!/b\[|bob/.test(everythingIn(error)), everythingIn(error));
    }
  }
  listener.close();
  await echoing;
});

Deno.test("createRedisLink() gives up a server that does not answer, and comes back to it", async () => {
  await using server = await startRedis();
  await using link = linkTo(server, 300);
  await link.ping();
  server.signal("SIGSTOP");
  const failures = await Promise.all([1, 2, 3].map(() => failure(link.send("GET", "a"))));
  assert.ok(failures.every(({ ms }) => ms < 1_500), failures.map(({ ms }) => ms).join());
  assert.ok((await failure(link.send("GET", "a"))).ms < 200);
  server.signal("SIGCONT");
  await systemClock.sleep(400);
  assert.equal(await link.send("GET", "a"), null);
});

Deno.test("createRedisLink() recovers from a restart by itself, and knocks ever more seldom meanwhile", async () => {
  await using server = await startRedis();
  await using link = linkTo(server);
  await link.ping();
  await server.kill();
  for (let index = 0; index < 50; index++) {
    assert.ok((await failure(link.send("GET", "a"))).ms < 1_000);
    await systemClock.sleep(10);
  }
  await server.restart();
  const since = performance.now();
  for (;;) {
    const answer = await link.send("PING").catch(() => undefined);
    if (answer !== undefined) break;
    assert.ok(performance.now() - since < 5_000, "It did not come back");
    await systemClock.sleep(50);
  }
});

Deno.test("createRedisLink() passes a refusal of a command on without giving up the connection", async () => {
  await using server = await startRedis();
  await using link = linkTo(server);
  await link.send("SET", "a", "text");
  const { error } = await failure(link.send("HGET", "a", "b"));
  assert.match(everythingIn(error), /WRONGTYPE/);
  assert.deepEqual(await link.send("GET", "a"), Buffer.from("text"));
});

Deno.test("createRedisLink() sends nothing after its end", async () => {
  await using server = await startRedis();
  const link = linkTo(server);
  const last = link.send("SET", "a", "1");
  await link.close();
  assert.equal(await last, "OK");
  await failure(link.send("GET", "a"));
  await link.close();
});

Deno.test("ping() refuses a user who may run no scripts", async () => {
  await using server = await startRedis();
  await using admin = linkTo(server);
  await admin.send("ACL", "SETUSER", "bot", "on", ">planted", "~*", "+get", "+ping");
  await using link = linkBy(`redis://bot:planted@127.0.0.1:${server.port}`);
  await assert.rejects(link.ping(), { name: "UsageError", code: "store_login" });
});

Deno.test("createRedisLink() fails in time where TLS is spoken to a server that has none", async () => {
  await using server = await startRedis();
  await using link = linkBy(`rediss://127.0.0.1:${server.port}`, undefined, 500);
  assert.ok((await failure(link.ping())).ms < 2_000);
});

Deno.test("createRedisLink() needs no permission but that to connect", async () => {
  await using server = await startRedis();
  const module = new URL("../../src/store/shared_state.ts", import.meta.url).href;
  const code = `
    const { openSharedState } = await import(${JSON.stringify(module)});
    const clock = { now: Date.now, monotonic: Date.now, sleep: (ms, signal) => new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => clearTimeout(timer));
    }) };
    const address = { host: "127.0.0.1", port: ${server.port}, tls: false, database: 1, label: "redis" };
    const keys = [new Uint8Array(32).fill(3)];
    const { store } = openSharedState({ address, keys, clock, random: Math.random });
    await store.ping();
    await store.write("a", Uint8Array.of(7), 1000);
    console.log((await store.read("a"))[0]);
    await store.close();
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "--no-prompt", `--allow-net=127.0.0.1:${server.port}`, "-"],
    cwd: new URL("../..", import.meta.url),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await new Blob([code]).stream().pipeTo(child.stdin);
  const { success, stdout, stderr } = await child.output();
  assert.ok(success, new TextDecoder().decode(stderr));
  assert.equal(new TextDecoder().decode(stdout).trim(), "7");
});
