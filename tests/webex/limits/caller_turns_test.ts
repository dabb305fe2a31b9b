import assert from "node:assert/strict";
import { CallerTurns } from "../../../src/webex/limits/caller_turns.ts";

function queue(callers: string) {
  return [...callers].map((caller, number) => ({ caller, number }));
}

function order(turns: CallerTurns, callers: string): string {
  return turns.inOrder(queue(callers)).map(({ caller, number }) => `${caller}${number}`).join(" ");
}

Deno.test("inOrder() keeps the order while nobody had a turn, and of each caller's calls always", () => {
  const turns = new CallerTurns();
  assert.equal(order(turns, "aab"), "a0 a1 b2");
  turns.took("a");
  assert.equal(order(turns, "aabcb"), "b2 c3 b4 a0 a1");
  turns.took("b");
  assert.equal(order(turns, "aabcb"), "c3 a0 a1 b2 b4");
  turns.took("c");
  assert.equal(order(turns, "aabcb"), "a0 a1 b2 b4 c3");
});

Deno.test("took() forgets who had a turn longest ago, among very many", () => {
  const turns = new CallerTurns();
  for (let index = 0; index < 1_001; index++) turns.took(`${index}`);
  const waiting = [{ caller: "1" }, { caller: "0" }];
  assert.deepEqual(turns.inOrder(waiting).map(({ caller }) => caller), ["0", "1"]);
});

Deno.test("ahead() counts a caller's own calls, and of the others as many as have a turn meanwhile", () => {
  assert.equal(CallerTurns.ahead(queue(""), "a"), 0);
  assert.equal(CallerTurns.ahead(queue("aaaa"), "a"), 4);
  assert.equal(CallerTurns.ahead(queue("bbbbcc"), "a"), 2);
  assert.equal(CallerTurns.ahead(queue("abbbbcc"), "a"), 5);
});
