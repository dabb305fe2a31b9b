import assert from "node:assert/strict";
import fc from "fast-check";
import { challenge, metadataAddress, protectedResource } from "../../src/access/protected_resource.ts";
import { oauthConfig } from "./support.ts";

const METADATA = "https://mcp.test/.well-known/oauth-protected-resource/mcp";

Deno.test("protectedResource() names the issuer, the scopes and the header (RFC 9728)", () => {
  assert.deepEqual(protectedResource("https://mcp.test/mcp", oauthConfig()), {
    resource: "https://mcp.test/mcp",
    authorization_servers: ["https://login.test/tenant"],
    scopes_supported: ["webex:read", "webex:write"],
    bearer_methods_supported: ["header"],
    resource_name: "webex-calling-mcp",
  });
  const one = oauthConfig({ scopes: { read: "x", write: "x" } });
  assert.deepEqual(protectedResource("https://mcp.test", one)["scopes_supported"], ["x"]);
});

Deno.test("metadataAddress() stands before the resource's own path", () => {
  assert.equal(metadataAddress("https://mcp.test/mcp"), METADATA);
  assert.equal(metadataAddress("https://mcp.test"), "https://mcp.test/.well-known/oauth-protected-resource");
});

Deno.test("challenge() tells what was wrong, which scopes are needed, and where to get a token", () => {
  assert.equal(
    challenge({ status: 401, description: "A bearer token is required" }, { metadata: METADATA, scope: "webex:read" }),
    `Bearer realm="webex-calling-mcp", scope="webex:read", resource_metadata="${METADATA}"`,
  );
  assert.equal(
    challenge({ status: 401, error: "invalid_token", description: "The token has expired" }),
    'Bearer realm="webex-calling-mcp", error="invalid_token", error_description="The token has expired"',
  );
  const refusal = { status: 403, error: "insufficient_scope", description: "x", scope: "a b" } as const;
  assert.equal(
    challenge(refusal, { metadata: METADATA, scope: "c" }),
    `Bearer realm="webex-calling-mcp", error="insufficient_scope", error_description="x", scope="a b", resource_metadata="${METADATA}"`,
  );
});

Deno.test("challenge() asks for no token where none would help", () => {
  assert.equal(challenge({ status: 503, description: "x" }), undefined);
  assert.equal(challenge({ status: 403, description: "x" }, { metadata: METADATA }), undefined);
});

Deno.test("challenge() is one header of quoted strings, whatever is put into it", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string(), (description, scope) => {
    const value = challenge({ status: 401, error: "invalid_token", description, scope }) ?? "";
    assert.match(value, /^Bearer realm="[^"\\]*"(?:, \w+="[\x20-\x21\x23-\x5b\x5d-\x7e]*")*$/);
    new Headers({ "www-authenticate": value });
  }));
});
