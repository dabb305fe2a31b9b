import assert from "node:assert/strict";
import type { Json } from "../../../src/core/json.ts";
import { partialFailures } from "../../../src/webex/errors/partial.ts";
import { endpointOf } from "../../support/endpoints.ts";

const WRITE = endpointOf({ method: "POST" }, { kind: "write" });
const told = (status: number, body: Json) => partialFailures({ status, body }, WRITE);

Deno.test("partialFailures() tells each part of a bulk change that failed", () => {
  const items = [
    { customDisplayName: "One", result: { status: 201 } },
    { customDisplayName: "Two", result: { status: 409, error: { message: "Line in use", errorCode: 8366 } } },
  ];
  assert.deepEqual(told(206, { items }), ["Not done: Two: Line in use (8366)"]);
  assert.deepEqual(told(201, { items: items.slice(0, 1) }), []);
});

Deno.test("partialFailures() knows supervisors, moves, locations and SCIM", () => {
  assert.deepEqual(told(206, { supervisorAgentStatus: [{ id: "A", status: "FAILED", message: "No licence" }] }), [
    "Not done: A: No licence",
  ]);
  assert.deepEqual(
    told(200, { response: [{ userId: "U", impacts: [], errors: [{ code: 4003, message: "Not found" }] }] }),
    [
      "Not done: U: Not found (4003)",
    ],
  );
  assert.deepEqual(told(206, { batchJobId: "J", failureReason: "Prefix taken" }), [
    "Webex did not do all of it: Prefix taken",
  ]);
  const operations = [{ id: "X", status: { code: 400 }, response: { detail: "no" } }, { id: "Y", status: "201" }];
  assert.deepEqual(told(200, { Operations: operations }), ["Not done: X: no reason given"]);
});

Deno.test("partialFailures() says that a part is missing where nothing says which", () => {
  assert.match(told(206, null)[0] ?? "", /did only a part \(206\)/);
  assert.match(
    told(206, { supervisorAgentStatus: [{ id: "A", status: "ADDED", message: "ok" }] })[0] ?? "",
    /only a part/,
  );
});

Deno.test("partialFailures() finds nothing in ordinary answers, nor in reads", () => {
  for (
    const body of [null, "text", [], {}, { id: "1", phoneNumbers: [{ type: "work", status: "active" }] }, [1, "a"]]
  ) {
    assert.deepEqual(told(200, body), []);
  }
  const errors = { items: [{ item: "A", error: { key: "409", message: [{ description: "x" }] } }] };
  assert.deepEqual(partialFailures({ status: 200, body: errors }, endpointOf()), []);
});

Deno.test("partialFailures() counts what it leaves out", () => {
  const items = Array.from({ length: 50 }, (_, index) => ({ fileName: `f${index}`, result: { status: 404 } }));
  const lines = told(206, { items });
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [
    21,
    "Not done: f0: status 404",
    "30 more parts were not done",
  ]);
});
