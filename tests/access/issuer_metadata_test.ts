import assert from "node:assert/strict";
import { keysAddress, metadataAddresses } from "../../src/access/issuer_metadata.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import { FakeClock } from "../support/fake_clock.ts";

function find(issuer: string, answers: Readonly<Record<string, unknown>>, asked: string[] = []): Promise<string> {
  return keysAddress(issuer, {
    clock: new FakeClock(),
    fetch: ({ url }) => {
      asked.push(url);
      return Promise.resolve(url in answers ? Response.json(answers[url]) : new Response("", { status: 404 }));
    },
  });
}

Deno.test("metadataAddresses() has RFC 8414's place first, then those of OpenID Connect", () => {
  const [root, tenant] = ["https://login.test", "https://login.test/a/b"];
  const plain = [`${root}/.well-known/oauth-authorization-server`, `${root}/.well-known/openid-configuration`];
  assert.deepEqual(metadataAddresses(root), plain);
  assert.deepEqual(metadataAddresses(`${root}/`), plain);
  assert.deepEqual(metadataAddresses(`${tenant}/`), [
    `${root}/.well-known/oauth-authorization-server/a/b`,
    `${root}/.well-known/openid-configuration/a/b`,
    `${tenant}/.well-known/openid-configuration`,
  ]);
});

Deno.test("keysAddress() takes the first metadata that is there", async () => {
  const issuer = "https://login.test/a";
  const place = `${issuer}/.well-known/openid-configuration`;
  const asked: string[] = [];
  const keys = await find(issuer, { [place]: { issuer, jwks_uri: "https://keys.test/k" } }, asked);
  assert.equal(keys, "https://keys.test/k");
  assert.deepEqual(asked, metadataAddresses(issuer));
});

Deno.test("keysAddress() refuses metadata of another issuer, and keys that could be changed on their way", async () => {
  const issuer = "https://login.test";
  const [place = ""] = metadataAddresses(issuer);
  const wrong: [unknown, RegExp][] = [
    [{ issuer: "https://evil.test", jwks_uri: "https://evil.test/k" }, /is the metadata of another issuer/],
    [{ issuer: `${issuer}/`, jwks_uri: "https://login.test/k" }, /is the metadata of another issuer/],
    [{ jwks_uri: "https://login.test/k" }, /is the metadata of another issuer/],
    [{ issuer }, /names no https address as jwks_uri/],
    [{ issuer, jwks_uri: "http://login.test/k" }, /names no https address as jwks_uri/],
    [{ issuer, jwks_uri: "http://127.0.0.1/k" }, /names no https address as jwks_uri/],
    [{ issuer, jwks_uri: "file:///etc/passwd" }, /names no https address as jwks_uri/],
    ["text", /expected a JSON object/],
  ];
  for (const [metadata, message] of wrong) {
    await assert.rejects(find(issuer, { [place]: metadata }), (error) => {
      assert.ok(error instanceof UpstreamError && error.code === "issuer_unavailable");
      return message.test(error.message);
    });
  }
  await assert.rejects(find(issuer, {}), /oauth-authorization-server answered 404, .* answered 404$/);
});

Deno.test("keysAddress() lets an issuer on this machine have its keys there", async () => {
  const issuer = "http://127.0.0.1:9000";
  const [place = ""] = metadataAddresses(issuer);
  const keys = { issuer, jwks_uri: "http://localhost:9000/k" };
  assert.equal(await find(issuer, { [place]: keys }), "http://localhost:9000/k");
});
