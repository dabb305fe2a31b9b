import assert from "node:assert/strict";
import fc from "fast-check";
import type { JsonObject } from "../../../src/core/json.ts";
import { namesText, type Present, sentLines } from "../../../src/tools/confirmation/sent_lines.ts";
import type { PreparedRequest } from "../../../src/webex/requests/request.ts";
import { writerOf } from "../../support/endpoints.ts";

const FIELDS = {
  size: { type: "number" },
  pin: { type: "string" },
  name: { type: "string" },
  roles: { type: "array" },
};
const PUT = writerOf(FIELDS, [], { method: "PUT", path: "/things/{id}" });
const POST = writerOf(FIELDS);

function requestOf(body: JsonObject | PreparedRequest["body"], search = ""): PreparedRequest {
  const isPlain = body === undefined || typeof body === "string" || body instanceof FormData || body instanceof Blob ||
    body instanceof URLSearchParams;
  const sent = isPlain ? body : JSON.stringify(body);
  const url = new URL(`https://h/v1/things${search}`);
  return { method: "POST", url, headers: new Headers(), ...(sent === undefined ? {} : { body: sent }) };
}

function presentOf(body: JsonObject, ...documented: string[]): Present {
  return { body, documented: new Set(documented) };
}

Deno.test("sentLines() lists what is sent, a line for each value, without secrets", async () => {
  const { lines, isCompared, notSent } = await sentLines(
    POST,
    requestOf({ size: 3, where: { city: "Leeds", floor: 2 }, list: [{ id: "1", n: ["a"] }], hostPin: "123456" }),
  );
  assert.deepEqual(lines, [
    "size: 3",
    'where.city: "Leeds"',
    "where.floor: 2",
    'list[0]: {id: "1", n: ["a"]}',
    "hostPin: (hidden, 6 characters)",
  ]);
  assert.deepEqual([isCompared, notSent], [false, []]);
  assert.deepEqual((await sentLines(POST, requestOf(undefined))).lines, []);
});

Deno.test("sentLines() gives every member a line before one gets several, and counts the rest", async () => {
  const many = Array.from({ length: 140 }, (_, index) => ({ number: `+${index}`, action: "DELETE" }));
  const { lines } = await sentLines(POST, requestOf({ numbers: many, deleteAll: true }));
  assert.equal(lines.length, 40);
  assert.deepEqual(lines.slice(-2), ["numbers: and 102 more values", "deleteAll: true"]);
  const wide = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`m${index}`, index]));
  const some = (await sentLines(POST, requestOf({ numbers: many, ...wide }))).lines;
  assert.equal(some.length, 41);
  assert.match(some[0] ?? "", /^numbers: 140 entries: \{number: "\+0", action: "DELETE"\}, .*…/);
  assert.equal(some.at(-1), "and 6 more: m39, m40, m41, m42, m43, m44");
});

Deno.test("sentLines() lists the query and headers, too, and the organization apart", async () => {
  const request = requestOf({ orgId: "o1" }, "?action=DELETE&orgId=o2");
  request.headers.set("x-mode", "fast");
  request.headers.set("accept", "application/json");
  const { lines, organizations } = await sentLines(POST, request);
  assert.deepEqual(lines, ['action: "DELETE"', 'x-mode: "fast"', 'orgId: "o1"']);
  assert.deepEqual(organizations, ['Organization: "o2"', 'Organization: "o1"']);
});

Deno.test("sentLines() tells files by name, type, length and digest", async () => {
  const form = new FormData();
  form.append("name", "x");
  form.append("file", new File(["ab"], 'a".wav', { type: "audio/wav" }));
  assert.deepEqual((await sentLines(POST, requestOf(form))).lines, [
    'name: "x"',
    `file: "a'.wav", audio/wav, 2 bytes, SHA-256 fb8e20fc2e4c…`,
  ]);
});

Deno.test("sentLines() compares a replacement with what is there, and tells what it leaves out", async () => {
  const present = presentOf({ size: 2, name: "Same", pin: "9999", roles: ["admin"], other: 1 }, "size");
  const { lines, isCompared, notSent } = await sentLines(
    PUT,
    requestOf({ size: 3, name: "Same", pin: "1234" }),
    present,
  );
  assert.deepEqual(lines, ["size: 2 → 3", "pin: changes to (hidden, 4 characters)", "unchanged: name"]);
  assert.deepEqual([isCompared, notSent], [true, ["roles"]]);
  const patch = writerOf(FIELDS, [], { method: "PATCH", path: "/things/{id}" });
  assert.deepEqual((await sentLines(patch, requestOf({ size: 3 }), present)).notSent, []);
});

Deno.test("sentLines() tells what an object leaves out that is sent within a replacement", async () => {
  const properties = { type: { type: "string" }, to: { type: "string" }, more: { type: "object", properties: {} } };
  const put = writerOf({ incoming: { type: "object", properties } }, [], { method: "PUT", path: "/things/{id}" });
  const present = presentOf({ incoming: { type: "ALL", to: "+1", other: 1 } });
  const { lines, notSent } = await sentLines(put, requestOf({ incoming: { type: "ALL" } }), present);
  assert.deepEqual([lines, notSent], [["unchanged: incoming"], ["incoming.to"]]);
});

Deno.test("sentLines() takes what is empty or no argument for nothing that could be lost", async () => {
  const present = presentOf({ size: null, name: "", roles: [], other: 1, pin: false });
  assert.deepEqual((await sentLines(PUT, requestOf({}), present)).notSent, ["pin"]);
});

Deno.test("sentLines() says that a value is not set only where Webex would tell it", async () => {
  const { lines } = await sentLines(PUT, requestOf({ size: 3, deleteAll: true }), presentOf({}, "size"));
  assert.deepEqual(lines, ["size: (not set) → 3", "deleteAll: true"]);
});

Deno.test("sentLines() says how many of many changes are not shown", async () => {
  const sent = { m: Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`v${index}`, index])) };
  const { lines } = await sentLines(PUT, requestOf(sent), presentOf({ m: {} }));
  assert.equal(lines.length, 40);
  assert.equal(lines.at(-1), "m: and 91 more values");
});

Deno.test("sentLines() gives a few short lines, whatever is sent", async () => {
  await fc.assert(fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), fc.jsonValue(), async (sent, now) => {
    const { lines } = await sentLines(
      PUT,
      requestOf(JSON.stringify({ a: sent, b: 1 })),
      presentOf(JSON.parse(JSON.stringify({ a: now }))),
    );
    assert.ok(lines.length <= 42 && lines.every((line) => line.length < 3_000 && !line.includes("\n")));
  }));
});

Deno.test("namesText() counts what it leaves out", () => {
  assert.equal(namesText(["a", "b"], 2), "a, b");
  assert.equal(namesText(["a", "b\n", "c"], 1), "a and 2 more");
});
