import assert from "node:assert/strict";
import { Secrets } from "../../../src/core/secrets.ts";
import { bareToken } from "../../../src/webex/credential/bare_token.ts";

Deno.test("bareToken() takes blanks away and knows the token as secret", () => {
  const secrets = new Secrets();
  assert.equal(bareToken(" bearer-token-1\n", "WEBEX_ACCESS_TOKEN", secrets), "bearer-token-1");
  assert.equal(secrets.hide("bearer-token-1"), "[redacted]");
});

Deno.test("bareToken() refuses the word of the header in any case, and knows the token behind it as secret", () => {
  for (const text of ["Bearer planted-1", "bearer\tplanted-1", " BEARER  planted-1 "]) {
    const secrets = new Secrets();
    assert.throws(() => bareToken(text, "WEBEX_ACCESS_TOKEN", secrets), {
      code: "malformed_access_token",
      message: 'Cannot call Webex: the access token of WEBEX_ACCESS_TOKEN begins with "Bearer"',
    });
    assert.equal(secrets.hide("planted-1"), "[redacted]");
  }
});
