import assert from "node:assert/strict";
import { answeredIdOf, dropOddToken, requestIdOf, requestIdOfLong } from "../../src/transport/request_id.ts";

/** Each row: both ends of a request, its id. */
const LONG: [string, string, string | number | undefined][] = [
  ['{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{', "}}}", 7],
  ['{"jsonrpc": "2.0", "id": "a-1", "method": "tools/call", ', "}", "a-1"],
  ['{"method":"tools/call","params":{"arguments":{', '}},"jsonrpc":"2.0","id":-3}', -3],
  ['{"method":"tools/call","params":{"arguments":{', '}},"id":"x","jsonrpc":"2.0"}\r', "x"],
  ['{"method":"tools/call","params":{"arguments":{', ',"id":5}}}', undefined],
  ['{"params":{"id":5,"method":"x"', "}}", undefined],
  ['{"jsonrpc":"2.0","id":7,"result":{', "}}", undefined],
  ["xxxx", "xxxx", undefined],
];

for (const [head, tail, id] of LONG) {
  Deno.test(`requestIdOfLong() finds ${JSON.stringify(id) ?? "none"} in ${head} ... ${tail.trim()}`, () => {
    assert.equal(requestIdOfLong({ bytes: 2 ** 25, head, tail }), id);
  });
}

Deno.test("requestIdOf() finds the ids of requests only, and only those that can be answered", () => {
  assert.equal(requestIdOf({ id: 1.5, method: "ping" }), 1.5);
  assert.equal(requestIdOf({ id: "a", method: 5 }), "a");
  for (const message of [null, [], { id: null, method: "a" }, { id: {}, method: "a" }, { id: 1, result: {} }, {}]) {
    assert.equal(requestIdOf(message), undefined);
  }
});

Deno.test("dropOddToken() leaves out tokens that are none, and nothing else", () => {
  const tokenAfter = (progressToken: unknown) => {
    const message = { params: { _meta: { progressToken, other: 1 } } };
    dropOddToken(message);
    assert.equal(message.params._meta.other, 1);
    return message.params._meta.progressToken;
  };
  for (const token of [0, -1, "", "a"]) assert.equal(tokenAfter(token), token);
  for (const token of [null, {}, [], true, 1.5, Infinity]) assert.equal(tokenAfter(token), undefined);
  for (const message of [null, [], { params: [] }, { params: { _meta: null } }]) dropOddToken(message);
});

Deno.test("answeredIdOf() finds the id of an answer, legal or not", () => {
  assert.equal(answeredIdOf({ id: 1, result: null }), 1);
  assert.equal(answeredIdOf({ id: "a", error: {} }), "a");
  for (const other of [null, [], "x", {}, { id: null }, { id: 1, method: "x" }]) {
    assert.equal(answeredIdOf(other), undefined);
  }
});
