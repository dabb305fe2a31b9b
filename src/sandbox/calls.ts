/**
 * Calls in progress: of the token's person, or of the member that the path names.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../core/json.ts";
import { type Answer, notFound } from "./answer.ts";
import { text } from "./face.ts";
import { makeId, normalId } from "./ids.ts";
import { type Entry, respond, respondList } from "./respond.ts";
import { successOf } from "./success.ts";
import type { Item } from "./store.ts";
import { type Call, scopeOf } from "./world.ts";

/** What an action makes of the call that its body names. */
const CHANGES: Readonly<Record<string, JsonObject>> = {
  answer: { state: "connected" },
  hold: { state: "held" },
  mute: { muted: true },
  pauseRecording: { recordingState: "paused" },
  resume: { state: "connected" },
  resumeRecording: { recordingState: "started" },
  startRecording: { recordingState: "started" },
  stopRecording: { recordingState: "stopped" },
  unmute: { muted: false },
};

const STARTS = new Set(["dial", "pickup", "retrieve", "pull", "bargeIn"]);
const ENDS = new Set(["hangup", "reject", "divert", "transfer", "park", "push"]);
/** Actions whose body may leave out the call, because they find or need none. */
const FREE = new Set([...STARTS, "push", "transfer", "wrapupreasons"]);

function body(call: Call): JsonObject {
  return isJsonObject(call.body) ? call.body : {};
}

/** Where the calls of the path's member are kept. */
function shelf(call: Call): { path: string; history: string; scope: ReturnType<typeof scopeOf> } {
  const scope = scopeOf({
    ...call,
    plan: { ...call.plan, parents: [] },
    params: call.params.memberId === undefined ? {} : { memberId: call.params.memberId },
  });
  const member = call.params.memberId === undefined ? call.world.me.id : normalId(call.params.memberId);
  return { path: `/calls/${member}`, history: `/history/${member}`, scope };
}

function stamp(call: Call): string {
  return new Date(call.world.clock.now()).toISOString();
}

function start(call: Call, action: string): Item {
  const { world, serial } = call;
  const { path } = shelf(call);
  const number = text(body(call), "destination") ?? text(body(call), "target") ?? "+15125550199";
  const known = world.store.ofKind("people").map((item) => world.store.face(item)).find((face) =>
    [face.phoneNumber, face.extension, face.esn].includes(number)
  );
  const remoteParty = known === undefined ? { number, privacyEnabled: false, callType: "external" } : {
    name: known.displayName ?? "",
    number,
    personId: known.id ?? "",
    privacyEnabled: false,
    callType: "organization",
  };
  return world.store.add(path, "calls", makeId("call", `${path}:${serial}`), {
    callSessionId: makeId("callSession", `${path}:${serial}`),
    personality: action === "dial" ? "originator" : "terminator",
    state: "connected",
    remoteParty,
    appearance: world.store.items(path).length + 1,
    created: stamp(call),
    answered: stamp(call),
    redirections: [],
    muteCapable: true,
    muted: false,
  }, true);
}

function end(call: Call, item: Item): void {
  const { store } = call.world;
  const party = isJsonObject(item.doc.remoteParty) ? item.doc.remoteParty : {};
  const type = item.doc.personality === "originator" ? "placed" : "received";
  const entry = {
    type,
    name: text(party, "name") ?? "",
    number: text(party, "number") ?? "",
    privacyEnabled: false,
    time: stamp(call),
  };
  store.remove(item);
  store.add(shelf(call).history, "callHistory", item.id, entry, true);
}

/** Finds the call that a body names. */
function named(call: Call, action: string): Item | undefined {
  const { path } = shelf(call);
  const id = text(body(call), "callId") ?? text(body(call), "callId1");
  const item = id === undefined ? undefined : call.world.store.item(path, id);
  if (item === undefined && (id !== undefined || !FREE.has(action))) throw notFound("Call");
  return item;
}

/** `POST …/calls/{action}`. */
export function actOnCall(call: Call): Answer {
  const action = call.segments.at(-1) ?? "";
  const { scope } = shelf(call);
  if (STARTS.has(action)) {
    const { doc } = start(call, action);
    return respond(call, {
      scope,
      given: { callId: doc.id ?? "", callSessionId: doc.callSessionId ?? "" },
      lean: true,
    });
  }
  const item = named(call, action);
  const change = CHANGES[action];
  if (item !== undefined && change !== undefined) call.world.store.change(item, change);
  if (item !== undefined && ENDS.has(action)) {
    const second = text(body(call), "callId2");
    end(call, item);
    const other = second === undefined ? undefined : call.world.store.item(shelf(call).path, second);
    if (other !== undefined) end(call, other);
  }
  const isConsultation = action === "transfer" && item === undefined && text(body(call), "destination") !== undefined;
  if (action === "transfer" && !isConsultation) return { status: 204 };
  if (isConsultation) {
    const { doc } = start(call, action);
    return respond(call, { scope, given: { callId: doc.id ?? "", callSessionId: doc.callSessionId ?? "" } });
  }
  if (successOf(call.endpoint).status === 204) return { status: 204 };
  return respond(call, { scope, key: `${shelf(call).path}/${action}` });
}

/** `GET …/calls` and `GET …/calls/{callId}`. */
export function readCalls(call: Call): Answer {
  const { path, scope } = shelf(call);
  const { store } = call.world;
  const entry = (item: Item): Entry => ({ key: `${path}/${item.id}`, given: item.doc, lean: true });
  const id = call.params.callId;
  if (id === undefined) return respondList(call, store.items(path).map(entry), { scope, name: "calls" });
  const item = store.item(path, id);
  if (item === undefined) throw notFound("Call");
  return respond(call, { scope, given: item.doc, lean: true, name: "calls" });
}

/** `GET …/calls/history`: the calls that have ended, newest first. */
export function readHistory(call: Call): Answer {
  const { history, scope } = shelf(call);
  const ended = call.world.store.items(history).toReversed().map((item): Entry => ({
    key: item.id,
    given: item.doc,
    lean: true,
  }));
  const earlier = ["placed", "missed", "received"].map((type, index): Entry => ({
    key: `${history}[${index}]`,
    given: { type },
  }));
  return respondList(call, [...ended, ...earlier], { scope, name: "history" });
}

/** Everything below `…/conference`. */
export function confer(call: Call): Answer {
  const { path, scope } = shelf(call);
  const { store } = call.world;
  const key = `${path}/conference`;
  const action = call.segments.at(-1) ?? "";
  if (action !== "conference") {
    const change = CHANGES[action];
    if (change !== undefined && store.document(key) !== undefined) store.write(key, change);
    return respond(call, { scope });
  }
  if (call.endpoint.method === "DELETE") {
    store.forget(key);
    return respond(call, { scope });
  }
  if (call.endpoint.method === "POST") {
    const ids = body(call).callIds;
    const participants = (Array.isArray(ids) ? ids : []).map((callId) => ({ callId, muted: false, deafened: false }));
    store.write(key, { state: "connected", appearance: 1, created: stamp(call), muted: false, participants });
    return respond(call, { scope });
  }
  return respond(call, {
    scope,
    key,
    given: store.document(key) ?? { state: "disconnected", muted: false, participants: [] },
    lean: true,
  });
}
