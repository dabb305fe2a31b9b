import assert from "node:assert/strict";
import project from "../../../deno.json" with { type: "json" };
import { RefusedError } from "../../../src/core/errors.ts";
import { baseUrlFor, CDR_HOSTS, DEFAULT_BASE_URL, WEBEX_HOSTS } from "../../../src/webex/requests/hosts.ts";

Deno.test("baseUrlFor() answers the general address where an operation names none", () => {
  assert.equal(baseUrlFor(undefined, undefined), "https://webexapis.com/v1");
  assert.equal(DEFAULT_BASE_URL, "https://webexapis.com/v1");
});

Deno.test("baseUrlFor() answers an operation's own Webex host without the slash at its end", () => {
  for (const host of WEBEX_HOSTS) assert.equal(baseUrlFor(`https://${host}/v1/`, undefined), `https://${host}/v1`);
});

Deno.test("baseUrlFor() refuses to send the token to another origin", () => {
  const foreign = [
    "https://evil.example/v1",
    "http://webexapis.com/v1",
    "https://webexapis.com:8443/v1",
    "https://webexapis.com.evil.example/v1",
    "https://webexapis.com@evil.example/v1",
    "https://evil.example/webexapis.com",
    "https://evil.example\\@webexapis.com/v1",
    "https://calling-cdr.webexapis.com/v1",
    "https://xwebexapis.com/v1",
    "data:text/plain,webexapis.com",
  ];
  for (const server of foreign) {
    assert.throws(() => baseUrlFor(server, undefined), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      assert.equal(error.code, "foreign_origin");
      assert.match(error.message, /^Cannot send the access token to "/);
      return true;
    }, server);
  }
});

Deno.test("baseUrlFor() sends everything to the chosen address, call records included", () => {
  const chosen = "http://127.0.0.1:8080/v1";
  for (const server of [undefined, "https://analytics-calling.webexapis.com/v1", "https://evil.example"]) {
    assert.equal(baseUrlFor(server, chosen), chosen);
  }
  assert.equal(baseUrlFor(undefined, `${chosen}//`), chosen);
});

Deno.test("WEBEX_HOSTS are what the permission sets serve and http grant, the latter with the loopback address", () => {
  const { serve, http } = project.permissions;
  assert.deepEqual(serve.net.toSorted(), [...WEBEX_HOSTS].sort());
  assert.deepEqual(http.net.toSorted(), ["127.0.0.1", ...WEBEX_HOSTS].sort());
});

Deno.test("CDR_HOSTS are hosts of Webex for call records alone", () => {
  assert.equal(CDR_HOSTS.length, 6);
  assert.ok(CDR_HOSTS.every((host) => WEBEX_HOSTS.includes(host) && host.startsWith("analytics")));
});
