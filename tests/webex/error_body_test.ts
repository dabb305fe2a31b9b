import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../src/core/json.ts";
import { type ErrorBody, readErrorBody } from "../../src/webex/error_body.ts";

const CASES: [string, Json, ErrorBody][] = [
  [
    "message with a list of errors",
    { message: "Bad", errors: [{ description: "Name taken", errorCode: 9289 }], trackingId: "ROUTER_1" },
    { message: "Bad (Name taken)", code: "9289", trackingId: "ROUTER_1" },
  ],
  [
    "message that the first error repeats",
    { message: "No token", errors: [{ description: "No token", code: "4003" }], trackingId: "T" },
    { message: "No token", code: "4003", trackingId: "T" },
  ],
  [
    "code and message of call records",
    { errorCode: 404001, message: "No CDRs for range", trackingId: "C", errors: null },
    { message: "No CDRs for range", code: "404001", trackingId: "C" },
  ],
  [
    "item of a job's errors",
    { error: { key: "409", message: [{ code: "1026006", description: "Moved" }] }, trackingId: "J", itemNumber: 1 },
    { message: "Moved", code: "1026006", trackingId: "J" },
  ],
  ["list under error", { error: [{ code: "BATCH-400", message: "No user" }] }, {
    message: "No user",
    code: "BATCH-400",
  }],
  ["errors without a message", { errors: [{ description: "Mode" }], trackingId: "M" }, {
    message: "Mode",
    trackingId: "M",
  }],
  ["failure reason", { failureReason: "A job runs" }, { message: "A job runs" }],
  ["nothing", null, {}],
  ["empty text", "  ", {}],
  [
    "gateway's HTML",
    "<!DOCTYPE html><html><head><style>b{x:1}</style><title>502 Bad Gateway</title></head><body>\n<h1>Sorry</h1></body></html>",
    { message: "502 Bad Gateway Sorry" },
  ],
  ["gateway's plain text", "upstream connect error", { message: "upstream connect error" }],
  ["error object with a message", { error: { code: 7, message: "No" } }, { message: "No", code: "7" }],
  ["error of OAuth", { error: "invalid_request", error_description: "Expired" }, { message: "Expired" }],
  ["error as text", { error: "Forbidden" }, { message: "Forbidden" }],
  ["text in the list of errors", { errors: ["First", "Second"] }, { message: "First" }],
  ["list of errors", [{ code: 1, message: "One" }], { message: "One", code: "1" }],
  ["unknown members", { a: 1 }, {}],
];

for (const [form, body, expected] of CASES) {
  Deno.test(`readErrorBody() reads this form: ${form}`, () => assert.deepEqual(readErrorBody(body), expected));
}

Deno.test("readErrorBody() never fails, and gives strings that are not empty", () => {
  const names = fc.constantFrom("error", "errors", "message", "code", "errorCode", "description", "trackingId", "x");
  const { body } = fc.letrec<{ body: Json }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Json>(null, "", "text", 0, true),
      fc.array(tie("body"), { maxLength: 2 }),
      fc.dictionary(names, tie("body"), { maxKeys: 4 }),
    ),
  }));
  fc.assert(fc.property(body, (value) => {
    for (const text of Object.values(readErrorBody(value))) assert.ok(typeof text === "string" && text !== "");
  }));
});

Deno.test("readErrorBody() shortens a page of text and keeps it whole Unicode", () => {
  const { message = "" } = readErrorBody("x" + "😀".repeat(1_000));
  assert.ok(message.length <= 500 && message.length > 400);
  assert.ok(message.isWellFormed());
});

Deno.test("readErrorBody() takes no longer than linear time over hostile markup", () => {
  const start = performance.now();
  for (const piece of ["<", "<style", "<script>", "< ", "<a "]) readErrorBody(piece.repeat(300_000));
  assert.ok(performance.now() - start < 2_000);
});
