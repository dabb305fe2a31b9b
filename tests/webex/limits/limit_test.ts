import assert from "node:assert/strict";
import fc from "fast-check";
import { LimitWindow, limitWords } from "../../../src/webex/limits/limit.ts";

Deno.test("LimitWindow lets one initial request for call records go a minute", () => {
  const window = new LimitWindow("cdr_initial");
  assert.equal(window.readyAt(5), 5);
  window.start(5);
  assert.deepEqual([5, 59_999, 60_005, 90_000].map((now) => window.readyAt(now)), [60_005, 60_005, 60_005, 90_000]);
  assert.equal(window.readyAt(5, 2), 180_005);
});

Deno.test("LimitWindow lets ten further pages go in any minute", () => {
  const window = new LimitWindow("cdr_follow_up");
  for (let page = 0; page < 10; page++) {
    assert.equal(window.readyAt(page * 1_000), page * 1_000);
    window.start(page * 1_000);
  }
  assert.deepEqual([window.readyAt(10_000), window.readyAt(10_000, 1)], [60_000, 61_000]);
});

Deno.test("LimitWindow forgets what did not count", () => {
  const window = new LimitWindow("cdr_initial");
  window.start(5);
  window.giveBack(4);
  assert.equal(window.readyAt(6), 60_005);
  window.giveBack(5);
  assert.equal(window.readyAt(6), 6);
});

Deno.test("LimitWindow never lets more go in a minute than its family may", () => {
  fc.assert(fc.property(fc.array(fc.nat(20_000), { maxLength: 60 }), (gaps) => {
    const window = new LimitWindow("cdr_follow_up");
    const starts: number[] = [];
    let now = 0;
    for (const gap of gaps) {
      now = window.readyAt(now + gap);
      window.start(now);
      starts.push(now);
    }
    for (const start of starts) {
      assert.ok(starts.filter((other) => other >= start && other < start + 60_000).length <= 10);
    }
  }));
});

Deno.test("limitWords() says what is limited", () => {
  assert.match(limitWords("cdr_initial"), /once a minute/);
  assert.match(limitWords("cdr_follow_up"), /ten/);
});
