import assert from "node:assert/strict";
import { makeId } from "../../src/sandbox/ids.ts";
import { at, type Bench, listAt, makeBench } from "./support.ts";

async function dial({ call }: Bench, destination: string, base = "/telephony/calls"): Promise<unknown> {
  return at((await call("POST", `${base}/dial`, { destination })).body, "callId");
}

Deno.test("actOnCall() makes a call that is listed until it is hung up", async () => {
  const bench = makeBench();
  const { call } = bench;
  const callId = await dial(bench, "1002");
  const [listed] = listAt((await call("GET", "/telephony/calls")).body, "items");
  assert.deepEqual([at(listed, "id"), at(listed, "state"), at(listed, "remoteParty", "callType")], [
    callId,
    "connected",
    "organization",
  ]);
  assert.equal((await call("POST", "/telephony/calls/hangup", { callId })).status, 204);
  assert.deepEqual(listAt((await call("GET", "/telephony/calls")).body, "items"), []);
  assert.equal(at((await call("GET", "/telephony/calls/history")).body, "items", 0, "number"), "1002");
  assert.equal((await call("POST", "/telephony/calls/hangup", { callId })).status, 404);
});

Deno.test("actOnCall() holds, resumes, mutes and records", async () => {
  const bench = makeBench();
  const { call } = bench;
  const callId = await dial(bench, "+15125550188");
  for (
    const [action, name, value] of [
      ["hold", "state", "held"],
      ["resume", "state", "connected"],
      ["mute", "muted", true],
      ["unmute", "muted", false],
      ["startRecording", "recordingState", "started"],
    ] as const
  ) {
    await call("POST", `/telephony/calls/${action}`, { callId });
    assert.equal(at((await call("GET", `/telephony/calls/${callId}`)).body, name), value);
  }
});

Deno.test("actOnCall() keeps the calls of members apart", async () => {
  const bench = makeBench();
  const { call } = bench;
  const people = listAt((await call("GET", "/people")).body, "items");
  const base = `/telephony/calls/members/${at(people, 1, "id")}`;
  await dial(bench, "+15125550188", base);
  assert.equal(listAt((await call("GET", `${base}/calls`)).body, "items").length, 1);
  assert.equal(listAt((await call("GET", "/telephony/calls")).body, "items").length, 0);
  assert.equal((await call("GET", `/telephony/calls/members/${makeId("people", "stranger")}/calls`)).status, 404);
});

Deno.test("confer() starts, shows and ends a conference", async () => {
  const bench = makeBench();
  const { call } = bench;
  const callIds = [await dial(bench, "1002"), await dial(bench, "1003")];
  await call("POST", "/telephony/conference", { callIds });
  await call("POST", "/telephony/conference/hold");
  const { body } = await call("GET", "/telephony/conference");
  assert.deepEqual([at(body, "state"), listAt(body, "participants").length], ["held", 2]);
  await call("DELETE", "/telephony/conference");
  assert.equal(at((await call("GET", "/telephony/conference")).body, "state"), "disconnected");
});
