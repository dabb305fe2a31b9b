import assert from "node:assert/strict";
import { type HostRules, refusedByHost } from "../../../src/transport/http/host_guard.ts";

const LOCAL: HostRules = { allowedHosts: ["localhost", "127.0.0.1", "[::1]"], allowedOrigins: [], isLocal: true };
const TEAM: HostRules = {
  allowedHosts: ["mcp.example.com"],
  allowedOrigins: ["https://app.example.com"],
  isLocal: false,
};

function statusOf(rules: HostRules, headers: Record<string, string>, target = "/mcp"): number | undefined {
  const request = { headers: new Headers(headers), url: new URL(target, "http://any").href };
  return refusedByHost(request, target, rules)?.status;
}

Deno.test("refusedByHost() lets through who calls by an allowed name, with any port", () => {
  for (const host of ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]:8080"]) {
    assert.equal(statusOf(LOCAL, { host }), undefined, host);
  }
  assert.equal(statusOf(TEAM, { host: "mcp.example.com" }), undefined);
});

Deno.test("refusedByHost() refuses other names, which a rebound DNS entry has", () => {
  for (const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil@localhost", "", " "]) {
    assert.equal(statusOf(LOCAL, { host }), 403, host);
  }
  assert.equal(statusOf(LOCAL, {}), 403);
  assert.equal(statusOf(TEAM, { host: "localhost" }), 403);
});

Deno.test("refusedByHost() refuses web pages of other origins", () => {
  const host = "127.0.0.1:8080";
  for (const origin of ["http://evil.example", "null", "http://localhost.evil.example", "file://", "https://"]) {
    assert.equal(statusOf(LOCAL, { host, origin }), 403, origin);
  }
  assert.equal(statusOf(LOCAL, { host, origin: "http://localhost:6274" }), undefined);
  const team = (origin: string) => statusOf(TEAM, { host: "mcp.example.com", origin });
  assert.equal(team("https://app.example.com"), undefined);
  for (const origin of ["http://app.example.com", "https://app.example.com:444", "http://localhost:1"]) {
    assert.equal(team(origin), 403, origin);
  }
});

Deno.test("refusedByHost() takes a target in its plain form only, and no token in it", () => {
  const host = "localhost";
  for (const target of ["/x/../mcp", "/./mcp", "//mcp/../mcp", "/%6dcp/../mcp", "/mcp\\..\\mcp", "/%6dcp", "/mcp%00"]) {
    assert.equal(statusOf(LOCAL, { host }, target), 400, target);
  }
  for (const name of ["access_token", "token", "authorization", "api_key"]) {
    assert.equal(statusOf(LOCAL, { host }, `/mcp?a=1&${name}=x`), 400, name);
  }
  assert.equal(statusOf(LOCAL, { host }, "/mcp?a=1"), undefined);
});
