import assert from "node:assert/strict";
import { failed } from "../../../src/tools/results/result.ts";

Deno.test("failed() leaves out what is not known", () => {
  assert.deepEqual(failed({ code: "c", message: "M", guidance: "G." }), {
    isError: true,
    value: { error: { code: "c", message: "M", details: null }, guidance: "G." },
  });
});

Deno.test("failed() puts status, code, message, details, guidance and tracking id into their places", () => {
  const failure = { status: 404, code: "c", message: "M", details: [1], guidance: "G.", trackingId: "T" };
  assert.equal(
    JSON.stringify(failed(failure).value),
    '{"status_code":404,"error":{"code":"c","message":"M","details":[1]},"guidance":"G.","tracking_id":"T"}',
  );
});
