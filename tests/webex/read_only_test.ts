import assert from "node:assert/strict";
import type { Limiter } from "../../src/config/limiter.ts";
import { RefusedError } from "../../src/core/errors.ts";
import type { Exchange, Outgoing } from "../../src/webex/client.ts";
import { readOnlyClient } from "../../src/webex/read_only.ts";
import { contextOf } from "../support/calls.ts";

const ANSWER = { status: 200 } as Exchange;

function outgoing(method: string, kind: "read" | "write"): Outgoing {
  return { method, kind, url: new URL("https://webexapis.com/v1/x"), headers: new Headers() };
}

async function trial(request: Outgoing): Promise<number> {
  let sent = 0;
  const client = readOnlyClient({
    send() {
      sent++;
      return Promise.resolve(ANSWER);
    },
  }, "server");
  await client.send(request, contextOf()).catch((error) => {
    assert.ok(error instanceof RefusedError && error.code === "read_only");
  });
  return sent;
}

Deno.test("readOnlyClient() sends reads", async () => {
  for (const method of ["GET", "HEAD", "POST"]) assert.equal(await trial(outgoing(method, "read")), 1, method);
});

Deno.test("readOnlyClient() sends nothing that changes anything, whatever it is called", async () => {
  for (const method of ["PUT", "PATCH", "DELETE", "delete"]) assert.equal(await trial(outgoing(method, "read")), 0);
  for (const method of ["GET", "POST", "PUT", "DELETE"]) assert.equal(await trial(outgoing(method, "write")), 0);
});

Deno.test("readOnlyClient() says whether the server is read-only or the caller's own access", async () => {
  const send = (by: Limiter) =>
    readOnlyClient({ send: () => Promise.resolve(ANSWER) }, by).send(outgoing("DELETE", "write"), contextOf());
  await assert.rejects(send("server"), {
    message: "Cannot send DELETE: this server was started read-only",
    guidance: "Whoever runs the server decides whether it may change anything.",
  });
  await assert.rejects(send("caller"), {
    message: "Cannot send DELETE: your access here is read-only",
    guidance: /read_only, .* of your policy, in the file of callers/,
  });
});
