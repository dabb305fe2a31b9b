import assert from "node:assert/strict";
import { isAddressOf } from "../../../src/webex/lists/address.ts";
import { endpointOf } from "../../support/endpoints.ts";

const agents = endpointOf({ path: "/locations/{locationId}/queues/{queueId}/agents" });
const records = endpointOf({ path: "/cdr_feed", server: "https://analytics-calling.webexapis.com/v1" });

function isOne(endpoint: typeof agents, url: string, baseUrl?: string): boolean {
  return isAddressOf(endpoint, new URL(url), baseUrl);
}

Deno.test("isAddressOf() knows an endpoint's addresses by origin and path", () => {
  assert.ok(isOne(agents, "https://webexapis.com/v1/locations/a%2Fb/queues/c/agents?start=5"));
  assert.ok(isOne(agents, "https://webexapis.com/v1/locations/a/queues/c/agents/"));
  const others = [
    "https://webexapis.com/v1/locations/a/queues/agents",
    "https://webexapis.com/v1/locations/a/queues/c/agents/more",
    "https://webexapis.com/v1/locations/a/queues/c/%2e%2e/agents",
    "https://webexapis.com/v2/locations/a/queues/c/agents",
    "https://webexapis.com/x/v1/locations/a/queues/c/agents",
    "http://webexapis.com/v1/locations/a/queues/c/agents",
    "https://webexapis.com:444/v1/locations/a/queues/c/agents",
    "https://a@webexapis.com/v1/locations/a/queues/c/agents",
    "https://evil.example/v1/locations/a/queues/c/agents",
    "data:/v1/locations/a/queues/c/agents",
  ];
  for (const url of others) assert.ok(!isOne(agents, url), url);
});

Deno.test("isAddressOf() knows the call records in every region, and only them", () => {
  assert.ok(isOne(records, "https://analytics-calling-eu.webexapis.com/v1/cdr_feed?a=b"));
  assert.ok(!isOne(records, "https://webexapis.com/v1/cdr_feed"));
  assert.ok(!isOne(records, "https://analytics-calling-xx.webexapis.com/v1/cdr_feed"));
  assert.ok(!isOne(agents, "https://analytics-calling-eu.webexapis.com/v1/locations/a/queues/c/agents"));
});

Deno.test("isAddressOf() knows only the chosen base URL where there is one", () => {
  const base = "http://127.0.0.1:8080/proxy/v1/";
  assert.ok(isOne(records, "http://127.0.0.1:8080/proxy/v1/cdr_feed", base));
  assert.ok(!isOne(records, "http://127.0.0.1:8080/v1/cdr_feed", base));
  assert.ok(!isOne(records, "https://analytics-calling.webexapis.com/v1/cdr_feed", base));
});
