import assert from "node:assert/strict";
import fc from "fast-check";
import { UpstreamError } from "../../src/core/errors.ts";
import type { Json } from "../../src/core/json.ts";
import { MAX_ANSWER_BYTES, readAnswer } from "../../src/webex/answer.ts";

const JSON_TYPE = { "content-type": "application/json" };

async function bodyOf(body: BodyInit | null, type?: string): Promise<Json> {
  const response = new Response(body, type === undefined ? {} : { headers: { "content-type": type } });
  // A string gets a content type of its own.
  if (type === undefined) response.headers.delete("content-type");
  return (await readAnswer(response)).body;
}

/** A body of `chunks` pieces that notes how far it was read. */
function counted(chunks: number, piece: Uint8Array): { body: ReadableStream<Uint8Array>; read: () => string } {
  let pulled = 0;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => pulled++ < chunks ? controller.enqueue(piece) : controller.close(),
    cancel: () => {
      cancelled = true;
    },
  }, { highWaterMark: 0 });
  return { body, read: () => `${pulled} ${cancelled}` };
}

Deno.test("readAnswer() parses JSON under each of its content types", async () => {
  for (
    const type of ["application/json", "application/json;charset=UTF-8", "Application/JSON", "application/problem+json"]
  ) {
    assert.deepEqual(await bodyOf('{"a":[1,null,"ü"]}', type), { a: [1, null, "ü"] }, type);
  }
  assert.deepEqual(await bodyOf('\ufeff{"a":1}', "application/json"), { a: 1 });
  assert.deepEqual(await bodyOf('{"a":1}'), { a: 1 });
});

Deno.test("readAnswer() gives any JSON value back as it was", async () => {
  await fc.assert(fc.asyncProperty(fc.jsonValue(), async (value) => {
    const text = JSON.stringify(value);
    assert.equal(JSON.stringify(await bodyOf(text, "application/json")), text);
  }));
});

Deno.test("readAnswer() gives broken JSON and HTML that claims to be JSON as text", async () => {
  assert.equal(await bodyOf('{"a":', "application/json"), '{"a":');
  assert.equal(await bodyOf("<html>502</html>", "application/json"), "<html>502</html>");
  assert.equal(await bodyOf("Bad Gateway"), "Bad Gateway");
});

Deno.test("readAnswer() gives text, HTML and XML as text", async () => {
  assert.equal(await bodyOf("<p>a</p>", "text/html; charset=utf-8"), "<p>a</p>");
  assert.equal(await bodyOf("a\nü", "text/plain"), "a\nü");
  assert.equal(await bodyOf("<a/>", "application/xml"), "<a/>");
  assert.equal(await bodyOf('{"a":1}', "text/plain"), '{"a":1}');
});

Deno.test("readAnswer() gives CSV without its byte order mark", async () => {
  assert.equal(await bodyOf('\ufeff"Start time",Answer\r\n1,ü', "text/csv"), '"Start time",Answer\r\n1,ü');
  assert.equal(await bodyOf("a,b", "application/csv"), "a,b");
});

Deno.test("readAnswer() decodes text in the character set that the content type names", async () => {
  assert.equal(await bodyOf(new Uint8Array([0x4d, 0xfc]), "text/csv; charset=ISO-8859-1"), "Mü");
  assert.equal(await bodyOf(new Uint8Array([0xff, 0xfe, 0x4d, 0]), 'text/csv; charset="utf-16le"'), "M");
  assert.equal(await bodyOf("ü", "text/plain; charset=unheard-of"), "ü");
});

Deno.test("readAnswer() gives anything else as base64 with type and size", async () => {
  const zip = new Uint8Array([80, 75, 3, 4, 0]);
  const expected = { content_type: "application/zip", bytes: 5, base64: "UEsDBAA=" };
  assert.deepEqual(await bodyOf(zip, "application/zip"), expected);
  assert.deepEqual(await bodyOf(zip), { ...expected, content_type: "" });
  const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  assert.deepEqual(await bodyOf(zip, sheet), { ...expected, content_type: sheet });
});

Deno.test("readAnswer() answers null where there is no body", async () => {
  for (const status of [200, 201, 204, 404]) {
    const body = status === 204 ? null : "";
    assert.deepEqual(await readAnswer(new Response(body, { status, headers: JSON_TYPE })), {
      status,
      body: null,
      hasNext: false,
      isPage: false,
    });
  }
});

Deno.test("readAnswer() gives a partial success like any other", async () => {
  const answer = await readAnswer(Response.json({ items: [{ status: 409 }] }, { status: 206 }));
  assert.deepEqual(answer, { status: 206, body: { items: [{ status: 409 }] }, hasNext: false, isPage: false });
});

Deno.test("readAnswer() reads the headers that matter, in any case", async () => {
  const headers = {
    "TrackingID": "ROUTER_1",
    "Cisco-Spark-Error-Codes": "4251",
    "Retry-After": "5",
    "Link": '<https://webexapis.com/v1/x?a=1>;rel="next"',
  };
  assert.deepEqual(await readAnswer(new Response(null, { status: 502, headers })), {
    status: 502,
    body: null,
    hasNext: true,
    isPage: false,
    link: '<https://webexapis.com/v1/x?a=1>;rel="next"',
    trackingId: "ROUTER_1",
    errorCodes: "4251",
    retryAfter: "5",
  });
});

Deno.test("readAnswer() sees a next page in every spelling of the link and in no other relation", async () => {
  const links: [string, boolean][] = [
    ['<https://x/>; rel="next"', true],
    ["<https://x/>;rel=next", true],
    ['<https://x/p>; rel="prev", <https://x/n>; rel="next"', true],
    ['<https://x/>; REL="NEXT"', true],
    ['<https://x/>; rel="prev"', false],
    ['<https://x/?rel=next>; rel="first"', false],
    ['<https://x/>; rel="nextish"', false],
    ["", false],
  ];
  for (const [link, hasNext] of links) {
    assert.equal((await readAnswer(new Response(null, { headers: { link } }))).hasNext, hasNext, link);
  }
});

Deno.test("readAnswer() refuses a huge body without reading the rest of it", async () => {
  const { body, read } = counted(1_000, new Uint8Array(8 * 1024 * 1024));
  await assert.rejects(readAnswer(new Response(body, { headers: JSON_TYPE })), (error: unknown) => {
    assert.ok(error instanceof UpstreamError);
    assert.equal(error.code, "answer_too_large");
    assert.match(error.guidance ?? "", /smaller page/);
    return true;
  });
  assert.equal(read(), "7 true");
});

Deno.test("readAnswer() refuses a body at its announced length, without reading any of it", async () => {
  const { body, read } = counted(1_000, new Uint8Array(1024));
  const headers = { ...JSON_TYPE, "content-length": String(MAX_ANSWER_BYTES + 1) };
  await assert.rejects(readAnswer(new Response(body, { headers })), { code: "answer_too_large" });
  assert.equal(read(), "0 true");
});

Deno.test("readAnswer() puts characters together that come in two pieces", async () => {
  const bytes = new TextEncoder().encode('{"name":"Zoë 🙂"}');
  for (let cut = 0; cut <= bytes.length; cut++) {
    const pieces = [bytes.subarray(0, cut), bytes.subarray(cut)];
    const body = new ReadableStream({ pull: (to) => pieces.length > 0 ? to.enqueue(pieces.shift()) : to.close() });
    assert.deepEqual((await readAnswer(new Response(body, { headers: JSON_TYPE }))).body, { name: "Zoë 🙂" });
  }
});

Deno.test("readAnswer() hides secrets in text and headers", async () => {
  const hide = (text: string) => text.replaceAll("secret", "[redacted]");
  const answer = await readAnswer(Response.json({ a: "my secret" }, { headers: { trackingid: "secret" } }), hide);
  assert.deepEqual([answer.body, answer.trackingId], [{ a: "my [redacted]" }, "[redacted]"]);
});

Deno.test("readAnswer() takes a body of exactly the limit", async () => {
  const { body } = counted(6, new Uint8Array(8 * 1024 * 1024).fill(97));
  const text = (await readAnswer(new Response(body, { headers: { "content-type": "text/plain" } }))).body;
  assert.equal(String(text).length, MAX_ANSWER_BYTES);
});

Deno.test("readAnswer() rejects when the body breaks off", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("connection reset")) });
  await assert.rejects(readAnswer(new Response(body, { headers: JSON_TYPE })), /connection reset/);
});

Deno.test("readAnswer() passes no bytes on that repeat a secret", async () => {
  const hide = (text: string) => text.replaceAll("planted-token", "[redacted]");
  const response = () => new Response("\u0000planted-token\u0001", { headers: { "content-type": "audio/wav" } });
  const { body } = await readAnswer(response(), hide);
  assert.deepEqual(body, { content_type: "audio/wav", bytes: 15, left_out: "It repeats a secret" });
  assert.equal("base64" in Object((await readAnswer(response())).body), true);
});
