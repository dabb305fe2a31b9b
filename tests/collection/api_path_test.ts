import assert from "node:assert/strict";
import { apiPathOf, operationKey } from "../../src/collection/api_path.ts";

Deno.test("apiPathOf() finds the same path however the address is divided", () => {
  const divided: [string | undefined, string][] = [
    [undefined, "/people/{personId}"],
    ["https://webexapis.com/v1", "/people/{personId}"],
    ["https://webexapis.com/v1/", "/people/{personId}/"],
    ["https://webexapis.com", "/v1/people/{personId}"],
    ["https://webexapis.com/v1/people", "/{personId}"],
  ];
  for (const [server, path] of divided) {
    const address = server === undefined ? { path } : { server, path };
    assert.equal(apiPathOf(address), "/people/{personId}");
    assert.equal(operationKey({ ...address, method: "PUT" }), "PUT /people/{}");
  }
});

Deno.test("apiPathOf() takes no other beginning for a version", () => {
  assert.equal(apiPathOf({ path: "/v1x/people" }), "/v1x/people");
  assert.equal(apiPathOf({ path: "/videos" }), "/videos");
  assert.equal(apiPathOf({ server: "no address", path: "/x" }), "/x");
});
