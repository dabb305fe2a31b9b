import assert from "node:assert/strict";
import type { Json } from "../../../src/core/json.ts";
import { codesOfHeader, failureOf } from "../../../src/webex/errors/failure.ts";

Deno.test("failureOf() takes the code from the body, else from the header, else from the status", () => {
  const body = { message: "Bad", errors: [{ description: "Taken", errorCode: 5600 }], trackingId: "BODY" };
  assert.deepEqual(failureOf({ status: 400, body, errorCodes: "5600, 25008", trackingId: "HEADER" }), {
    code: "5600",
    codes: ["5600", "25008"],
    message: "Bad (Taken)",
    details: body,
    trackingId: "HEADER",
  });
  const { code, trackingId } = failureOf({
    status: 502,
    body: { message: "No", trackingId: "BODY" },
    errorCodes: "4251",
  });
  assert.deepEqual([code, trackingId], ["4251", "BODY"]);
  assert.deepEqual(failureOf({ status: 504, body: null }), {
    code: "http_504",
    codes: [],
    message: "Webex answered 504 without a message",
  });
});

Deno.test("failureOf() tells a gateway's page in one line and leaves the page out", () => {
  const body = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>";
  assert.deepEqual(failureOf({ status: 502, body }), { code: "http_502", codes: [], message: "502 Bad Gateway nginx" });
});

Deno.test("failureOf() keeps a small body as it is, and of a large one the entries that fit", () => {
  const small: Json = { odd: true, message: "No" };
  assert.equal(failureOf({ status: 400, body: small }).details, small);
  const errors = Array.from(
    { length: 150 },
    (_, index) => ({ description: `Number ${index} `.repeat(10), errorCode: 7 }),
  );
  const { details } = failureOf({ status: 400, body: { message: "No", errors } });
  const text = JSON.stringify(details);
  assert.ok(text.length < 4_300 && text.length > 3_000);
  assert.match(text, /^{"errors":\[{"code":"7","description":"Number 0/);
  assert.match(text, /"errors_total":150}$/);
  assert.equal(failureOf({ status: 400, body: { junk: "x".repeat(9_000) } }).details, undefined);
});

Deno.test("codesOfHeader() splits, and takes nothing that is no code", () => {
  assert.deepEqual(codesOfHeader("4251"), ["4251"]);
  assert.deepEqual(codesOfHeader(" 4251,ERR.V.TRM.TMN60004 ; BATCH-400"), ["4251", "ERR.V.TRM.TMN60004", "BATCH-400"]);
  assert.deepEqual(codesOfHeader("<script>"), []);
  assert.deepEqual(codesOfHeader(undefined), []);
});
