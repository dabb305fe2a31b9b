import assert from "node:assert/strict";
import type { JsonObject } from "../../../src/core/json.ts";
import { addressOf, type ViewMode, viewOf } from "../../../src/tools/confirmation/request_view.ts";
import type { PreparedRequest } from "../../../src/webex/requests/request.ts";

async function view(body?: PreparedRequest["body"], mode: ViewMode = "exact"): Promise<JsonObject> {
  const request = { method: "POST", url: new URL("https://h/v1/x?y=%2B1"), headers: new Headers() };
  return await viewOf(body === undefined ? request : { ...request, body }, "/things", mode);
}

Deno.test("viewOf() shows a request as it would go out", async () => {
  assert.deepEqual(await view(), { method: "POST", url: "https://h/v1/x?y=%2B1" });
  assert.deepEqual((await view('{"a": [1]}')).body, { a: [1] });
  assert.equal((await view("plain {")).body, "plain {");
  assert.equal((await view(new URLSearchParams({ a: "b c" }))).body, "a=b+c");
  assert.deepEqual((await view('{"pin":"12"}')).body, { pin: "12" });
});

Deno.test("viewOf() shows files by name, type, length and digest, never their content", async () => {
  const form = new FormData();
  form.append("name", "x");
  form.append("file", new File(["secret"], "a.wav", { type: "audio/wav" }));
  assert.deepEqual((await view(form)).body, {
    form: [
      { field: "name", value: "x" },
      { field: "file", name: "a.wav", type: "audio/wav", bytes: 6, sha256: "2bb80d537b1d" },
    ],
  });
  assert.deepEqual((await view(new Blob(["ab"], { type: "text/plain" }))).body, {
    file: { type: "text/plain", bytes: 2, sha256: "fb8e20fc2e4c" },
  });
});

Deno.test("viewOf() hides secrets of a plan, wherever they stand", async () => {
  const hidden = "(hidden, 2 characters)";
  assert.deepEqual((await view('{"a":[{"hostPin":"12"}]}', "masked")).body, { a: [{ hostPin: hidden }] });
  assert.equal(
    (await view(new URLSearchParams({ pin: "12", a: "1" }), "masked")).body,
    "pin=%28hidden%2C+2+characters%29&a=1",
  );
  const form = new FormData();
  form.append("password", "12");
  assert.deepEqual((await view(form, "masked")).body, { form: [{ field: "password", value: hidden }] });
  const headers = new Headers({ "x-token": "12", accept: "application/json" });
  const request = { method: "POST", url: new URL("https://h/v1/x?secret=12&a=1"), headers };
  const shown = await viewOf(request, "/things", "masked");
  assert.deepEqual(shown.headers, { accept: "application/json", "x-token": hidden });
  assert.doesNotMatch(String(shown.url), /secret=12/);
  assert.equal(addressOf(request.url, "/things", "exact").href, request.url.href);
});

Deno.test("addressOf() hides a secret that stands in the path, behind whatever base URL", () => {
  const url = new URL("https://h/proxy/v1/workspaces/W/accessCodes/5566?a=1");
  const template = "/workspaces/{workspaceId}/accessCodes/{accessCode}";
  const shown = addressOf(url, template, "masked").href;
  assert.ok(!shown.includes("5566") && shown.startsWith("https://h/proxy/v1/workspaces/W/accessCodes/"), shown);
  assert.equal(addressOf(url, template, "exact").href, url.href);
});

Deno.test("viewOf() shortens a long body, and says how long it is", async () => {
  const body = JSON.stringify({ list: Array.from({ length: 10_000 }, (_, index) => `entry ${index}`) });
  for (const mode of ["exact", "masked"] as const) {
    const shown = (await view(body, mode)).body as JsonObject;
    assert.deepEqual([shown.shortened, shown.characters], [true, body.length]);
    assert.ok(body.startsWith(String(shown.begins)));
    assert.ok(JSON.stringify(shown).length < 6_000);
  }
  assert.equal(((await view("x".repeat(50_000))).body as JsonObject).characters, 50_000);
});

Deno.test("viewOf() hides secrets of a body that it shortens, too", async () => {
  const body = JSON.stringify({ pin: "4711", list: "x".repeat(50_000) });
  assert.doesNotMatch(JSON.stringify(await view(body, "masked")), /4711/);
});

Deno.test("viewOf() can show a body that is nested without end", async () => {
  const body = "[".repeat(200_000) + "]".repeat(200_000);
  assert.equal(((await view(body, "exact")).body as JsonObject).characters, body.length);
  assert.match(JSON.stringify((await view(body, "masked")).body), /…/);
});
