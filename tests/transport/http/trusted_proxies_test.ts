import assert from "node:assert/strict";
import { createTrustedProxies } from "../../../src/transport/http/trusted_proxies.ts";
import { requestFactsOf } from "../../../src/transport/http/request_facts.ts";

Deno.test("createTrustedProxies() knows addresses and networks, in both forms of IPv4", () => {
  const proxies = createTrustedProxies(["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"]);
  for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "10.255.1.2", "2001:db8::7"]) {
    assert.equal(proxies.has(address), true, address);
  }
  for (const address of ["127.0.0.2", "11.0.0.1", "2001:db9::1", "", "localhost"]) {
    assert.equal(proxies.has(address), false, address);
  }
});

Deno.test("createTrustedProxies() refuses what is no address", () => {
  for (const text of ["proxy", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/8/8", "::1/129", "", "10.0.0.0/"]) {
    assert.throws(() => createTrustedProxies([text]), /^UsageError: Cannot trust proxy/, text);
  }
});

Deno.test("requestFactsOf() believes trusted proxies only", () => {
  const proxies = createTrustedProxies(["10.0.0.0/8"]);
  const of = (remoteAddress: string, headers: Record<string, string>) =>
    requestFactsOf({ headers: new Headers(headers) }, { remoteAddress }, proxies, () => "made-here");
  const told = { "x-forwarded-for": "1.1.1.1, 2.2.2.2, 10.0.0.9", "x-request-id": "from-the-proxy" };
  assert.deepEqual(of("9.9.9.9", told), { id: "made-here", client: "9.9.9.9" });
  // What the client wrote itself stands in front of what the proxies added.
  assert.deepEqual(of("10.0.0.1", told), { id: "from-the-proxy", client: "2.2.2.2" });
  assert.deepEqual(of("10.0.0.1", {}), { id: "made-here", client: "10.0.0.1" });
  assert.deepEqual(of("10.0.0.1", { "x-forwarded-for": "unknown", "x-request-id": "a b" }), {
    id: "made-here",
    client: "10.0.0.1",
  });
});
