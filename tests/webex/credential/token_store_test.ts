import assert from "node:assert/strict";
import { UpstreamError } from "../../../src/core/errors.ts";
import { createTokenStore, type StoredTokens } from "../../../src/webex/credential/token_store.ts";
import { fakeParts } from "../../support/credential_parts.ts";

const TOKENS: StoredTokens = {
  kind: "integration",
  clientId: "C1",
  clientSecret: "planted-client-secret",
  accessToken: "planted-access-token",
  refreshToken: "planted-refresh-token",
  issuedAt: Date.UTC(2026, 0, 1),
  expiresAt: Date.UTC(2026, 0, 15),
  refreshExpiresAt: Date.UTC(2026, 3, 1),
  scopes: ["a", "b"],
  owner: "Ada (Northwind)",
  seed: "0123",
};

Deno.test("createTokenStore() reads what it wrote, and makes the secrets known", async () => {
  const parts = fakeParts();
  await createTokenStore("/s.json", parts).write(TOKENS);
  const reader = { ...fakeParts(), files: parts.files };
  assert.deepEqual(await createTokenStore("/s.json", reader).read(), TOKENS);
  for (const secret of ["planted-client-secret", "planted-access-token", "planted-refresh-token"]) {
    assert.equal(parts.secrets.hide(secret), "[redacted]");
    assert.equal(reader.secrets.hide(secret), "[redacted]");
  }
  const text = JSON.parse(parts.files.texts.get("/s.json") ?? "");
  assert.deepEqual([text.version, text.expires_at, text.scope], [1, "2026-01-15T00:00:00.000Z", "a b"]);
});

Deno.test("createTokenStore() does without everything that can be absent", async () => {
  const parts = fakeParts();
  const { kind, clientId, accessToken, refreshToken, expiresAt } = TOKENS;
  const least = { kind, clientId, accessToken, refreshToken, expiresAt };
  const store = createTokenStore("/s.json", parts);
  assert.equal(await store.read(), undefined);
  await store.write(least);
  assert.deepEqual(await store.read(), least);
  assert.deepEqual([await store.remove(), await store.remove()], [true, false]);
});

Deno.test("createTokenStore() refuses a file that others may read, and says how to mend it", async () => {
  const parts = fakeParts();
  const store = createTokenStore("/s.json", parts);
  await store.write(TOKENS);
  for (const mode of [0o640, 0o604, 0o666, 0o601]) {
    parts.files.modes.set("/s.json", mode);
    await assert.rejects(store.read(), (error: unknown) => {
      assert.ok(error instanceof UpstreamError);
      assert.equal(error.code, "token_store_exposed");
      assert.match(error.message, new RegExp(`mode 0${mode.toString(8)}`));
      assert.match(error.guidance ?? "", /^Run chmod 600 "\/s\.json"/);
      return true;
    });
  }
  parts.files.modes.set("/s.json", 0o400);
  assert.deepEqual(await store.read(), TOKENS);
});

Deno.test("createTokenStore() quotes nothing of a file that is no token store", async () => {
  const parts = fakeParts();
  const whole = await createTokenStore("/s.json", parts).write(TOKENS).then(() =>
    parts.files.texts.get("/s.json") ?? ""
  );
  const broken = [
    "",
    whole.slice(0, -40),
    whole.replace('"version": 1', '"version": 2'),
    whole.replace("integration", "bot"),
    whole.replace("refresh_token", "other"),
    whole.replace("2026-01-15T00:00:00.000Z", "soon"),
    '["planted"]',
  ];
  for (const text of broken) {
    parts.files.texts.set("/s.json", text);
    await assert.rejects(createTokenStore("/s.json", parts).read(), (error: unknown) => {
      assert.ok(error instanceof UpstreamError);
      assert.equal(error.code, "token_store_broken");
      assert.doesNotMatch(`${error.stack} ${error.guidance} ${String(error.cause)}`, /planted/);
      return true;
    });
  }
});

Deno.test("createTokenStore() names the file and the permission that is missing", async () => {
  const parts = fakeParts();
  const store = createTokenStore("/state/s.json", parts);
  await store.write(TOKENS);
  const cases = [
    [new Deno.errors.NotCapable("x"), /without permission/, /--allow-read=\/state --allow-write=\/state/],
    [new Deno.errors.PermissionDenied("x"), /the system denies access/, /belongs to the user/],
    [new Deno.errors.IsADirectory("x"), /it is a directory/, /belongs to the user/],
    [new RangeError("planted"), /: RangeError$/, /belongs to the user/],
  ] as const;
  for (const [cause, message, guidance] of cases) {
    parts.files.before = () => {
      throw cause;
    };
    for (const work of [() => store.read(), () => store.write(TOKENS), () => store.withLock(() => Promise.resolve())]) {
      await assert.rejects(work(), (error: unknown) => {
        assert.ok(error instanceof UpstreamError);
        assert.match(error.code, /^token_store_un(readable|writable)$/);
        assert.match(error.message, message);
        assert.match(error.guidance ?? "", guidance);
        return true;
      });
    }
  }
});

Deno.test("createTokenStore() passes on what fails under the lock as it is", async () => {
  const store = createTokenStore("/s.json", fakeParts());
  await assert.rejects(store.withLock(() => Promise.reject(new Error("own"))), /own/);
  assert.equal(await store.withLock(() => Promise.resolve(7)), 7);
});
