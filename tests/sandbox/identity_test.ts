import assert from "node:assert/strict";
import { decodeId } from "../../src/sandbox/ids.ts";
import type { SandboxOptions } from "../../src/sandbox/reception.ts";
import { at, type Bench, listAt, makeBench, NOW, type Reply } from "./support.ts";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const CLIENT = { client_id: "C1", client_secret: "S1" };

function post(bench: Bench, path: string, fields: Record<string, string>, headers = {}): Promise<Reply> {
  return bench.call("POST", path, String(new URLSearchParams(fields)), { ...FORM, authorization: "", ...headers });
}

function bench(options: SandboxOptions = {}): Bench {
  return makeBench({ token: "personal", ...options });
}

async function statusWith({ call }: Bench, token: unknown): Promise<number> {
  return (await call("GET", "/people/me", undefined, { authorization: `Bearer ${token}` })).status;
}

Deno.test("IdentityDesk grants tokens for a refresh token, once, and accepts them", async () => {
  const one = bench({ grants: { refreshToken: "first", clientId: "C1", clientSecret: "S1" } });
  const form = { grant_type: "refresh_token", refresh_token: "first", ...CLIENT };
  const { status, body } = await post(one, "/access_token", form);
  assert.deepEqual([status, at(body, "expires_in"), at(body, "token_type")], [200, 1_209_599, "Bearer"]);
  assert.equal(await statusWith(one, at(body, "access_token")), 200);
  assert.equal(await statusWith(one, "personal"), 200);
  const again = await post(one, "/access_token", form);
  assert.equal(again.status, 400);
  assert.match(String(at(again.body, "errors", 0, "description")), /^invalid_grant/);
  const next = { ...form, refresh_token: String(at(body, "refresh_token")) };
  assert.equal((await post(one, "/access_token", { ...next, client_secret: "wrong" })).status, 401);
  assert.equal((await post(one, "/access_token", next)).status, 200);
});

Deno.test("IdentityDesk refuses other grants and other bodies", async () => {
  const one = bench();
  assert.equal((await post(one, "/access_token", { grant_type: "client_credentials", ...CLIENT })).status, 400);
  assert.equal((await one.call("POST", "/access_token", { grant_type: "refresh_token" })).status, 415);
  assert.equal((await post(one, "/access_token", { grant_type: "refresh_token" })).status, 401);
});

Deno.test("IdentityDesk keeps tokens out of the log of requests", async () => {
  const one = bench({ grants: { refreshToken: "planted-refresh" } });
  await post(one, "/access_token", { grant_type: "refresh_token", refresh_token: "planted-refresh", ...CLIENT });
  assert.equal(one.sandbox.requests.entries.length, 1);
  assert.ok(!JSON.stringify(one.sandbox.requests.entries).includes("planted"));
});

Deno.test("IdentityDesk lets granted tokens expire, and be revoked", async () => {
  let now = NOW;
  const clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };
  const one = bench({ clock, grants: { accessSeconds: 60 } });
  const { grants } = one.sandbox;
  const { accessToken } = grants.issue("C1");
  assert.equal(await statusWith(one, accessToken), 200);
  now += 60_000;
  assert.equal(await statusWith(one, accessToken), 401);
  const second = grants.issue("C1");
  grants.revoke();
  assert.equal(await statusWith(one, second.accessToken), 401);
  grants.revoke("personal");
  assert.equal(await statusWith(one, "personal"), 401);
  const third = grants.issue("C1");
  grants.revokeRefreshTokens();
  const form = { grant_type: "refresh_token", refresh_token: third.refreshToken, ...CLIENT };
  assert.equal((await post(one, "/access_token", form)).status, 400);
  assert.equal(await statusWith(one, third.accessToken), 200);
});

Deno.test("IdentityDesk tells a device to wait twice", async () => {
  const one = bench();
  const begun = await post(one, "/device/authorize", { client_id: "C1", scope: "a b" });
  assert.match(String(at(begun.body, "user_code")), /^\d{6}$/);
  const poll = (client: string) =>
    post(one, "/device/token", {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: String(at(begun.body, "device_code")),
    }, { authorization: `Basic ${btoa(client)}` });
  assert.deepEqual([(await poll("C1:S:1")).status, (await poll("C1:S:1")).status], [428, 428]);
  assert.equal((await poll("C2:S")).status, 400);
  const { status, body } = await poll("C1:S:1");
  assert.deepEqual([status, at(body, "scope")], [200, "a b"]);
  assert.equal(await statusWith(one, at(body, "access_token")), 200);
  assert.deepEqual([(await poll("C1:S:1")).status, (await poll("C1")).status, (await poll("\n")).status], [
    400,
    401,
    401,
  ]);
  assert.equal((await post(one, "/device/authorize", { client_id: "C1" })).status, 400);
});

Deno.test("IdentityDesk sends only a browser on this computer back", async () => {
  const one = bench();
  const open = (changes: Record<string, string>) =>
    one.call(
      "GET",
      `/authorize?${new URLSearchParams({
        response_type: "code",
        client_id: "C1",
        scope: "a",
        state: "x",
        redirect_uri: "http://127.0.0.1:8797/callback",
        ...changes,
      })}`,
    );
  const back = new URL((await open({})).headers.get("location") ?? "");
  assert.deepEqual([back.port, back.pathname, back.searchParams.get("state")], ["8797", "/callback", "x"]);
  assert.match(back.searchParams.get("code") ?? "", /^[0-9a-f]{64}$/);
  const refused = new URL((await open({ scope: "" })).headers.get("location") ?? "");
  assert.equal(refused.searchParams.get("error"), "invalid_scope");
  for (const target of ["https://evil.example.com/", "http://127.0.0.1.evil.example.com/", ""]) {
    assert.equal((await open({ redirect_uri: target })).status, 400);
  }
});

Deno.test("IdentityDesk tells what a token's owner may know", async () => {
  const { call, sandbox } = bench({ partner: true });
  const authorization = "Bearer personal";
  const get = async (path: string) => (await call("GET", path, undefined, { authorization })).body;
  const me = await get("/people/me");
  const roles = listAt(await get("/roles"), "items");
  assert.equal(at(roles.find((role) => at(role, "id") === at(me, "roles", 0)), "name"), "Full Administrator");
  assert.equal(decodeId(String(at(me, "roles", 0)))?.value, "id_full_admin");
  const licences = listAt(await get("/licenses"), "items");
  assert.deepEqual(licences.map((one) => at(one, "name")).sort(), [
    "Webex Calling - Professional",
    "Webex Calling - Standard",
    "Webex Calling - Workspaces",
  ]);
  assert.ok(licences.some((one) => at(one, "id") === at(me, "licenses", 0)));
  const [own, managed, ...others] = listAt(await get("/organizations"), "items");
  assert.deepEqual([at(own, "id"), others.length], [at(me, "orgId"), 0]);
  assert.equal(at(await get(`/organizations/${at(managed, "id")}==`), "displayName"), "Southwind Logistics");
  assert.equal(at(await get("/organizations/none"), "message"), "The requested resource could not be found.");
  assert.equal(at(await get("/authorizations/tokenExpiry"), "exp"), NOW + 12 * 3_600_000);
  const granted = `Bearer ${sandbox.grants.issue().accessToken}`;
  const { body } = await call("GET", "/authorizations/tokenExpiry", undefined, { authorization: granted });
  assert.equal(at(body, "exp"), NOW + 1_209_599_000);
  for (const path of ["/roles", "/licenses", "/organizations", "/authorizations/tokenExpiry"]) {
    assert.equal((await call("GET", path, undefined, { authorization: "Bearer wrong" })).status, 401);
    assert.equal((await call("DELETE", path, undefined, { authorization })).status, 404);
  }
});
