import assert from "node:assert/strict";
import { connectionReason, innermostMessage } from "../../src/core/connection_reason.ts";

function failed(message: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(message) });
}

Deno.test("connectionReason() tells what happened, and not where", () => {
  const url = "error sending request for url (https://login.test/keys?tenant=planted): client error (Connect): ";
  for (
    const reason of [
      "dns error: failed to lookup address information: Name or service not known",
      "tcp connect error: Connection refused (os error 111)",
      "invalid peer certificate: UnknownIssuer",
    ]
  ) {
    assert.equal(connectionReason(failed(url + reason)), reason);
  }
  assert.equal(connectionReason("reset by https://login.test/planted"), "reset by ");
});

Deno.test("innermostMessage() ends where a chain of causes doesn't", () => {
  const error = new Error("outer", { cause: new Error("inner") });
  assert.equal(innermostMessage(error), "inner");
  const endless = new Error("endless");
  endless.cause = endless;
  assert.equal(innermostMessage(endless), "endless");
  assert.equal(innermostMessage(new Error("outer", { cause: "a text" })), "outer");
});
