import assert from "node:assert/strict";
import { type Callback, listenForCallback } from "../../../src/cli/auth/callback.ts";
import { UpstreamError, UsageError } from "../../../src/core/errors.ts";

/** A port that was free a moment ago. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

interface Listening extends AsyncDisposable {
  readonly callback: Callback;
  readonly strangers: () => number;
  /** Goes there as a browser would. */
  visit(query: string, options?: { readonly path?: string; readonly method?: string }): Promise<Response>;
}

function listen(): Listening {
  let count = 0;
  const port = freePort();
  const callback = listenForCallback({ port, state: "right", onStranger: () => count++ });
  return {
    callback,
    strangers: () => count,
    visit: (query, { path = "/callback", method = "GET" } = {}) =>
      fetch(`http://127.0.0.1:${port}${path}?${query}`, { method }),
    [Symbol.asyncDispose]: () => callback[Symbol.asyncDispose](),
  };
}

Deno.test("listenForCallback() takes the code that comes with the right state", async () => {
  await using listening = listen();
  const answer = await listening.visit("state=right&code=abc");
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /close this page/);
  assert.equal(answer.headers.get("content-security-policy"), "default-src 'none'");
  assert.equal(await listening.callback.code, "abc");
});

Deno.test("listenForCallback() refuses another state, and waits on", async () => {
  await using listening = listen();
  for (const query of ["state=wrong&code=evil", "code=evil", "state=&code=evil", "state=wrong&error=access_denied"]) {
    const answer = await listening.visit(query);
    assert.equal(answer.status, 400);
    assert.doesNotMatch(await answer.text(), /evil|wrong/);
  }
  assert.equal(listening.strangers(), 4);
  await (await listening.visit("state=right&code=good")).body?.cancel();
  assert.equal(await listening.callback.code, "good");
});

Deno.test("listenForCallback() tells why nothing was granted", async () => {
  const cases = [["access_denied", "login_denied"], ["invalid_scope", "login_refused"], ["<script>", "login_refused"]];
  for (const [error, code] of cases) {
    await using listening = listen();
    const answer = await listening.visit(`state=right&error=${encodeURIComponent(error ?? "")}`);
    assert.doesNotMatch(await answer.text(), /script/);
    await assert.rejects(listening.callback.code, (thrown) => {
      assert.ok(thrown instanceof UpstreamError);
      assert.doesNotMatch(thrown.message, /script/);
      return thrown.code === code;
    });
  }
});

Deno.test("listenForCallback() knows one path and one method", async () => {
  await using listening = listen();
  for (const options of [{ path: "/" }, { path: "/callback/x" }, { method: "POST" }]) {
    const answer = await listening.visit("state=right&code=abc", options);
    assert.equal(answer.status, 404);
    await answer.body?.cancel();
  }
});

Deno.test("listenForCallback() says that a port is taken", async () => {
  await using first = listen();
  const port = Number(new URL(first.callback.redirectUri).port);
  assert.throws(
    () => listenForCallback({ port, state: "x", onStranger: () => {} }),
    (error) => error instanceof UsageError && /another program uses it/.test(error.message),
  );
});
