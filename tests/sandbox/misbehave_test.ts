import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { DroppedConnection } from "../../src/sandbox/misbehave.ts";
import { at, makeBench } from "./support.ts";

Deno.test("faultyResponse() answers 429 with Retry-After in Webex's shape", async () => {
  const { call, sandbox } = makeBench();
  sandbox.faults.add({ path: "/people", retryAfter: 7, times: 1 });
  const { status, headers, body } = await call("GET", "/people");
  assert.equal(status, 429);
  assert.equal(headers.get("retry-after"), "7");
  assert.equal(typeof at(body, "errors", 0, "description"), "string");
  assert.equal((await call("GET", "/people")).status, 200);
});

Deno.test("faultyResponse() sends a gateway's page and bodies of its own", async () => {
  const { call, sandbox } = makeBench();
  sandbox.faults.add({ path: "/people", status: 502, text: "<html>Bad Gateway</html>", times: 1 });
  const page = await call("GET", "/people");
  assert.deepEqual([page.status, page.headers.get("content-type"), page.body], [
    502,
    "text/html",
    "<html>Bad Gateway</html>",
  ]);
  sandbox.faults.add({ status: 451, body: { message: "should go to URL: https://elsewhere" } });
  assert.equal(at((await call("GET", "/people")).body, "message"), "should go to URL: https://elsewhere");
});

Deno.test("faultyResponse() streams a huge body that is still JSON", async () => {
  const { call, sandbox } = makeBench();
  sandbox.faults.add({ hugeBytes: 200_000 });
  const { body } = await call("GET", "/people");
  assert.equal(String(body).length, 199_998);
});

Deno.test("delayOrDrop() breaks the connection as fetch reports it", async () => {
  const { call, sandbox } = makeBench();
  sandbox.faults.add({ drop: true });
  await assert.rejects(call("GET", "/people"), DroppedConnection);
  await assert.rejects(call("GET", "/people"), TypeError);
});

Deno.test("delayOrDrop() stops waiting when the request is aborted", async () => {
  const { sandbox } = makeBench({ clock: systemClock });
  sandbox.faults.add({ delayMs: 60_000 });
  const aborted = new AbortController();
  const answer = sandbox.fetch(new Request("https://webexapis.com/v1/people", { signal: aborted.signal }));
  aborted.abort(new DOMException("Enough", "AbortError"));
  await assert.rejects(answer, { name: "AbortError" });
});

Deno.test("spoil() lays headers over the usual answer and cuts its body", async () => {
  const { call, sandbox } = makeBench();
  sandbox.faults.add({ path: "/people/me", headers: { "content-type": "text/plain" }, times: 1 });
  assert.equal((await call("GET", "/people/me")).headers.get("content-type"), "text/plain");
  sandbox.faults.add({ path: "/people/me", dropAfterBytes: 10 });
  await assert.rejects(call("GET", "/people/me"), DroppedConnection);
});

Deno.test("createSandbox() notes the body of a request that a fault answers", async () => {
  const { call, sandbox } = makeBench();
  sandbox.faults.add({ status: 500 });
  await call("POST", "/people", { emails: ["a@example.com"] });
  const [entry] = sandbox.requests.entries;
  assert.deepEqual([entry?.status, entry?.body], [500, { emails: ["a@example.com"] }]);
});
