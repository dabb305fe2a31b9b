import assert from "node:assert/strict";
import { Router } from "../../src/sandbox/router.ts";
import { makeEndpoint } from "./endpoints.ts";

const router = new Router([
  makeEndpoint("GET", "/people"),
  makeEndpoint("POST", "/people"),
  makeEndpoint("GET", "/people/me"),
  makeEndpoint("GET", "/people/{personId}"),
  makeEndpoint("GET", "/people/{personId}/features/voicemail"),
  makeEndpoint("DELETE", "/groups/{groupId}/members"),
]);

function pathOf(method: string, path: string): string | undefined {
  const found = router.find(method, path);
  return found !== undefined && "endpoint" in found ? found.endpoint.path : undefined;
}

Deno.test("Router.find() prefers a literal segment to a parameter", () => {
  assert.equal(pathOf("GET", "/people/me"), "/people/me");
  assert.equal(pathOf("GET", "/people/abc"), "/people/{personId}");
});

Deno.test("Router.find() goes back to the parameter where the literal leads nowhere", () => {
  assert.equal(pathOf("GET", "/people/me/features/voicemail"), "/people/{personId}/features/voicemail");
});

Deno.test("Router.find() decodes path values", () => {
  const found = router.find("GET", "/people/a%2Fb%3D%3D");
  assert.deepEqual(found && "params" in found && found.params, { personId: "a/b==" });
});

Deno.test("Router.find() tells the other methods of a known path", () => {
  assert.deepEqual(router.find("DELETE", "/people"), { allow: ["GET", "POST"] });
});

Deno.test("Router.find() ignores a trailing slash and refuses unknown paths", () => {
  assert.equal(pathOf("DELETE", "/groups/1/members/"), "/groups/{groupId}/members");
  assert.equal(router.find("GET", "/peoples"), undefined);
  assert.equal(router.find("GET", "/people/1/2"), undefined);
});
