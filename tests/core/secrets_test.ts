import assert from "node:assert/strict";
import { Secrets } from "../../src/core/secrets.ts";

function known(...all: readonly string[]): Secrets {
  const secrets = new Secrets();
  for (const secret of all) secrets.add(secret);
  return secrets;
}

Deno.test("Secrets.redact() takes out what is known and what looks like a secret", () => {
  const secrets = known(" first-secret\n", "second-secret");
  assert.equal(
    secrets.redact("first-secret second-secret token=third"),
    "[redacted] [redacted] token=[redacted]",
  );
});

Deno.test("Secrets.hide() leaves everything but the known secrets alone", () => {
  const secrets = known("first-secret");
  assert.equal(secrets.hide('{"token":"x","a":"first-secret"}'), '{"token":"x","a":"[redacted]"}');
});

Deno.test("Secrets.add() takes no empty secret", () => {
  const secrets = known("", "  ");
  secrets.add(undefined);
  assert.equal(secrets.hide("a b"), "a b");
});

Deno.test("Secrets.add() forgets the oldest of too many secrets, unless it is added again", () => {
  const secrets = known("secret-number-kept", "secret-number-gone");
  for (let index = 0; index < 198; index++) secrets.add(`secret-number-${index}`);
  secrets.add("secret-number-kept");
  secrets.add("secret-number-last");
  assert.equal(secrets.hide("secret-number-kept secret-number-gone"), "[redacted] secret-number-gone");
});
