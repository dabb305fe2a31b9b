import assert from "node:assert/strict";
import type { Endpoint } from "../../src/collection/endpoint.ts";
import { createAdvice } from "../../src/tools/advice.ts";
import type { Exchange } from "../../src/webex/client.ts";
import type { Identity } from "../../src/webex/credential/identity.ts";
import { contextOf } from "../support/calls.ts";
import { endpointOf, parameterOf, writerOf } from "../support/endpoints.ts";
import { FakeClock } from "../support/fake_clock.ts";

const org = parameterOf("orgId");
const thingId = parameterOf("thingId", { in: "path" });
const LIST = endpointOf({ parameters: [org, parameterOf("max")] }, { list: "items" });
const GET = endpointOf({
  tool: "things_get",
  path: "/things/{thingId}",
  parameters: [thingId, org, parameterOf("max")],
});
const CREATE = writerOf({ name: { type: "string" } });
const UPDATE = writerOf({ name: { type: "string" } }, [], {
  tool: "things_update",
  method: "PUT",
  path: "/things/{thingId}",
  parameters: [thingId],
});
const LONELY = writerOf({}, [], { tool: "dial", path: "/dial" });
const POLL = endpointOf({
  tool: "jobs_get",
  path: "/jobs/{jobId}",
  parameters: [parameterOf("jobId", { in: "path" })],
});
const START = { ...CREATE, facts: { ...CREATE.facts, job: { poll: "GET /jobs/{jobId}" } } };

/** What is known of the token, and how often somebody asked. */
interface Known {
  readonly identity?: Partial<Identity>;
  readonly scopes?: readonly string[] | Error;
  readonly endpoints?: readonly Endpoint[];
}

function adviceOf({ identity, scopes, endpoints = [LIST, GET, CREATE, UPDATE, POLL] }: Known = {}) {
  let asked = 0;
  const clock = new FakeClock();
  const advice = createAdvice({
    catalogue: { endpoints: () => Promise.resolve(endpoints) },
    credential: {
      renewal: "Renew it.",
      scopes: () => scopes instanceof Error ? Promise.reject(scopes) : Promise.resolve(scopes),
    },
    owner: {
      lookup: () => {
        asked++;
        const found = { rejected: false, emails: [], partner: false, unknown: [], ...identity };
        return Promise.resolve(identity === undefined ? undefined : found);
      },
    },
    clock,
  });
  return { ...advice, clock, asked: () => asked };
}

function answerOf(status: number, body: Exchange["body"] = {}): Exchange {
  return { status, body, isPage: false, hasNext: false };
}

Deno.test("factsOf() tells how to renew the token and what time it is, and asks nobody", async () => {
  for (const status of [400, 401, 404, 429, 500]) {
    const { factsOf, clock, asked } = adviceOf({ identity: { roles: ["Full Administrator"] } });
    assert.deepEqual(await factsOf(answerOf(status), undefined, contextOf()), {
      renewal: "Renew it.",
      now: clock.now(),
    });
    assert.equal(asked(), 0);
  }
});

Deno.test("factsOf() asks after a 403 who the token's owner is, and takes what can be found out", async () => {
  const ann = { displayName: "Ann", organizationName: "Northwind", roles: ["User Administrator"] };
  const whole = adviceOf({ identity: { ...ann, id: "1", organizationId: "2" }, scopes: ["spark:all"] });
  const { owner } = await whole.factsOf(answerOf(403), undefined, contextOf());
  assert.deepEqual(owner, { ...ann, scopes: ["spark:all"] });
  assert.equal(whole.asked(), 1);
  const cases: readonly (readonly [Known, unknown])[] = [
    [{ identity: {} }, {}],
    [{ identity: { displayName: "Ann" }, scopes: new Error("no file") }, { displayName: "Ann" }],
    [{ scopes: ["spark:all"] }, { scopes: ["spark:all"] }],
    [{}, undefined],
    [{ scopes: new Error("no file") }, undefined],
  ];
  for (const [known, expected] of cases) {
    const facts = await adviceOf(known).factsOf(answerOf(403), undefined, contextOf());
    assert.deepEqual(facts.owner, expected, JSON.stringify(known));
  }
});

Deno.test("factsOf() passes on a doubt, and the read that settles it", async () => {
  const { factsOf } = adviceOf();
  const known = await factsOf(answerOf(502), { tool: "things_get", arguments: {} }, contextOf());
  assert.deepEqual([known.doubt, known.readTool], [true, "things_get"]);
  const unknown = await factsOf(answerOf(502), {}, contextOf());
  assert.deepEqual([unknown.doubt, "readTool" in unknown], [true, false]);
});

Deno.test("readOf() names the read that shows a change, with the ids and the organization of the call", async () => {
  const { readOf } = adviceOf();
  assert.deepEqual(await readOf(UPDATE, { thingId: "t", orgId: "o", name: "private", max: 5 }), {
    tool: "things_get",
    arguments: { thingId: "t", orgId: "o" },
  });
  assert.deepEqual(await readOf(CREATE, { name: "private" }), { tool: "things_list", arguments: {} });
});

Deno.test("readOf() narrows the list that shows a new object by the ids that the change named, and by nothing else", async () => {
  const list = endpointOf({ parameters: [org, parameterOf("locationId"), parameterOf("name")] }, { list: "items" });
  const create = writerOf({ name: { type: "string" }, locationId: { type: "string" } });
  const { readOf } = adviceOf({ endpoints: [list, create] });
  // Webex may write a name otherwise than it was sent, and an empty list would then be a wrong answer.
  assert.deepEqual(await readOf(create, { name: "Support", locationId: "l", orgId: "o" }), {
    tool: "things_list",
    arguments: { orgId: "o", locationId: "l" },
  });
  assert.deepEqual((await readOf(create, { locationId: ["l"] })).arguments, {});
});

Deno.test("readOf() has nothing to say of reads, and of changes that no read shows", async () => {
  assert.deepEqual(await adviceOf().readOf(GET, { thingId: "t" }), {});
  assert.deepEqual(await adviceOf().readOf(LONELY, {}), {});
  assert.deepEqual(await adviceOf({ endpoints: [CREATE] }).readOf(CREATE, {}), {}, "the read may not be called");
});

Deno.test("jobOf() finds the job that a call has started, where the tool that follows it may be called", async () => {
  const answer = answerOf(202, { id: "j", latestExecutionStatus: "STARTING" });
  assert.deepEqual(await adviceOf().jobOf(START, answer, {}), {
    id: "j",
    status: "STARTING",
    poll_tool: "jobs_get",
    wait: { tool: "webex_wait_for_job", arguments: { poll_tool: "jobs_get", job_id: "j" } },
  });
  assert.equal(await adviceOf().jobOf(CREATE, answer, {}), undefined);
  assert.equal(await adviceOf({ endpoints: [START] }).jobOf(START, answer, {}), undefined);
  assert.equal(await adviceOf().jobOf(START, answerOf(202, {}), {}), undefined);
});

Deno.test("toolNames() finds tools by method and path", async () => {
  const toolOf = await adviceOf().toolNames();
  assert.deepEqual([toolOf("GET /things"), toolOf("PUT /things/{thingId}"), toolOf("GET /nothing")], [
    "things_list",
    "things_update",
    undefined,
  ]);
});
