/**
 * What is particular about people: fields that are shown only on request, and the token's own person.
 *
 * @module
 */

import { isJsonObject, type Json } from "../core/json.ts";
import { type Answer, notFound, Refusal } from "./answer.ts";
import { handleGenerically } from "./crud.ts";
import { parts } from "./face.ts";
import { normalId } from "./ids.ts";
import { respond } from "./respond.ts";
import type { Call } from "./world.ts";

/** Fields that `callingData=true` brings. */
const CALLING_FIELDS = ["locationId", "extension"];

function withoutCallingData(call: Call, person: Json): Json {
  if (call.url.searchParams.get("callingData") === "true" || !isJsonObject(person)) return person;
  const rest = { ...person };
  for (const name of CALLING_FIELDS) delete rest[name];
  return rest;
}

/** `GET /people`. */
export function listPeople(call: Call): Answer {
  const answer = handleGenerically(call);
  if (!isJsonObject(answer.body) || !Array.isArray(answer.body.items)) return answer;
  const asked = (call.url.searchParams.get("id") ?? "").split(",").filter((id) => id !== "");
  const missing = asked.filter((id) => call.world.store.item("/people", id) === undefined);
  const body = { ...answer.body, items: answer.body.items.map((person) => withoutCallingData(call, person)) };
  return { ...answer, body: missing.length === 0 ? body : { ...body, notFoundIds: missing } };
}

/** Everything but lists: `GET`, `POST`, `PUT` and `DELETE` of one person. */
export function onePerson(call: Call): Answer {
  const { store } = call.world;
  if (call.endpoint.method === "POST") requireNewAddress(call);
  const answer = handleGenerically(call);
  if (call.endpoint.method === "DELETE") forget(call);
  if (call.endpoint.method === "POST" && isJsonObject(answer.body) && typeof answer.body.id === "string") {
    const item = store.item("/people", answer.body.id);
    if (item !== undefined) store.change(item, { ...withNumbers(item.doc), orgId: call.world.cast.organizationId });
  }
  return answer.body === undefined ? answer : { ...answer, body: withoutCallingData(call, answer.body) };
}

/** An address can belong to one person only. */
function requireNewAddress(call: Call): void {
  const emails = isJsonObject(call.body) && Array.isArray(call.body.emails) ? call.body.emails : [];
  const taken = call.world.store.ofKind("people").some((item) =>
    Array.isArray(item.doc.emails) && item.doc.emails.some((email) => emails.includes(email))
  );
  if (taken) throw new Refusal(409, "User already exists");
}

/** A person who leaves also leaves the groups, and the phone goes. */
function forget(call: Call): void {
  const { store } = call.world;
  const id = normalId(call.params.personId ?? "");
  for (const item of ["huntGroups", "queues"].flatMap((kind) => store.ofKind(kind))) {
    const agents = parts(item.doc, "agents");
    const rest = agents.filter((agent) => agent.id !== id);
    if (rest.length < agents.length) store.change(item, { agents: rest });
  }
  for (const device of store.ofKind("devices")) if (device.doc.personId === id) store.remove(device);
}

/** A new person's extension also appears among the numbers. */
function withNumbers(doc: Record<string, Json>): Record<string, Json> {
  const { extension, phoneNumbers } = doc;
  if (typeof extension !== "string") return {};
  const others = Array.isArray(phoneNumbers)
    ? phoneNumbers.filter((entry) => !isJsonObject(entry) || entry.type !== "work_extension")
    : [];
  return { phoneNumbers: [...others, { type: "work_extension", value: extension, primary: false }] };
}

/** `GET /people/me` and `GET /telephony/config/people/me`. */
export function tokenOwner(call: Call): Answer {
  const { me, store } = call.world;
  const scope = { people: store.face(me) };
  const answer = respond(call, { given: me.doc, scope, key: `${me.collection}/${me.id}`, name: "people" });
  const isPlain = call.endpoint.path === "/people/me";
  return isPlain && answer.body !== undefined ? { ...answer, body: withoutCallingData(call, answer.body) } : answer;
}

/** `GET /telephony/config/queues/agents/{id}`: the queues that a person answers. */
export function queueAgent(call: Call): Answer {
  const { store } = call.world;
  const id = normalId(call.params.id ?? "");
  const person = store.byId(id);
  if (person === undefined) throw notFound("Agent");
  const queues = store.ofKind("queues").filter((item) =>
    Array.isArray(item.doc.agents) && item.doc.agents.some((agent) => isJsonObject(agent) && agent.id === person.id)
  );
  const agent = { ...store.face(person) };
  const given = { agent, queues: queues.map((item) => ({ ...store.face(item), joinEnabled: true })) };
  return respond(call, { scope: { people: agent }, given });
}
