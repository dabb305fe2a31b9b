import assert from "node:assert/strict";
import { UsageError } from "../../src/core/errors.ts";
import { readRedisAddress } from "../../src/store/redis_address.ts";

Deno.test("readRedisAddress() reads all parts, and keeps user and password out of the label", () => {
  assert.deepEqual(readRedisAddress("rediss://bot:p%40ss@cache.example:6380/2"), {
    host: "cache.example",
    port: 6380,
    tls: true,
    database: 2,
    user: "bot",
    password: "p@ss",
    label: "rediss://cache.example:6380",
  });
  const bare = readRedisAddress("redis://[::1]");
  assert.deepEqual([bare.host, bare.port, bare.tls, bare.database], ["::1", 6379, false, 0]);
  assert.deepEqual([bare.user, bare.password, bare.label], [undefined, undefined, "redis://[::1]:6379"]);
});

Deno.test("readRedisAddress() prefers the password that is given apart", () => {
  assert.equal(readRedisAddress("redis://:one@h", "two").password, "two");
  assert.equal(readRedisAddress("redis://:one@h").password, "one");
});

Deno.test("readRedisAddress() refuses anything else, and never quotes it", () => {
  const planted = "s3cret-planted";
  const wrong = [
    planted,
    `http://:${planted}@h`,
    `redis://:${planted}@h/name`,
    `redis://:${planted}@h?x=1`,
    `redis://:${planted}@h#x`,
    `redis://:${planted}%@h`,
    `redis://:${planted}@`,
    `redis:///${planted}`,
    `redis://:${planted}@h:99999`,
  ];
  for (const text of wrong) {
    assert.throws(() => readRedisAddress(text), (error) => {
      assert.ok(error instanceof UsageError, text);
      assert.match(error.message, /^Cannot use the address of the store: /);
      assert.ok(!JSON.stringify([error.message, error.guidance, String(error.stack)]).includes(planted), text);
      return true;
    });
  }
});
