import assert from "node:assert/strict";
import { createCredential } from "../../../src/webex/credential/create_credential.ts";
import { fakeParts } from "../../support/credential_parts.ts";

Deno.test("createCredential() gives the token without the blanks around it, and knows it as secret", async () => {
  const parts = fakeParts();
  const credential = createCredential({ type: "token", token: " abcdefgh\n" }, parts);
  assert.equal(await credential.token(), "abcdefgh");
  assert.equal(parts.secrets.hide("x abcdefgh y"), "x [redacted] y");
  assert.equal(credential.kind, "token");
});

Deno.test("createCredential() has no other token than the one that was set", async () => {
  const credential = createCredential({ type: "token", token: "abcdefgh" }, fakeParts());
  assert.equal(await credential.renew("abcdefgh"), undefined);
  assert.match(credential.renewal, /WEBEX_ACCESS_TOKEN/);
  assert.equal(await credential.scopes(), undefined);
});

Deno.test("createCredential() gives nothing where nothing is set", async () => {
  for (const source of [{ type: "none" }, { type: "token", token: " " }] as const) {
    const credential = createCredential(source, fakeParts());
    assert.deepEqual([credential.kind, await credential.token()], ["none", undefined]);
    assert.match(credential.renewal, /WEBEX_ACCESS_TOKEN/);
  }
});

Deno.test("createCredential() touches nothing before the first token is asked for", () => {
  const parts = fakeParts();
  parts.files.before = () => assert.fail("Expected no access");
  const kinds = [
    createCredential({ type: "file", path: "/t" }, parts),
    createCredential({ type: "command", command: ["pass", "show"] }, parts),
    createCredential({ type: "integration", profile: "acme", store: "/s" }, parts),
    createCredential({ type: "service_app", profile: "acme", store: "/s" }, parts),
  ].map(({ kind }) => kind);
  assert.deepEqual(kinds, ["file", "command", "integration", "service_app"]);
});

Deno.test("createCredential() refuses a token that brings the word of the header", async () => {
  const credential = createCredential({ type: "token", token: "Bearer abcdefgh" }, fakeParts());
  await assert.rejects(credential.token(), {
    code: "malformed_access_token",
    message: 'Cannot call Webex: the access token of WEBEX_ACCESS_TOKEN begins with "Bearer"',
  });
});

Deno.test("createCredential() tells why there is no credential before it says how to set one", () => {
  const { renewal } = createCredential({ type: "none", reason: "No profile is used." }, fakeParts());
  assert.match(renewal, /^No profile is used\. Set WEBEX_ACCESS_TOKEN /);
});
