import assert from "node:assert/strict";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { Secrets } from "../../../src/core/secrets.ts";
import type { SandboxOptions } from "../../../src/sandbox/reception.ts";
import { createSandbox, type Sandbox } from "../../../src/sandbox/sandbox.ts";
import { type Identity, readIdentity, whoAmI } from "../../../src/webex/credential/identity.ts";
import { encodeId } from "../../../src/sandbox/ids.ts";
import { BASE_URL } from "../../support/credential_parts.ts";
import { FakeClock } from "../../support/fake_clock.ts";

const TOKEN = "planted-token";

function ask(sandbox: Sandbox, token = TOKEN): Promise<Identity> {
  return whoAmI({ fetch: sandbox.fetch, baseUrl: BASE_URL, token, secrets: new Secrets() });
}

function organization(options: SandboxOptions = {}): Sandbox {
  return createSandbox(embeddedCollection().endpoints, { clock: new FakeClock(), token: TOKEN, ...options });
}

Deno.test("whoAmI() tells person, organization, roles, licences and expiry", async () => {
  const found = await ask(organization());
  assert.equal(found.rejected, false);
  assert.match(found.emails[0] ?? "", /@northwind\.example\.com$/);
  assert.deepEqual([found.organizationName, found.partner], ["Northwind Instruments", false]);
  assert.deepEqual(found.roles, ["Full Administrator"]);
  assert.deepEqual(found.organizations?.count, 1);
  const professional = found.licences?.find(({ name }) => name === "Webex Calling - Professional");
  assert.ok((professional?.consumed ?? 0) > 0 && professional?.total === 100);
  assert.equal(found.expiresAt, new FakeClock().now() + 12 * 3_600_000);
  assert.deepEqual(found.unknown, []);
});

Deno.test("whoAmI() recognizes a partner by the organizations that the token reaches", async () => {
  const { partner, organizations, organizationName } = await ask(organization({ partner: true }));
  assert.deepEqual([partner, organizations?.count, organizationName], [true, 2, "Northwind Instruments"]);
});

Deno.test("whoAmI() says that a token is refused, and asks no more", async () => {
  const sandbox = organization();
  assert.equal((await ask(sandbox, "wrong-token")).rejected, true);
  assert.equal(sandbox.requests.entries.length, 1);
});

Deno.test("whoAmI() notes what the token may not see", async () => {
  const sandbox = organization();
  sandbox.faults.add(
    { path: "/licenses", status: 403 },
    { path: "/organizations", status: 403 },
    { path: "/authorizations/tokenExpiry", drop: true },
  );
  const found = await ask(sandbox);
  assert.deepEqual([...found.unknown].sort(), [
    "expiry: no answer",
    "licences: not permitted",
    "organizations: not permitted",
  ]);
  assert.deepEqual([found.licences, found.organizations, found.expiresAt], [undefined, undefined, undefined]);
  // Its own organization can be asked for by its id.
  assert.equal(found.organizationName, "Northwind Instruments");
});

Deno.test("whoAmI() accepts an owner who is no person", async () => {
  const sandbox = organization();
  sandbox.faults.add({ path: "/people/me", status: 403 });
  const found = await ask(sandbox);
  assert.deepEqual([found.rejected, found.emails, found.roles], [false, [], undefined]);
  assert.deepEqual(found.unknown, ["person: not permitted"]);
});

Deno.test("whoAmI() raises that Webex cannot be reached, without the token", async () => {
  const sandbox = organization();
  sandbox.faults.add({ path: "/people/me", drop: true });
  await assert.rejects(ask(sandbox), { code: "connection_failed", message: 'Cannot reach "webexapis.com"' });
  const fetch = () => Promise.reject(new Deno.errors.NotCapable("net"));
  await assert.rejects(whoAmI({ fetch, baseUrl: BASE_URL, token: TOKEN, secrets: new Secrets() }), {
    code: "missing_permission",
    guidance: "Start the program with --allow-net=webexapis.com.",
  });
});

Deno.test("whoAmI() ends with the reason of the signal", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const { fetch } = organization();
  await assert.rejects(whoAmI({ fetch, baseUrl: BASE_URL, token: TOKEN, secrets: new Secrets(), signal }), /enough/);
});

Deno.test("readIdentity() names roles by Webex's list where it doesn't know them, else by their own value", async () => {
  const [custom, stranger] = [encodeId("ROLE", "4711"), encodeId("ROLE", "id_other_admin")];
  const bodies: Record<string, unknown> = {
    "/people/me": { id: "p", roles: [custom, stranger, encodeId("ROLE", "id_readonly_admin")], orgId: "o" },
    "/roles": { items: [{ id: custom, name: "Location Administrator" }] },
    "/licenses": { items: [{ id: "l" }, { name: "L", totalUnits: "many" }] },
    "/organizations": { items: [{ id: "managed" }, "odd"] },
    "/authorizations/tokenExpiry": { exp: "1800000000" },
  };
  const found = await readIdentity((path) =>
    Promise.resolve(path in bodies ? { status: 200, body: bodies[path] } : { status: 404, body: null })
  );
  assert.deepEqual(found.roles, ["Location Administrator", "id_other_admin", "Read-Only Administrator"]);
  assert.deepEqual([found.licences, found.expiresAt, found.partner], [[{ name: "L" }], 1_800_000_000_000, true]);
  assert.deepEqual(found.unknown, ["organization: not found"]);
});
