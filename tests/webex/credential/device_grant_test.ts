import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/core/json.ts";
import { type DeviceGrant, pollDeviceGrant, startDeviceGrant } from "../../../src/webex/credential/device_grant.ts";
import { type Differences, type FakeParts, fakeParts } from "../../support/credential_parts.ts";

const CLIENT = { clientId: "C1", clientSecret: "planted-client-secret" };
const REQUEST = { clientId: "C1", scopes: ["spark-admin:people_read"] };

interface Started extends FakeParts {
  readonly grant: DeviceGrant;
}

async function started(differences: Differences = {}): Promise<Started> {
  const parts = fakeParts(differences);
  return { ...parts, grant: await startDeviceGrant(parts, REQUEST) };
}

/** What Webex says in each of its refusals. */
function refusal(description: string): JsonObject {
  return { message: description, errors: [{ description }] };
}

Deno.test("startDeviceGrant() tells what to show to the person", async () => {
  const { grant, clock, secrets } = await started();
  assert.match(grant.userCode, /^\d{6}$/);
  assert.match(grant.verificationUri, /^https:/);
  assert.ok(grant.verificationUriComplete?.includes(grant.userCode));
  assert.deepEqual([grant.expiresAt - clock.now(), grant.intervalMs], [300_000, 2_000]);
  assert.equal(secrets.hide(grant.deviceCode), "[redacted]");
});

Deno.test("startDeviceGrant() says what the integration may lack when it is refused", async () => {
  await assert.rejects(
    startDeviceGrant(fakeParts(), { clientId: "C1", scopes: [] }),
    (error: Error & { code?: string; guidance?: string }) => {
      assert.equal(error.code, "device_login_refused");
      assert.match(error.message, /400: invalid_request/);
      assert.match(error.guidance ?? "", /oauth-helper-a\.wbx2\.com/);
      return true;
    },
  );
});

Deno.test("startDeviceGrant() takes no address that isn't a web page's", async () => {
  const body = { device_code: "d", user_code: "u", verification_uri: "javascript:alert(1)" };
  const parts = fakeParts({ fetch: () => () => Promise.resolve(Response.json(body)) });
  await assert.rejects(startDeviceGrant(parts, REQUEST), { code: "device_login_refused" });
});

Deno.test("pollDeviceGrant() asks until the person is done, at the pace it was told", async () => {
  const parts = await started();
  const done = pollDeviceGrant(parts, CLIENT, parts.grant);
  await parts.clock.advance(1_999);
  assert.equal(parts.requests("/device/token"), 0);
  await parts.clock.advance(1);
  assert.equal(parts.requests("/device/token"), 1);
  await parts.clock.advance(4_000);
  const { accessToken, scopes } = await done;
  assert.equal(parts.requests("/device/token"), 3);
  assert.equal(parts.sandbox.grants.isGood(accessToken), true);
  assert.deepEqual(scopes, ["spark-admin:people_read"]);
});

Deno.test("pollDeviceGrant() shows the client by HTTP Basic, and hides it", async () => {
  const parts = await started({ grants: { clientSecret: "other", devicePolls: 0 } });
  const refused = assert.rejects(pollDeviceGrant(parts, CLIENT, parts.grant), { code: "client_refused", status: 401 });
  await parts.clock.advance(2_000);
  await refused;
  assert.equal(parts.secrets.hide(btoa("C1:planted-client-secret")), "[redacted]");
});

Deno.test("pollDeviceGrant() slows down when it is told to, and bears failures on the way", async () => {
  const parts = await started({ grants: { devicePolls: 0 } });
  parts.sandbox.faults.add(
    { path: "/device/token", times: 1, status: 400, body: { error: "slow_down" } },
    { path: "/device/token", times: 1, status: 400, body: refusal("authorization_pending") },
    { path: "/device/token", times: 1, drop: true },
    { path: "/device/token", times: 1, status: 503 },
    { path: "/device/token", times: 1, status: 429 },
  );
  const done = pollDeviceGrant(parts, CLIENT, parts.grant);
  await parts.clock.advance(2_000);
  await parts.clock.advance(6_999);
  assert.equal(parts.requests("/device/token"), 1);
  await parts.clock.advance(1 + 3 * 7_000);
  assert.equal(parts.requests("/device/token"), 5);
  await parts.clock.advance(12_000);
  assert.ok((await done).accessToken);
});

Deno.test("pollDeviceGrant() says why it ended", async () => {
  for (
    const [description, code] of [
      ["access_denied", "device_login_denied"],
      ["expired_token", "device_login_expired"],
      ["tokenlimit_reached", "token_limit_reached"],
      ["invalid_grant", "grant_refused"],
    ] as const
  ) {
    const parts = await started();
    parts.sandbox.faults.add({ path: "/device/token", status: 400, body: refusal(description) });
    const ended = assert.rejects(pollDeviceGrant(parts, CLIENT, parts.grant), { code });
    await parts.clock.advance(2_000);
    await ended;
  }
});

Deno.test("pollDeviceGrant() ends when nobody enters the code, and when the wait is given up", async () => {
  const parts = await started({ grants: { devicePolls: 1_000 } });
  const ended = assert.rejects(pollDeviceGrant(parts, CLIENT, parts.grant), { code: "device_login_expired" });
  await parts.clock.advance(300_000);
  await ended;
  const abort = new AbortController();
  const stopped = assert.rejects(pollDeviceGrant(parts, CLIENT, parts.grant, abort.signal), /Ctrl-C/);
  abort.abort(new Error("Ctrl-C"));
  await stopped;
  assert.equal(parts.clock.sleeping, 0);
});
