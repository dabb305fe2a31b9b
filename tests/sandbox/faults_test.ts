import assert from "node:assert/strict";
import { FaultBoard } from "../../src/sandbox/faults.ts";

Deno.test("FaultBoard.take() matches method, template and expression", () => {
  const board = new FaultBoard();
  board.add({ method: "get", path: "/people/{id}", status: 500 }, { pattern: "max=1$", status: 501 });
  assert.equal(board.take("GET", "/people/1", "")?.status, 500);
  assert.equal(board.take("PUT", "/people/1", ""), undefined);
  assert.equal(board.take("GET", "/people/1/features", ""), undefined);
  assert.equal(board.take("GET", "/people", "?max=1")?.status, 501);
});

Deno.test("FaultBoard.take() takes a last star for any rest and signs literally", () => {
  const board = new FaultBoard();
  board.add({ path: "/a.b/*", status: 500 });
  assert.equal(board.take("GET", "/a.b/c/d", "")?.status, 500);
  assert.equal(board.take("GET", "/aXb/c", ""), undefined);
});

Deno.test("FaultBoard.take() skips and ends as told", () => {
  const board = new FaultBoard();
  board.add({ skip: 1, times: 2, status: 503 });
  const statuses = Array.from({ length: 5 }, () => board.take("GET", "/x", "")?.status);
  assert.deepEqual(statuses, [undefined, 503, 503, undefined, undefined]);
  assert.deepEqual(board.rules, []);
});

Deno.test("FaultBoard.take() goes on to the next rule while one is skipping", () => {
  const board = new FaultBoard();
  board.add({ skip: 5, status: 500 }, { status: 429 });
  assert.equal(board.take("GET", "/x", "")?.status, 429);
  board.clear();
  assert.equal(board.take("GET", "/x", ""), undefined);
});
