import assert from "node:assert/strict";
import { viewOf } from "../../../src/tools/confirmation/request_view.ts";
import type { PreparedRequest } from "../../../src/webex/requests/request.ts";

function view(body?: PreparedRequest["body"]) {
  const request = { method: "POST", url: new URL("https://h/v1/x?y=%2B1"), headers: new Headers() };
  return viewOf(body === undefined ? request : { ...request, body });
}

Deno.test("viewOf() shows a request as it would go out", () => {
  assert.deepEqual(view(), { method: "POST", url: "https://h/v1/x?y=%2B1" });
  assert.deepEqual(view('{"a": [1]}').body, { a: [1] });
  assert.equal(view("plain {").body, "plain {");
  assert.equal(view(new URLSearchParams({ a: "b c" })).body, "a=b+c");
});

Deno.test("viewOf() shows files by name, type and length, never their content", () => {
  const form = new FormData();
  form.append("name", "x");
  form.append("file", new File(["secret"], "a.wav", { type: "audio/wav" }));
  assert.deepEqual(view(form).body, {
    form: [{ field: "name", value: "x" }, { field: "file", name: "a.wav", type: "audio/wav", bytes: 6 }],
  });
  assert.deepEqual(view(new Blob(["ab"], { type: "text/plain" })).body, { file: { type: "text/plain", bytes: 2 } });
});
