import assert from "node:assert/strict";
import { findClientSecret } from "../../../src/webex/credential/client_secret.ts";
import { fakeParts } from "../../support/credential_parts.ts";

const renewal = "Log in again.";

Deno.test("findClientSecret() takes the setting before the file, and the file before the store", async () => {
  const parts = fakeParts();
  parts.files.texts.set("/secret", "from-the-file\n");
  const places = { clientSecret: "from-the-setting", clientSecretFile: "/secret", stored: "from-the-store", renewal };
  const { clientSecret: _setting, ...less } = places;
  assert.equal(await findClientSecret(places, parts), "from-the-setting");
  assert.equal(await findClientSecret(less, parts), "from-the-file");
  assert.equal(await findClientSecret({ stored: "from-the-store", renewal }, parts), "from-the-store");
  assert.equal(parts.secrets.hide("from-the-file"), "[redacted]");
});

Deno.test("findClientSecret() says why the file cannot be read, and with which flag it could", async () => {
  const parts = fakeParts();
  const places = { clientSecretFile: "/secret", renewal };
  await assert.rejects(findClientSecret(places, parts), {
    code: "client_secret_unreadable",
    message: 'Cannot read the client secret\'s file "/secret": there is no such file',
  });
  parts.files.before = () => {
    throw new Deno.errors.NotCapable("planted");
  };
  await assert.rejects(findClientSecret(places, parts), { guidance: "Start the server with --allow-read=/secret." });
});

Deno.test("findClientSecret() says how to go on where there is none", async () => {
  await assert.rejects(findClientSecret({ stored: " ", renewal }, fakeParts()), {
    code: "missing_client_secret",
    guidance: "Set WEBEX_CLIENT_SECRET or WEBEX_CLIENT_SECRET_FILE and restart the server. Log in again.",
  });
});
