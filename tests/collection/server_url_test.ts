import assert from "node:assert/strict";
import { Checker } from "../../src/collection/check.ts";
import { readServer } from "../../src/collection/server_url.ts";

function server(...servers: unknown[]): string | undefined {
  const check = new Checker("x");
  const result = readServer({ servers }, "", check);
  check.finish();
  return result;
}

Deno.test("readServer() takes addresses and server objects, without a slash at the end", () => {
  assert.equal(server("https://webexapis.com/v1"), "https://webexapis.com/v1");
  assert.equal(server({ url: "https://webexapis.com/v1//" }), "https://webexapis.com/v1");
  assert.equal(server("HTTP://LOCALHOST:8080/"), "http://localhost:8080");
});

Deno.test("readServer() passes over relative addresses and other protocols", () => {
  assert.equal(server("/v1", "../x", "ftp://a.example", "javascript:alert(1)"), undefined);
  assert.equal(server({ url: "/v1" }, { url: "https://a.example/" }), "https://a.example");
});

Deno.test("readServer() puts the defaults of variables in", () => {
  const url = "https://{region}.example:{port}/v1";
  assert.equal(
    server({ url, variables: { region: { default: "eu" }, port: { default: 8443 } } }),
    "https://eu.example:8443/v1",
  );
  assert.equal(server({ url, variables: { region: {} } }), undefined);
  assert.equal(server({ url: "https://{constructor}.example" }), undefined);
});

Deno.test("readServer() drops credentials, query and fragment of an address", () => {
  assert.equal(server("https://me:secret@a.example/v1?key=1#x"), "https://a.example/v1");
});

Deno.test("readServer() resolves dot segments", () => {
  assert.equal(server("https://a.example/v1/../v2"), "https://a.example/v2");
});

Deno.test("readServer() reports a server without address", () => {
  assert.throws(() => server({}), /servers\[0\]: expected an address or an object with "url", got an object/);
  assert.throws(() => server(7), /got 7/);
  assert.equal(readServer({}, "", new Checker("x")), undefined);
});
