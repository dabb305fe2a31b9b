import assert from "node:assert/strict";
import type { Endpoint, Facts } from "../../../src/collection/endpoint.ts";
import type { Answer } from "../../../src/webex/answer.ts";
import { type GuidanceFacts, guidanceFor } from "../../../src/webex/errors/guidance.ts";
import { endpointOf } from "../../support/endpoints.ts";

interface Case {
  readonly facts?: Partial<Facts>;
  readonly answer?: Partial<Answer>;
  readonly parts?: Partial<Endpoint>;
  readonly known?: GuidanceFacts;
}

function advise(status: number, { facts = {}, answer = {}, parts = {}, known = {} }: Case = {}): string {
  const whole = { status, body: null, hasNext: false, isPage: false, ...answer };
  return guidanceFor(endpointOf(parts, facts), whole, known);
}

Deno.test("guidanceFor() has a sentence for every status", () => {
  const known = {
    doubt: true,
    readTool: "things_get",
    waitSeconds: 3,
    now: 0,
    owner: { roles: [] },
    renewal: "Renew it.",
  };
  for (let status = 300; status < 600; status++) {
    for (const kind of ["read", "write"] as const) {
      for (const extra of [{}, known]) {
        const text = advise(status, { facts: { kind, scopes: ["a:b"], roles: ["full"] }, known: extra });
        assert.match(text, /^[A-Z].*\.$/);
        assert.doesNotMatch(text, /undefined|NaN/);
      }
    }
  }
});

Deno.test("guidanceFor() names the scopes and the roles after a 403, and what the owner lacks", () => {
  const facts = { scopes: ["a:read", "b:read"], roles: ["full", "read-only"] };
  assert.match(advise(403, { facts }), /a:read or b:read and belongs to a full or read-only administrator/);
  const owner = { roles: ["Device Administrator"], scopes: ["c:read"] };
  assert.match(advise(403, { facts, known: { owner } }), /lacks the scope a:read or b:read and a role/);
});

Deno.test("guidanceFor() says how long to wait after a 429, a 423 and a 503", () => {
  for (const status of [423, 429, 503]) {
    const wait = (retryAfter: string, known: GuidanceFacts = {}) => advise(status, { answer: { retryAfter }, known });
    assert.match(wait("7"), /Wait 7 seconds, then try again/);
    assert.match(wait("0.2"), /Wait 1 second,/);
    assert.match(wait("7, 7"), /Wait 7 seconds/);
    assert.match(wait("7", { waitSeconds: 11.2 }), /Wait 12 seconds/);
    const now = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");
    assert.match(wait("Wed, 21 Oct 2026 07:28:30 GMT", { now }), /Wait 30 seconds/);
    assert.match(wait("Wed, 21 Oct 2026 07:27:30 GMT", { now }), /Wait a few seconds/);
  }
});

Deno.test("guidanceFor() takes no nonsense from the header that says how long to wait", () => {
  for (const retryAfter of ["", "soon", "-5", "Infinity", "rand(30),add(30)", "2030", "NaN", "999999999"]) {
    assert.match(advise(429, { answer: { retryAfter }, known: { now: 0 } }), /^Wait (a few|2030) seconds/, retryAfter);
  }
  assert.match(advise(429), /^Wait a few seconds/);
});

Deno.test("guidanceFor() tells a write that its outcome is unknown after a 5xx, and which read tells", () => {
  for (const status of [500, 502, 503, 504]) {
    assert.match(
      advise(status, { facts: { kind: "write" } }),
      /outcome is unknown: read the object before trying again/,
    );
    const text = advise(status, { facts: { kind: "write" }, known: { readTool: "things_get", doubt: true } });
    assert.match(text, /^The outcome is unknown: read the object with things_get before trying again\.$/);
    assert.match(advise(status, { facts: { kind: "read" } }), /try again/);
  }
  assert.match(advise(503, { facts: { kind: "write" }, answer: { retryAfter: "9" } }), /unknown: .*Wait 9 seconds/);
});

Deno.test("guidanceFor() adds a doubt that an earlier attempt left", () => {
  const text = advise(409, { facts: { kind: "write" }, known: { doubt: true, readTool: "things_get" } });
  assert.match(
    text,
    /conflicts.* An earlier attempt may have been carried out: read the object with things_get before/,
  );
});

Deno.test("guidanceFor() knows that a person can be created or changed by a call that failed", () => {
  const facts = { kind: "write" } as const;
  assert.match(
    advise(400, { facts, parts: { method: "POST", path: "/people" } }),
    /may have been created all the same/,
  );
  const put = { method: "PUT", path: "/people/{personId}" } as const;
  assert.match(advise(409, { facts, parts: put }), /may have been changed all the same/);
  assert.doesNotMatch(advise(403, { facts, parts: put }), /all the same/);
  assert.doesNotMatch(advise(400, { facts }), /all the same/);
});

Deno.test("guidanceFor() takes a 502 with a code for a refusal", () => {
  const facts = { kind: "write" } as const;
  const known = advise(502, { facts, answer: { errorCodes: "4251" }, known: { readTool: "numbers_list" } });
  assert.match(known, /number to remove does not exist.*not certain: read the object with numbers_list/);
  const other = advise(502, { facts, answer: { body: { message: "Too many", errorCode: 123 } } });
  assert.match(other, /refused the call with code 123, so the same call will fail again.*read the object/);
  assert.doesNotMatch(advise(502, { answer: { errorCodes: "123" } }), /in part/);
});

Deno.test("guidanceFor() prefers what a code means to what a status means", () => {
  assert.match(advise(405, { answer: { errorCodes: "25409" } }), /Professional licence: change/);
  assert.match(advise(405), /often for want of a licence/);
  assert.match(advise(429, { answer: { errorCodes: "5600" } }), /^Wait/);
});

Deno.test("guidanceFor() tells how to renew the credential after a 401", () => {
  assert.match(advise(401), /WEBEX_ACCESS_TOKEN/);
  assert.equal(advise(401, { known: { renewal: "Run auth login --profile x." } }), "Run auth login --profile x.");
});

Deno.test("guidanceFor() tells a redirect, which is not followed, from an answer that is unchanged", () => {
  assert.match(advise(302), /redirect, which is not followed/);
  assert.match(advise(304), /nothing has changed/);
});

Deno.test("guidanceFor() knows the conflicts of locations and jobs, and lists that take too long", () => {
  const facts = { kind: "write" } as const;
  const location = { method: "DELETE", path: "/locations/{locationId}" } as const;
  assert.match(advise(409, { facts, parts: location }), /calling is disabled/);
  const job = { method: "POST", path: "/telephony/config/jobs/devices/rebuildPhones" } as const;
  assert.match(advise(409, { facts, parts: job }), /A job of this kind is running/);
  assert.match(advise(504, { facts: { paging: { style: "offset" } } }), /smaller page/);
});
