import assert from "node:assert/strict";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { UpstreamError } from "../../src/core/errors.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import type { Validation } from "../../src/tools/executor.ts";
import type { ToolResult } from "../../src/tools/results/result.ts";
import { executorTrial } from "../support/executor.ts";
import { endpointOf, parameterOf, writerOf } from "../support/endpoints.ts";
import { recordingLog } from "../support/recording_log.ts";

const TOKEN = "secret-token-0123456789";

const LIST = endpointOf({
  tool: "people_list",
  path: "/people",
  parameters: [
    parameterOf("max", { schema: { type: "integer" } }),
    parameterOf("callingData", { schema: { type: "boolean" } }),
  ],
}, { list: "items", paging: { style: "offset" } });
const GET = endpointOf({
  tool: "people_get",
  path: "/people/{personId}",
  parameters: [parameterOf("personId", { in: "path" })],
});
const CREATE = writerOf({ name: { type: "string" }, pin: { type: "string" } }, ["name"], {
  tool: "people_create",
  path: "/people",
});

/** What one executor did. */
interface Trial {
  readonly call: (endpoint: Endpoint, args: JsonObject, signal?: AbortSignal) => Promise<ToolResult>;
  readonly requests: Request[];
  readonly lines: readonly string[];
}

function trial(answer: () => Response | Promise<Response>, validation: Validation = "strict"): Trial {
  const requests: Request[] = [];
  // Nothing is redacted by this log, so the executor itself must keep secrets out.
  const log = recordingLog();
  const fetch: Fetch = async (request) => {
    requests.push(request);
    return await answer();
  };
  const { call } = executorTrial({ fetch, token: TOKEN, validation, log });
  return { call, requests, lines: log.lines };
}

Deno.test("call() answers a success with status and body, and nothing else that doesn't apply", async () => {
  const { call } = trial(() => Response.json({ id: "x" }));
  assert.deepEqual(await call(GET, { personId: "x" }), {
    isError: false,
    value: { status_code: 200, body: { id: "x" } },
  });
});

Deno.test("call() adds the tracking id where there is one", async () => {
  const { call } = trial(() => Response.json({}, { headers: { TrackingID: "ROUTER_1" } }));
  assert.deepEqual((await call(GET, { personId: "x" })).value, { status_code: 200, body: {}, tracking_id: "ROUTER_1" });
});

Deno.test("call() tells of a list how many items came and whether there are more", async () => {
  const all = trial(() => Response.json({ items: [1, 2] }));
  assert.deepEqual((await all.call(LIST, {})).value, {
    status_code: 200,
    body: { items: [1, 2] },
    complete: true,
    items_returned: 2,
  });
  const link = '<https://webexapis.com/v1/people?start=2>; rel="next"';
  const some = trial(() => Response.json({ items: [1, 2] }, { headers: { link } }));
  assert.equal((await some.call(LIST, {})).value["complete"], false);
});

Deno.test("call() tells nothing of a list whose items are missing", async () => {
  const { call } = trial(() => Response.json({ other: "none" }));
  assert.deepEqual((await call(LIST, {})).value, { status_code: 200, body: { other: "none" } });
});

Deno.test("call() gives usable results for answers that are no JSON", async () => {
  const bodies: [() => Response, unknown][] = [
    [() => new Response(null, { status: 204 }), { status_code: 204, body: null }],
    [() => new Response("a,b", { headers: { "content-type": "text/csv" } }), { status_code: 200, body: "a,b" }],
    [() => Response.json([], { status: 206 }), { status_code: 206, body: [] }],
    [() => new Response(null, { status: 201 }), { status_code: 201, body: null }],
  ];
  for (const [answer, value] of bodies) {
    assert.deepEqual(await trial(answer).call(GET, { personId: "x" }), { isError: false, value });
  }
});

Deno.test("call() answers a failure with Webex's message, code and tracking id, and what to do next", async () => {
  const body = {
    message: "Not found",
    errors: [{ description: "No such person", errorCode: 4003 }],
    trackingId: "ROUTER_2",
  };
  const { call } = trial(() => Response.json(body, { status: 404 }));
  const { isError, value } = await call(GET, { personId: "x" });
  assert.equal(isError, true);
  assert.deepEqual(Object.keys(value), ["status_code", "error", "guidance", "tracking_id"]);
  assert.equal(value["status_code"], 404);
  assert.deepEqual(value["error"], { code: "4003", message: "Not found (No such person)", details: body });
  assert.equal(value["tracking_id"], "ROUTER_2");
  assert.match(String(value["guidance"]), /^The token.s owner may not act on this user/);
});

Deno.test("call() answers a failure without a body, with the code of the header or of the status", async () => {
  const plain = await trial(() => new Response(null, { status: 503 })).call(GET, { personId: "x" });
  assert.deepEqual(plain.value["error"], {
    code: "http_503",
    message: "Webex answered 503 without a message",
    details: null,
  });
  const headers = { "cisco-spark-error-codes": "4251" };
  const coded = await trial(() => new Response(null, { status: 502, headers })).call(GET, { personId: "x" });
  assert.deepEqual(coded.value["error"], {
    code: "4251",
    message: "Webex answered 502 without a message",
    details: null,
  });
});

Deno.test("call() takes a redirect for a failure", async () => {
  const { isError, value } = await trial(() => new Response(null, { status: 302 })).call(GET, { personId: "x" });
  assert.equal(isError, true);
  assert.equal(value["status_code"], 302);
});

Deno.test("call() refuses wrong arguments, says what was expected, and sends nothing", async () => {
  const { call, requests, lines } = trial(() => new Response());
  const { isError, value } = await call(CREATE, { nam: "n", pin: true });
  assert.equal(isError, true);
  assert.deepEqual(Object.keys(value), ["error", "guidance"]);
  assert.deepEqual(value["error"], {
    code: "unknown_argument",
    message: 'Unknown argument "nam": did you mean "name"? (and 2 more)',
    details: [
      { kind: "unknown", argument: "nam", nearest: ["name"] },
      { kind: "missing", argument: "name", expected: "string" },
      { kind: "invalid", argument: "pin", expected: "string" },
    ],
  });
  assert.equal(value["guidance"], "Nothing was sent. Correct the arguments and call people_create again.");
  assert.deepEqual([requests.length, lines.length], [0, 0]);
});

Deno.test("call() takes the string forms of values that some clients send", async () => {
  const { call, requests } = trial(() => Response.json({ items: [] }));
  await call(LIST, { max: "5", callingData: "True" });
  assert.equal(requests[0]?.url, "https://webexapis.com/v1/people?max=5&callingData=true");
});

Deno.test("call() sends what the schema refuses when lenient, with warnings", async () => {
  const { call, requests, lines } = trial(() => Response.json({}), "lenient");
  const { isError, value } = await call(CREATE, { nickname: "n", pin: true });
  assert.equal(isError, false);
  assert.equal(await requests[0]?.text(), '{"pin":true,"nickname":"n"}');
  assert.deepEqual(value["warnings"], [
    'Unknown argument "nickname": did you mean "name"?',
    'Missing argument "name": expected string',
    'Argument "pin" is [redacted]: expected string',
  ]);
  assert.equal(
    lines[0],
    'WARNING: Sending POST /people although arguments do not fit: an unknown argument, "name", "pin"',
  );
});

Deno.test("call() shows the warnings with a failure, where they explain it", async () => {
  const { call } = trial(() => Response.json({ message: "Bad" }, { status: 400 }), "lenient");
  const { isError, value } = await call(CREATE, { pin: "1" });
  assert.equal(isError, true);
  assert.deepEqual(value["warnings"], ['Missing argument "name": expected string']);
});

Deno.test("call() has no warnings when lenient and nothing is wrong", async () => {
  const { call, lines } = trial(() => Response.json({}), "lenient");
  assert.deepEqual((await call(CREATE, { name: "n" })).value, { status_code: 200, body: {} });
  assert.equal(lines.length, 2);
});

Deno.test("call() refuses a path value that leads elsewhere, lenient or not", async () => {
  for (const validation of ["strict", "lenient"] as const) {
    const { call, requests } = trial(() => new Response(), validation);
    for (const personId of ["..", "", " "]) {
      const { isError, value } = await call(GET, { personId });
      assert.equal(isError, true);
      assert.equal(value["status_code"], undefined);
      assert.match(JSON.stringify(value["error"]), /personId/);
    }
    assert.equal((await call(GET, {})).isError, true);
    assert.equal(requests.length, 0);
  }
});

Deno.test("call() logs in the wording that others read, with the path's template", async () => {
  const { call, lines } = trial(() => Response.json({}));
  await call(GET, { personId: "Y2lzY29" });
  assert.deepEqual(lines, [
    "INFO: Executing GET /people/{personId}",
    "INFO: Action: GET /people/{personId} | Status: 200",
  ]);
});

Deno.test("call() puts no secret, value or token into log or result", async () => {
  for (const validation of ["strict", "lenient"] as const) {
    const { call, lines } = trial(() => Response.json({ message: "No" }, { status: 403 }), validation);
    const results = [
      await call(CREATE, { name: "planted-name", pin: "planted-pin" }),
      await call(CREATE, { name: 5, pin: ["planted-pin"] }),
      await call(GET, { personId: "planted-id" }),
    ];
    assert.doesNotMatch(lines.join(""), /planted|secret-token/);
    assert.doesNotMatch(JSON.stringify(results), /secret-token/);
  }
});

Deno.test("call() takes the call's own secrets out of a failure that repeats them", async () => {
  const { call } = trial(() => Response.json({ message: "Bad: Ada, 482913" }, { status: 400 }));
  const { value } = await call(CREATE, { name: "Ada", pin: "482913" });
  assert.match(JSON.stringify(value), /Ada/);
  assert.doesNotMatch(JSON.stringify(value), /482913/);
});

Deno.test("call() makes a result of whatever keeps a request from being answered", async () => {
  const broken = await trial(() => Promise.reject(new TypeError("connection reset"))).call(CREATE, { name: "n" });
  assert.equal(broken.isError, true);
  assert.deepEqual(Object.keys(broken.value), ["error", "guidance", "outcome_unknown"]);
  assert.match(String(broken.value["guidance"]), /may or may not have been made/);
  const huge = new UpstreamError("Cannot take the answer", { code: "answer_too_large", details: { bytes: 1 } });
  const { value } = await trial(() => Promise.reject(huge)).call(GET, { personId: "x" });
  assert.deepEqual(value, {
    error: { code: "answer_too_large", message: "Cannot take the answer", details: { bytes: 1 } },
    guidance: "See the message.",
  });
});

Deno.test("call() says that a cancelled call was cancelled", async () => {
  const { call, requests } = trial(() => new Response());
  const { isError, value } = await call(GET, { personId: "x" }, AbortSignal.abort());
  assert.equal(isError, true);
  assert.match(JSON.stringify(value["error"]), /"cancelled"/);
  assert.equal(requests.length, 0);
});

Deno.test("call() throws a bug of this program instead of hiding it in a result", async () => {
  const { call } = executorTrial({
    fetch: () => Promise.resolve(new Response()),
    client: { send: () => Promise.reject(new TypeError("bug")) },
  });
  await assert.rejects(call(GET, { personId: "x" }), TypeError);
});

Deno.test("call() takes a web page for a failure, whatever its status", async () => {
  const page = () => new Response("<html><body>Sign in</body></html>", { headers: { "content-type": "text/html" } });
  const { isError, value } = await trial(page).call(CREATE, { name: "n" });
  assert.equal(isError, true);
  assert.deepEqual(value["error"], {
    code: "unexpected_answer",
    message: "A web page came instead of Webex's answer: Sign in",
    details: null,
  });
});

Deno.test("call() says of a failure that an earlier attempt may have done the work", async () => {
  const remove = endpointOf(
    { tool: "people_delete", method: "DELETE", path: "/people/{personId}", parameters: GET.parameters },
    { kind: "write", destructive: true },
  );
  let count = 0;
  const { call } = trial(() =>
    count++ === 0 ? Promise.reject(new TypeError("connection reset")) : Response.json({}, { status: 404 })
  );
  const { isError, value } = await call(remove, { personId: "x" });
  assert.deepEqual([isError, value["status_code"], count], [true, 404, 2]);
  assert.deepEqual(value["warnings"], [
    "An earlier attempt broke off, and may have deleted the object before this answer",
  ]);
});

Deno.test("call() refuses arguments that are nested beyond all reason, and sends nothing", async () => {
  let deep: Json = "x";
  for (let level = 0; level < 50_000; level++) deep = [deep];
  for (const validation of ["strict", "lenient"] as const) {
    const { call, requests } = trial(() => Response.json({}), validation);
    const { value } = await call(CREATE, { name: deep });
    assert.match(JSON.stringify(value), /arguments_too_deep/);
    assert.equal(requests.length, 0);
  }
});
