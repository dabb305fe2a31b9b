import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from "@modelcontextprotocol/server";
import assert from "node:assert/strict";
import { hidingErrors } from "../../src/server/hidden_error.ts";

const hide = (text: string) => text.replaceAll("planted", "[redacted]");

Deno.test("hidingErrors() takes secrets out of a refusal and its data, and keeps its code", async () => {
  const wrong = new ProtocolError(ProtocolErrorCode.InvalidParams, "Unknown planted");
  await assert.rejects(hidingErrors(hide, () => Promise.reject(wrong)), (error: unknown) => {
    assert.ok(error instanceof ProtocolError);
    assert.deepEqual([error.code, error.message], [-32602, "Unknown [redacted]"]);
    return true;
  });
  const missing = new ResourceNotFoundError("webex://planted", "There is no planted");
  await assert.rejects(hidingErrors(hide, () => Promise.reject(missing)), (error: unknown) => {
    assert.ok(error instanceof ResourceNotFoundError);
    assert.deepEqual([error.uri, error.message], ["webex://[redacted]", "There is no [redacted]"]);
    return true;
  });
});

Deno.test("hidingErrors() takes out what looks like a token, though nobody knows it", async () => {
  const token = `wxm_Ab3dEf7h_${"x".repeat(43)}`;
  const missing = new ResourceNotFoundError(`webex://tools/${token}`, `Unknown tool "${token}"`);
  await assert.rejects(hidingErrors(hide, () => Promise.reject(missing)), (error: unknown) => {
    assert.ok(error instanceof ResourceNotFoundError);
    assert.deepEqual([error.uri, error.message], ["webex://tools/[redacted]", 'Unknown tool "[redacted]"']);
    return true;
  });
});

Deno.test("hidingErrors() passes results and other errors on", async () => {
  assert.equal(await hidingErrors(hide, () => Promise.resolve("planted")), "planted");
  const bug = new TypeError("planted");
  await assert.rejects(hidingErrors(hide, () => Promise.reject(bug)), (error) => error === bug);
});
