import assert from "node:assert/strict";
import { RefusedError } from "../../../src/core/errors.ts";
import { digestOfRequest } from "../../../src/tools/confirmation/request_digest.ts";
import type { PreparedRequest } from "../../../src/webex/requests/request.ts";

function requestOf(parts: Partial<PreparedRequest> = {}): PreparedRequest {
  return { method: "POST", url: new URL("https://h/v1/x"), headers: new Headers(), ...parts };
}

function formOf(content: string, name = "a.wav", type = "audio/wav", field = "file"): FormData {
  const form = new FormData();
  form.append("name", "x");
  form.append(field, new File([content], name, { type }));
  return form;
}

async function areSame(a: Partial<PreparedRequest>, b: Partial<PreparedRequest>): Promise<boolean> {
  return await digestOfRequest(requestOf(a)) === await digestOfRequest(requestOf(b));
}

Deno.test("digestOfRequest() tells requests apart by everything that is sent", async () => {
  const url = new URL("https://h/v1/x?a=1");
  const body = '{"a":1}';
  for (
    const other of [{}, { body }, { method: "PUT" }, { url }, { headers: new Headers({ a: "b" }) }, {
      body: '{"a":"1"}',
    }]
  ) {
    for (const one of [{ body: "text" }, { url, body }]) assert.equal(await areSame(one, other), false);
    assert.equal(await areSame(other, { ...other }), true);
  }
});

Deno.test("digestOfRequest() tells forms apart by fields and by a file's name, type and content", async () => {
  const body = formOf("content");
  assert.equal(await areSame({ body }, { body: formOf("content") }), true);
  const others = [
    formOf("another"),
    formOf("content", "b.wav"),
    formOf("content", "a.wav", "text/plain"),
    formOf("content", "a.wav", "audio/wav", "other"),
  ];
  for (const other of others) assert.equal(await areSame({ body }, { body: other }), false);
  assert.equal(await areSame({ body: new Blob(["a"]) }, { body: new Blob(["b"]) }), false);
});

Deno.test("digestOfRequest() does not mind the order of members of JSON, but that of its lists", async () => {
  assert.equal(await areSame({ body: '{"a":{"b":1,"c":2},"d":3}' }, { body: '{"d":3,"a":{"c":2,"b":1}}' }), true);
  assert.equal(await areSame({ body: "[1,2]" }, { body: "[2,1]" }), false);
});

Deno.test("digestOfRequest() refuses a body that is nested without end", async () => {
  const body = "[".repeat(200_000) + "]".repeat(200_000);
  await assert.rejects(digestOfRequest(requestOf({ body })), (error) => {
    assert.ok(error instanceof RefusedError);
    assert.equal(error.code, "too_deep");
    return true;
  });
});
