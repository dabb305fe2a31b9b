import assert from "node:assert/strict";
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
  });
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
