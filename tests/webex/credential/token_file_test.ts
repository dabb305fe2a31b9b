import assert from "node:assert/strict";
import { WebexMcpError } from "../../../src/core/errors.ts";
import { createTokenFile } from "../../../src/webex/credential/token_file.ts";
import { type FakeParts, fakeParts } from "../../support/credential_parts.ts";

function partsWith(text: string): FakeParts {
  const parts = fakeParts();
  parts.files.texts.set("/t", text);
  return parts;
}

Deno.test("createTokenFile() reads the file at each call, so that it can be renewed", async () => {
  const parts = partsWith("\ufefffirst-token\r\n");
  const credential = createTokenFile("/t", parts);
  assert.equal(await credential.token(), "first-token");
  parts.files.texts.set("/t", "second-token");
  assert.equal(await credential.token(), "second-token");
  assert.equal(parts.secrets.hide("first-token second-token"), "[redacted] [redacted]");
});

Deno.test("createTokenFile() has another token after a 401 only if the file has", async () => {
  const parts = partsWith("first-token");
  const credential = createTokenFile("/t", parts);
  assert.equal(await credential.renew("first-token"), undefined);
  parts.files.texts.set("/t", "second-token");
  assert.equal(await credential.renew("first-token"), "second-token");
});

Deno.test("createTokenFile() says which file cannot be read, and with which flag it could", async () => {
  const parts = fakeParts();
  const credential = createTokenFile("/t", parts);
  await assert.rejects(credential.token(), (error: unknown) => {
    assert.ok(error instanceof WebexMcpError);
    assert.equal(error.code, "token_file_unreadable");
    assert.equal(error.message, 'Cannot read the access token\'s file "/t": there is no such file');
    return true;
  });
  parts.files.before = () => {
    throw new Deno.errors.NotCapable("read");
  };
  await assert.rejects(credential.token(), { guidance: "Start the server with --allow-read=/t." });
});

Deno.test("createTokenFile() tells an empty file from one that isn't there", async () => {
  const credential = createTokenFile("/t", partsWith(" \n"));
  await assert.rejects(credential.token(), { code: "no_access_token", guidance: credential.renewal });
  assert.match(credential.renewal, /"\/t"/);
});

Deno.test("createTokenFile() says what hinders: a directory, or the system", async () => {
  const parts = partsWith("token");
  for (
    const [Hindrance, reason] of [
      [Deno.errors.IsADirectory, /: it is a directory$/],
      [Deno.errors.PermissionDenied, /: the system denies access$/],
    ] as const
  ) {
    parts.files.before = () => {
      throw new Hindrance("planted");
    };
    await assert.rejects(createTokenFile("/t", parts).token(), reason);
  }
});

Deno.test("createTokenFile() refuses a token that brings the word of the header", async () => {
  const parts = partsWith("bearer planted-token-1\n");
  await assert.rejects(createTokenFile("/t", parts).token(), (error: unknown) => {
    assert.ok(error instanceof WebexMcpError);
    assert.deepEqual([error.code, error.message], [
      "malformed_access_token",
      'Cannot call Webex: the access token of file "/t" begins with "Bearer"',
    ]);
    assert.match(error.guidance ?? "", /Leave the word "Bearer"/);
    return true;
  });
  assert.equal(parts.secrets.hide("planted-token-1"), "[redacted]");
});
