import assert from "node:assert/strict";
import type { Endpoint, Facts } from "../../../src/collection/endpoint.ts";
import { permissionAdvice, type TokenOwner } from "../../../src/webex/errors/permission.ts";
import { endpointOf } from "../../support/endpoints.ts";

function advise(facts: Partial<Facts>, owner?: TokenOwner, parts: Partial<Endpoint> = {}): string {
  return permissionAdvice(endpointOf(parts, facts), owner);
}

Deno.test("permissionAdvice() names what the operation needs", () => {
  assert.match(
    advise({ scopes: ["a:read", "b:read"], roles: ["full", "read-only"] }),
    /^Use a token that has the scope a:read or b:read and belongs to a full or read-only administrator; /,
  );
  assert.match(advise({ scopes: ["a", "b"], allScopes: true }), /the scope a and b;/);
  assert.match(advise({}), /^Use a token that may do this; some settings also need a licence/);
  assert.match(
    advise({ roles: ["Webex Calling Detailed Call History API access"] }),
    /has the role "Webex Calling Det/,
  );
  assert.match(advise({}, undefined, { path: "/telephony/config/people/me" }), /belongs to a calling user;/);
  assert.match(advise({}, undefined, { path: "/reports" }), /Pro Pack/);
});

Deno.test("permissionAdvice() tells what the owner has and what is lacking", () => {
  const facts = { scopes: ["a:read"], roles: ["full", "location"] };
  const person = { displayName: "Ann Lee", organizationName: "Acme" };
  assert.match(
    advise(facts, { ...person, roles: ["Device Administrator"], scopes: ["b:read"] }),
    / The token's owner Ann Lee \(Acme\) has the role "Device Administrator" and lacks the scope a:read and a role that may do this\.$/,
  );
  assert.match(
    advise(facts, { roles: ["Full Administrator"], scopes: ["b:read"] }),
    / The token's owner has the role "Full Administrator" and lacks the scope a:read\.$/,
  );
  assert.match(
    advise(facts, { roles: ["Full Administrator", "User Administrator"], scopes: ["a:read"] }),
    /"Full Administrator" and "User Administrator" and lacks neither scope nor role as far as is known\.$/,
  );
  assert.match(advise(facts, { roles: [] }), /has no administrator role and lacks a role that may do this\.$/);
  assert.match(advise(facts, { scopes: ["a:read"] }), /blocks?|calling API\.$/);
});

Deno.test("permissionAdvice() takes one of several scopes for enough, unless all are needed", () => {
  const owner = { scopes: ["a"] };
  assert.doesNotMatch(advise({ scopes: ["a", "b"] }, owner), /lacks/);
  assert.match(advise({ scopes: ["a", "b"], allScopes: true }, owner), /lacks the scope b\./);
});
