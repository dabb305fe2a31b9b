import assert from "node:assert/strict";
import { type AttemptWatch, watchTogether } from "../../src/webex/attempt_watch.ts";

function watchOf(name: string, told: string[]): AttemptWatch {
  const keep = (event: string) => (...facts: readonly unknown[]) => void told.push([name, event, ...facts].join(" "));
  return {
    waited: keep("waited"),
    sent: keep("sent"),
    answered: keep("answered"),
    lost: keep("lost"),
    repeats: keep("repeats"),
  };
}

Deno.test("watchTogether() tells everybody of everything, in order", () => {
  const told: string[] = [];
  const watch = watchTogether([watchOf("a", told), watchOf("b", told)]);
  watch.waited(1, "place");
  watch.sent(2);
  watch.answered(200, 3, "T");
  watch.lost("cancelled", 4);
  watch.repeats(5, "5xx", "why");
  assert.deepEqual(told, [
    "a waited 1 place",
    "b waited 1 place",
    "a sent 2",
    "b sent 2",
    "a answered 200 3 T",
    "b answered 200 3 T",
    "a lost cancelled 4",
    "b lost cancelled 4",
    "a repeats 5 5xx why",
    "b repeats 5 5xx why",
  ]);
});

Deno.test("watchTogether() makes nothing of a single one", () => {
  const watch = watchOf("a", []);
  assert.equal(watchTogether([watch]), watch);
});
