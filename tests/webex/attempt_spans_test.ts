import assert from "node:assert/strict";
import { Secrets } from "../../src/core/secrets.ts";
import { createWebexClient } from "../../src/webex/client.ts";
import { createGovernor } from "../../src/webex/limits/governor.ts";
import { callOf, FakeClock } from "../support/fake_clock.ts";
import { credentialOf } from "../support/fake_credential.ts";
import { type RecordedSpan, recordedSpan } from "../support/recording_telemetry.ts";

interface Traced {
  readonly spans: readonly RecordedSpan[];
  readonly requests: readonly Request[];
}

/** Sends a read whose address holds planted values; 0 breaks the connection. */
async function traced(statuses: readonly number[], label?: string, origin = "https://webexapis.com"): Promise<Traced> {
  const clock = new FakeClock();
  const { kept, span } = recordedSpan();
  const requests: Request[] = [];
  const left = [...statuses];
  const client = createWebexClient({
    fetch(request) {
      requests.push(request);
      const status = left.shift() ?? 200;
      if (status === 0) return Promise.reject(new TypeError("planted"));
      return Promise.resolve(new Response('{"planted":1}', { status, headers: { trackingid: "planted" } }));
    },
    credential: credentialOf("planted-token"),
    clock,
    governor: createGovernor({ clock, random: () => 0 }),
    secrets: new Secrets(),
    random: () => 0.5,
  });
  using call = callOf(clock);
  const url = new URL(`${origin}/v1/people/planted?email=planted`);
  const request = { method: "GET", kind: "read", url, headers: new Headers() } as const;
  const outgoing = label === undefined ? request : { ...request, label };
  await clock.until(client.send(outgoing, { ...call, span }).catch(() => {}));
  return { spans: kept.requests, requests };
}

Deno.test("attemptSpans() makes a span of each attempt, by the template and never by the address", async () => {
  const { spans } = await traced([503, 0, 200], "GET /people/{personId}");
  assert.deepEqual(spans.map(({ name, error, ended }) => [name, error, ended]), [
    ["GET /people/{personId}", "503", 1],
    ["GET /people/{personId}", "connection_failed", 1],
    ["GET /people/{personId}", undefined, 1],
  ]);
  const common = {
    "http.request.method": "GET",
    "url.template": "/people/{personId}",
    "server.address": "webexapis.com",
  };
  assert.deepEqual(spans.map(({ attributes }) => attributes), [
    { ...common, "http.response.status_code": 503 },
    { ...common, "http.request.resend_count": 1 },
    { ...common, "http.request.resend_count": 2, "http.response.status_code": 200 },
  ]);
  assert.ok(!JSON.stringify(spans).includes("planted"));
});

Deno.test("attemptSpans() names a request without a template by its method alone", async () => {
  const { spans: [span] } = await traced([404], undefined, "http://127.0.0.1:8080");
  assert.equal(span?.name, "GET");
  assert.deepEqual(span?.attributes, {
    "http.request.method": "GET",
    "server.address": "127.0.0.1",
    "server.port": 8080,
    "http.response.status_code": 404,
  });
  assert.equal(span?.error, "404");
});

Deno.test("attemptSpans() tells Webex nothing of the trace", async () => {
  const { requests: [request] } = await traced([200], "GET /people/{personId}");
  assert.deepEqual([...request?.headers.keys() ?? []], ["authorization"]);
});
