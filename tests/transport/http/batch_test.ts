import assert from "node:assert/strict";
import fc from "fast-check";
import { batchProblem, MAX_BATCH } from "../../../src/transport/http/batch.ts";

const request = (id: unknown) => ({ jsonrpc: "2.0", id, method: "ping" });

Deno.test("batchProblem() takes several messages of the one revision that has them, also where none is named", () => {
  const messages = [request(1), request("1"), { jsonrpc: "2.0", method: "notifications/initialized" }];
  assert.equal(batchProblem(messages, undefined), undefined);
  assert.equal(batchProblem(messages, "2025-03-26"), undefined);
});

Deno.test("batchProblem() refuses several messages of any other revision", () => {
  for (const revision of ["2024-11-05", "2025-06-18", "2025-11-25", "2026-07-28", "", "2025-03-26, 2025-03-26"]) {
    assert.equal(
      batchProblem([request(1)], revision),
      "Refused: the body is a list of messages, which only revision 2025-03-26 of the protocol has",
    );
  }
});

Deno.test("batchProblem() refuses too many messages", () => {
  const messages = Array.from({ length: MAX_BATCH + 1 }, (_, id) => request(id));
  assert.match(batchProblem(messages, undefined) ?? "", /more than 8 messages$/);
  assert.equal(batchProblem(messages.slice(1), undefined), undefined);
});

Deno.test("batchProblem() refuses requests whose answers could not be told apart", () => {
  const same = "Refused: two requests of the body have the same id, so that their answers could not be told apart";
  for (const id of [1, "a", ""]) assert.equal(batchProblem([request(id), request(2), request(id)], undefined), same);
  const answer = { jsonrpc: "2.0", id: 1, result: {} };
  assert.equal(batchProblem([request(1), answer, answer], undefined), undefined);
});

Deno.test("batchProblem() copes with whatever stands in a list", () => {
  fc.assert(fc.property(fc.array(fc.jsonValue()), (messages) => {
    const problem = batchProblem(messages, undefined);
    assert.ok(problem === undefined || problem.startsWith("Refused: "));
  }));
});
