import assert from "node:assert/strict";
import { systemClock } from "../../src/core/clock.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { makeBench } from "./support.ts";

const HEADERS = { authorization: "Bearer test" };

Deno.test("serveSandbox() answers on loopback and pages on its own origin", async () => {
  const { sandbox } = makeBench();
  const served = await serveSandbox(sandbox);
  const response = await fetch(`${served.url}/people?max=2`, { headers: HEADERS });
  assert.equal(response.status, 200);
  assert.ok(response.headers.get("link")?.startsWith(`<${served.url}/people?`));
  await response.body?.cancel();
  await served.close();
});

Deno.test("serveSandbox() hands bodies on, multipart ones too", async () => {
  const { sandbox } = makeBench();
  const served = await serveSandbox(sandbox);
  const form = new FormData();
  form.append("file", new File(["RIFF"], "a.wav", { type: "audio/wav" }));
  const path = "/telephony/config/people/me/settings/voicemail/actions/busyGreetingUpload/invoke";
  const response = await fetch(served.url + path, { method: "POST", headers: HEADERS, body: form });
  assert.equal(response.status, 201);
  await response.body?.cancel();
  assert.deepEqual(sandbox.requests.entries[0]?.body, {
    file: { fileName: "a.wav", contentType: "audio/wav", size: 4 },
  });
  await served.close();
});

Deno.test("serveSandbox() breaks connections before and within an answer", async () => {
  const { sandbox } = makeBench();
  const served = await serveSandbox(sandbox);
  sandbox.faults.add({ path: "/people/me", drop: true });
  await assert.rejects(fetch(`${served.url}/people/me`, { headers: HEADERS }), TypeError);
  sandbox.faults.clear();
  sandbox.faults.add({ path: "/people/me", dropAfterBytes: 20 });
  const response = await fetch(`${served.url}/people/me`, { headers: HEADERS });
  await assert.rejects(response.text(), TypeError);
  await served.close();
});

Deno.test("serveSandbox() streams huge bodies and survives a reader who leaves", async () => {
  const { sandbox } = makeBench();
  const served = await serveSandbox(sandbox);
  sandbox.faults.add({ hugeBytes: 500_000_000, times: 1 });
  const huge = await fetch(`${served.url}/people`, { headers: HEADERS });
  await huge.body?.cancel();
  const next = await fetch(`${served.url}/people/me`, { headers: HEADERS });
  assert.equal(next.status, 200);
  await next.body?.cancel();
  await served.close();
});

Deno.test("serveSandbox() ends a delay when the caller leaves, and ends with its signal", async () => {
  const { sandbox } = makeBench({ clock: systemClock });
  const stop = new AbortController();
  const served = await serveSandbox(sandbox, { signal: stop.signal });
  sandbox.faults.add({ delayMs: 60_000 });
  await assert.rejects(fetch(`${served.url}/people`, { headers: HEADERS, signal: AbortSignal.timeout(50) }));
  stop.abort();
  await served.close();
  await assert.rejects(fetch(`${served.url}/people`, { headers: HEADERS }), TypeError);
});
