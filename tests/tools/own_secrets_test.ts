import assert from "node:assert/strict";
import type { Json } from "../../src/core/json.ts";
import { withoutOwnSecrets } from "../../src/tools/own_secrets.ts";
import { failed } from "../../src/tools/results/result.ts";

function failure(message: string, details: Json = null) {
  return failed({ code: "400", message, details, guidance: "Correct 4711" });
}

Deno.test("withoutOwnSecrets() takes what was sent under a secret's name out of the error, at any depth", () => {
  const args = { name: "Ada", admin: { sipPassword: "s3cret" }, accessCodes: [{ code: 471199 }], pins: ["8642"] };
  const told = failure("s3cret of Ada is weak", [{ text: "471199 exists", of: ["8642"], status: 400 }]);
  const { value } = withoutOwnSecrets(told, args);
  assert.deepEqual(value.error, {
    code: "400",
    message: "[redacted] of Ada is weak",
    details: [{ text: "[redacted] exists", of: ["[redacted]"], status: 400 }],
  });
  assert.equal(value.guidance, "Correct 4711");
});

Deno.test("withoutOwnSecrets() leaves alone what is no secret, or too short to be told from other text", () => {
  const told = failure("Bad 12 for Ada");
  assert.equal(withoutOwnSecrets(told, { name: "Ada" }), told);
  assert.equal(withoutOwnSecrets(told, { pin: "12" }), told);
});

Deno.test("withoutOwnSecrets() hides a longer secret whole where a shorter one is part of it", () => {
  const { value } = withoutOwnSecrets(failure("12345678"), { pin: "1234", newPin: "12345678" });
  assert.deepEqual(value.error, { code: "400", message: "[redacted]", details: null });
});
