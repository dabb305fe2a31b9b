import assert from "node:assert/strict";
import fc from "fast-check";
import type { Json } from "../../../src/core/json.ts";
import {
  entryLine,
  type ErrorBody,
  type ErrorEntry,
  MAX_ENTRIES,
  readErrorBody,
} from "../../../src/webex/errors/error_body.ts";

const CASES: [string, Json, Omit<ErrorBody, "entries">][] = [
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
  ["JSON in text", ' {"message":"Bad","errors":[{"description":"Taken","errorCode":5600}],"trackingId":"T"}', {
    message: "Bad (Taken)",
    code: "5600",
    trackingId: "T",
  }],
  ["JSON in the message", { message: '{"errors":[{"description":"Deep","code":25008}]}', trackingId: "T" }, {
    message: "Deep",
    code: "25008",
    trackingId: "T",
  }],
  ["JSON in the error", { error: '[{"code":"BATCH-400","message":"No user"}]' }, {
    message: "No user",
    code: "BATCH-400",
  }],
  ["error of one job", { trackingId: "J", error: { code: "409", description: "In use", locationId: "L" } }, {
    message: "In use",
    code: "409",
    trackingId: "J",
  }],
  ["gateway's HTML in the message", { message: "<html><body><h1>504</h1> Gateway Time-out</body></html>" }, {
    message: "504 Gateway Time-out",
  }],
  ["message with comparisons", { message: "Expected 1 < x and x > 0" }, { message: "Expected 1 < x and x > 0" }],
  ["text that only begins like JSON", "{oops", { message: "{oops" }],
];

for (const [form, body, expected] of CASES) {
  Deno.test(`readErrorBody() reads this form: ${form}`, () => {
    const { entries: _entries, ...read } = readErrorBody(body);
    assert.deepEqual(read, expected);
  });
}

const ENTRIES: [string, Json, ErrorEntry[]][] = [
  ["a list of errors", {
    message: "Bad",
    errors: [{ description: "A", errorCode: 1 }, { description: "B", code: "2" }],
  }, [
    { description: "A", code: "1" },
    { description: "B", code: "2" },
  ]],
  ["a flat body", { errorCode: 404001, message: "None", errors: [] }, [{ code: "404001", description: "None" }]],
  [
    "a page of a job's errors",
    {
      items: [
        {
          item: "+15125550122",
          itemNumber: 1,
          trackingId: "T",
          error: { key: "409", message: [{ code: "1026006", description: "In use", locationId: "L" }, { code: 7 }] },
        },
        { itemNumber: 2, error: { key: "400", message: "Broken" } },
      ],
    },
    [
      { key: "409", item: "+15125550122", itemNumber: 1, locationId: "L", code: "1026006", description: "In use" },
      { key: "409", item: "+15125550122", itemNumber: 1, code: "7" },
      { itemNumber: 2, key: "400", description: "Broken" },
    ],
  ],
  ["texts", { errors: ["First", "Second"] }, [{ description: "First" }, { description: "Second" }]],
  ["a gateway's page", "<html><body>Bad <b>Gateway</b></body></html>", [{ description: "Bad Gateway" }]],
  ["nothing", {}, []],
];

for (const [form, body, expected] of ENTRIES) {
  Deno.test(`readErrorBody() lists the entries of ${form}`, () => {
    assert.deepEqual(readErrorBody(body).entries, expected);
  });
}

Deno.test("readErrorBody() keeps a bounded number of entries, and no nesting is too deep", () => {
  const many = Array.from({ length: 5_000 }, (_, code) => ({ code }));
  assert.equal(readErrorBody({ errors: many }).entries.length, MAX_ENTRIES);
  let deep: Json = "end";
  for (let level = 0; level < 5_000; level++) deep = { error: deep };
  assert.deepEqual(readErrorBody(deep).entries, []);
  assert.ok((readErrorBody({ message: "x".repeat(100_000) }).message ?? "").length <= 2_000);
});

Deno.test("entryLine() writes what is known", () => {
  assert.equal(entryLine({ item: "+1", code: "7", description: "In use" }), "+1: In use (7)");
  assert.equal(entryLine({ itemNumber: 3, key: "409", description: "In use" }), "Item 3: In use (409)");
  assert.equal(entryLine({ code: "7" }), "7");
  assert.equal(entryLine({ description: "In use" }), "In use");
});

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
    const { entries, ...texts } = readErrorBody(value);
    for (const text of Object.values(texts)) assert.ok(typeof text === "string" && text !== "");
    for (const entry of entries) {
      assert.ok(Object.values(entry).every((member) => member !== "" && member !== undefined));
    }
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
