import assert from "node:assert/strict";
import { addressOf, addressText, isLoopback } from "../../src/config/address.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import { createHttpConfig } from "../../src/config/http.ts";
import type { HttpFlagValues } from "../../src/config/http_flags.ts";
import { readHttpSection } from "../../src/config/http_section.ts";
import { readOAuthSection } from "../../src/config/oauth.ts";
import { UsageError } from "../../src/core/errors.ts";

type Variables = Partial<Record<EnvironmentName, string>>;

const OAUTH = { issuer: "https://login.example.com", audience: "https://mcp.example.com/mcp", callers: [{}] };

const CONTEXT = { path: "/c.yaml", resolve: (path: string) => `/dir/${path}`, nearest: () => [] };

function http(flags: HttpFlagValues, variables: Variables = {}, section: Record<string, unknown> = {}) {
  return createHttpConfig(flags, (name) => variables[name], readHttpSection(section, CONTEXT));
}

function refusal(make: () => unknown): UsageError {
  try {
    make();
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail("expected a UsageError");
}

Deno.test("addressOf() reads ports and addresses of both kinds", () => {
  const read = (text: string) => addressOf({ text, source: "--http" });
  assert.deepEqual(read("8080"), { hostname: "127.0.0.1", port: 8080 });
  assert.deepEqual(read(" 0 "), { hostname: "127.0.0.1", port: 0 });
  assert.deepEqual(read("0.0.0.0:80"), { hostname: "0.0.0.0", port: 80 });
  assert.deepEqual(read("[::1]:8080"), { hostname: "::1", port: 8080 });
  assert.deepEqual(read("mcp.example.com:8443"), { hostname: "mcp.example.com", port: 8443 });
  for (const text of ["", "x", "65536", "1.2.3.4:65536", "::1:80", "http://x:1", "a b:1", ":80", "x:"]) {
    assert.match(refusal(() => read(text)).message, /^Cannot use --http ".*": expected \[HOST:\]PORT$/, text);
  }
  assert.equal(addressText(read("[::1]:8080")), "[::1]:8080");
  assert.equal(addressText(read("8080")), "127.0.0.1:8080");
});

Deno.test("isLoopback() knows what only this machine reaches", () => {
  for (const hostname of ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "::1"]) {
    assert.equal(isLoopback({ hostname, port: 1 }), true, hostname);
  }
  for (const hostname of ["0.0.0.0", "::", "127.0.0.1.example.com", "10.0.0.1", "localhost.example.com"]) {
    assert.equal(isLoopback({ hostname, port: 1 }), false, hostname);
  }
});

Deno.test("createHttpConfig() serves nothing unless a flag or a variable asks for it", () => {
  assert.equal(http({}), undefined);
  assert.equal(http({}, {}, { allowed_hosts: ["x"] }), undefined);
  assert.deepEqual(http({ http: "8080" }), {
    listen: { hostname: "127.0.0.1", port: 8080 },
    allowedHosts: ["localhost", "127.0.0.1", "[::1]"],
    allowedOrigins: [],
    trustedProxies: [],
    drainMs: 30_000,
    ratePerMinute: 300,
  });
  assert.equal(http({ http: "1", keyFile: "k" })?.keyFile, "k");
  assert.equal(http({}, { WEBEX_MCP_HTTP: "[::1]:1" })?.listen.hostname, "::1");
});

Deno.test("createHttpConfig() takes flags before variables, and variables before the file", () => {
  const section = {
    allowed_hosts: ["file.example.com"],
    allowed_origins: ["https://file.example.com"],
    callers: "callers.json",
    public_url: "https://file.example.com/mcp",
    tls_cert: "tls.crt",
    tls_key: "tls.key",
    metrics: 9464,
    trusted_proxies: ["10.0.0.0/8"],
    drain_seconds: 5,
    rate: 7,
    store: "redis://file:6379",
    key_file: "key",
    oauth: OAUTH,
  };
  assert.deepEqual(http({ http: "0.0.0.0:80" }, {}, section), {
    listen: { hostname: "0.0.0.0", port: 80 },
    allowedHosts: ["file.example.com"],
    allowedOrigins: ["https://file.example.com"],
    callersFile: "/dir/callers.json",
    oauth: readOAuthSection(OAUTH, CONTEXT),
    publicUrl: "https://file.example.com/mcp",
    tls: { certificate: "/dir/tls.crt", key: "/dir/tls.key" },
    store: { url: "redis://file:6379" },
    keyFile: "/dir/key",
    metrics: { hostname: "127.0.0.1", port: 9464 },
    trustedProxies: ["10.0.0.0/8"],
    drainMs: 5_000,
    ratePerMinute: 7,
  });
  const variables: Variables = {
    WEBEX_MCP_ALLOWED_HOSTS: "Variable.example.com, two.example.com",
    WEBEX_MCP_ALLOWED_ORIGINS: "http://localhost:6274/",
    WEBEX_MCP_CALLERS: "/v/callers.json",
    WEBEX_MCP_DRAIN: "0",
    WEBEX_MCP_STORE: "rediss://:secret@v:1",
    WEBEX_MCP_KEY_FILE: "/v/key",
    WEBEX_MCP_STORE_PASSWORD_FILE: "/v/password",
  };
  const varied = http({ http: "0.0.0.0:80", rate: "9", trustedProxies: ["::1,127.0.0.1"] }, variables, section);
  assert.deepEqual(varied?.allowedHosts, ["file.example.com", "variable.example.com", "two.example.com"]);
  assert.deepEqual(varied?.allowedOrigins, ["http://localhost:6274"]);
  assert.equal(varied?.callersFile, "/v/callers.json");
  assert.equal(varied?.drainMs, 0);
  assert.equal(varied?.ratePerMinute, 9);
  assert.deepEqual(varied?.trustedProxies, ["::1", "127.0.0.1"]);
  assert.deepEqual(varied?.store, { url: "rediss://:secret@v:1", passwordFile: "/v/password" });
  assert.equal(varied?.keyFile, "/v/key");
});

Deno.test("createHttpConfig() refuses to stand open to other machines", () => {
  const open = (flags: HttpFlagValues, section = {}) =>
    refusal(() => http({ http: "0.0.0.0:80", ...flags }, {}, section));
  assert.match(open({}).message, /it needs callers to tell apart \(.*\) and the names by which it may be called/);
  assert.match(open({ callers: "c" }).message, /it needs the names by which it may be called \(--allowed-hosts\)$/);
  assert.match(open({ allowedHosts: ["x"] }).message, /it needs callers to tell apart \([^)]*\)$/);
  assert.equal(open({}).code, "exposed_listener");
  assert.notEqual(http({ http: "0.0.0.0:80", callers: "c", publicUrl: "https://mcp.example.com/mcp" }), undefined);
  assert.notEqual(http({ http: "0.0.0.0:80", allowedHosts: ["x"] }, {}, { oauth: OAUTH }), undefined);
});

Deno.test("createHttpConfig() refuses values without a meaning, and quotes no secret", () => {
  const cases: [HttpFlagValues, RegExp][] = [
    [{ allowedHosts: ["https://x"] }, /--allowed-hosts "https:\/\/x": expected the name of a host/],
    [{ allowedHosts: ["x:80"] }, /expected the name of a host/],
    [{ allowedHosts: ["x/y"] }, /expected the name of a host/],
    [{ allowedOrigins: ["https://x/y"] }, /expected the origin of a web page/],
    [{ allowedOrigins: ["x"] }, /expected the origin of a web page/],
    [{ publicUrl: "https://user:planted@x/" }, /--public-url: expected an https address/],
    [{ publicUrl: "ftp://x/" }, /--public-url: expected an https address/],
    [{ tlsCert: "c" }, /--tls-cert is given and --tls-key is not/],
    [{ tlsKey: "k" }, /--tls-key is given and --tls-cert is not/],
    [{ store: "http://x" }, /Cannot use the address of the store: expected a scheme/],
    [{ store: "redis://:planted@x", keyFile: "k" }, /--store: it holds a password/],
    [{ store: "redis://x" }, /--store without --key-file/],
    [{ drain: "-1" }, /--drain "-1": expected a whole number of seconds from 0/],
    [{ rate: "0" }, /--rate "0": expected a whole number of requests from 1/],
    [{ metrics: "x" }, /--metrics "x": expected \[HOST:\]PORT/],
  ];
  for (const [flags, message] of cases) {
    const error = refusal(() => http({ http: "1", ...flags }));
    assert.match(error.message, message);
    assert.equal(JSON.stringify([error.message, error.guidance, error.details]).includes("planted"), false);
  }
  assert.match(
    refusal(() => http({ http: "1" }, {}, { store: "redis://:planted@x" })).message,
    /http\.store: it holds/,
  );
});

Deno.test("readHttpSection() names the key that is wrong", () => {
  const cases: [unknown, RegExp][] = [
    ["x", /: http: expected a mapping/],
    [{ hosts: [] }, /: http\.hosts: expected one of the keys/],
    [{ listen: 80 }, /: http\.listen: expected one of the keys/],
    [{ allowed_hosts: "x" }, /: http\.allowed_hosts: expected a list of texts/],
    [{ rate: "many" }, /: http\.rate: expected a whole number/],
    [{ rate: -1 }, /: http\.rate: expected a whole number/],
    [{ callers: 1 }, /: http\.callers: expected a text/],
    [{ metrics: true }, /: http\.metrics: expected a text/],
    [{ token: "planted" }, /: http\.token: expected one of the keys/],
  ];
  for (const [value, message] of cases) {
    const error = refusal(() => readHttpSection(value, CONTEXT));
    assert.match(error.message, message);
    assert.equal(error.message.includes("planted"), false);
  }
});
