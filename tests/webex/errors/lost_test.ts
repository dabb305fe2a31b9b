import assert from "node:assert/strict";
import { DeadlineReached } from "../../../src/core/context.ts";
import { UpstreamError } from "../../../src/core/errors.ts";
import { endedWaiting, lostAnswer, type Sent } from "../../../src/webex/errors/lost.ts";
import { contextOf } from "../../support/calls.ts";

const SENT: Sent = {
  method: "GET",
  kind: "read",
  url: new URL("https://webexapis.com/v1/people/ID1?email=ann@example.com"),
  label: "GET /people/{personId}",
};

function failed(message: string): TypeError {
  return new TypeError("fetch failed", { cause: new Error(message) });
}

Deno.test("lostAnswer() tells a connection that broke from a host that cannot be reached", () => {
  const dropped =
    "error sending request from 127.0.0.1:1 for https://webexapis.com/v1/people/ID1?email=ann@example.com (127.0.0.1:2): " +
    "client error (SendRequest): connection closed before message completed";
  assert.equal(
    lostAnswer(SENT, contextOf(), failed(dropped), false).message,
    'The connection to "webexapis.com" broke before GET /people/{personId} was answered: ' +
      "connection closed before message completed",
  );
  const unknown = "error sending request for url (https://webexapis.com/v1/people/ID1?email=ann@example.com): " +
    "client error (Connect): dns error: no such name";
  const error = lostAnswer(SENT, contextOf(), failed(unknown), false);
  assert.equal(
    error.message,
    'Cannot reach "webexapis.com" for GET /people/{personId}: dns error: no such name',
  );
});

Deno.test("lostAnswer() shows no address, whoever words the reason", () => {
  const { message } = lostAnswer(SENT, contextOf(), new Error(`Reset by ${SENT.url.href}`), true);
  assert.match(message, /Reset by/);
  assert.doesNotMatch(message, /ann@|ID1/);
});

Deno.test("endedWaiting() says what was not there in time, and that the time can be set", () => {
  const late = contextOf({ signal: AbortSignal.abort(new DeadlineReached("The time is up")) });
  const told = (["turn", "token", "place"] as const).map((awaited) => endedWaiting(SENT, late, "unsent", awaited));
  assert.match(told[0]?.message ?? "", /earlier change of the same object/);
  assert.match(told[1]?.message ?? "", /access token was not there/);
  assert.match(told[2]?.message ?? "", /other calls were before it/);
  for (const { code, guidance } of told) {
    assert.equal(code, "deadline_exceeded");
    assert.match(guidance ?? "", /^Nothing was sent\. .*--deadline/);
  }
  assert.match(lostAnswer(SENT, late, undefined, false).guidance ?? "", /took longer .*--deadline/);
});

Deno.test("lostAnswer() leaves the outcome of a change open where a server error is too large to be read", () => {
  const tooLarge = (status: number) =>
    new UpstreamError("Cannot take the answer", { code: "answer_too_large", status });
  const failedBy = (status: number, kind: "read" | "write") =>
    lostAnswer({ ...SENT, method: "POST", kind }, contextOf(), tooLarge(status), true).details;
  assert.deepEqual(failedBy(500, "write"), { outcome_unknown: true });
  assert.equal(failedBy(200, "write"), undefined);
  assert.equal(failedBy(500, "read"), undefined);
});

Deno.test("lostAnswer() knows that nothing left where no connection came about", () => {
  const write = { ...SENT, method: "POST", kind: "write" } as const;
  for (
    const reason of ["client error (Connect): tcp connect error: Connection refused", "client error: dns error: no"]
  ) {
    const { details, guidance } = lostAnswer(write, contextOf(), failed(reason), false);
    assert.equal(details, undefined);
    assert.match(String(guidance), /did not reach Webex/);
  }
  const dropped = lostAnswer(write, contextOf(), failed("connection reset by peer"), false);
  assert.deepEqual(dropped.details, { outcome_unknown: true });
});
