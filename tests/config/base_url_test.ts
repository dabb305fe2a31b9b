import assert from "node:assert/strict";
import { isExposed, parseBaseUrl } from "../../src/config/base_url.ts";
import { UsageError } from "../../src/core/errors.ts";

Deno.test("parseBaseUrl() takes slashes off the end and keeps the path", () => {
  assert.equal(parseBaseUrl("https://api-usgov.webex.com/v1/", "--base-url"), "https://api-usgov.webex.com/v1");
  assert.equal(parseBaseUrl(" http://127.0.0.1:8787 ", "--base-url"), "http://127.0.0.1:8787");
});

Deno.test("parseBaseUrl() refuses what is no plain HTTP address, and names where it comes from", () => {
  for (const text of ["webexapis.com/v1", "ftp://x", "https://x/?a=1", "https://x/#a", "https://u@x/", ""]) {
    assert.throws(() => parseBaseUrl(text, "WEBEX_BASE_URL"), (error) => {
      assert.ok(error instanceof UsageError);
      return error.message.startsWith(`Cannot use WEBEX_BASE_URL ${JSON.stringify(text)}: expected`);
    });
  }
});

Deno.test("parseBaseUrl() never repeats a password", () => {
  assert.throws(() => parseBaseUrl("https://user:hunter2@x/", "--base-url"), (error) => {
    return error instanceof UsageError && !error.message.includes("hunter2");
  });
});

Deno.test("isExposed() is true for plain HTTP to another machine only", () => {
  assert.equal(isExposed("http://proxy.example.com/v1"), true);
  assert.equal(isExposed("http://127.0.0.1.example.com"), true);
  for (const url of ["https://x", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"]) {
    assert.equal(isExposed(url), false);
  }
});
