/**
 * Handles every request that needs no knowledge of its own: lists and their objects, settings, and actions.
 *
 * @module
 */

import { resolveSchema } from "../collection/resolve.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { type Answer, notFound, Refusal } from "./answer.ts";
import { deriveEntries } from "./derive.ts";
import { type Face, parts } from "./face.ts";
import { makeId } from "./ids.ts";
import { patchedMembers } from "./json_patch.ts";
import { filterItems, pageOf } from "./lists.ts";
import { canonicalPath, type CollectionPlan } from "./resources.ts";
import { type Entry, respond, respondList } from "./respond.ts";
import { changedTeam } from "./roles.ts";
import type { Item } from "./store.ts";
import { type Call, findItem, openCollection, pathOf, scopeOf, titleOf } from "./world.ts";

type Scope = Readonly<Record<string, Face>>;

/** Where a child collection's items appear in the object above it, if not under their own name. */
const NESTED: Readonly<Record<string, readonly string[]>> = { selectiveRules: ["callForwarding", "rules"] };

/** An object with its identifier also under the name that the path gives it. */
function known(item: Item, plan: CollectionPlan): JsonObject {
  return { [plan.idParam]: item.id, ...item.doc };
}

function itemKey(item: Item): string {
  return `${item.collection}/${item.id}`;
}

/**
 * Makes the entries of a list from objects.
 *
 * @param items The objects.
 * @param plan Their collection.
 */
export function entriesOf(items: readonly Item[], plan: CollectionPlan): Entry[] {
  return items.map((item) => ({ key: itemKey(item), given: known(item, plan), lean: item.created }));
}

function members(body: Json | undefined): JsonObject {
  return isJsonObject(body) ? { ...body } : {};
}

/** Adds the objects of the collections right below to what is known of an object. */
function withChildren(call: Call, segments: readonly string[], doc: JsonObject): JsonObject {
  const full = { ...doc };
  for (const [name, plan] of call.plan.children) {
    const path = openCollection(call.world, plan, [...segments, name]);
    full[name] = call.world.store.items(path).map((item) => known(item, plan));
  }
  const [holder, member] = NESTED.selectiveRules ?? [];
  const rules = full.selectiveRules;
  if (holder !== undefined && member !== undefined && rules !== undefined) {
    full[holder] = { ...members(full[holder]), [member]: rules };
  }
  return full;
}

/** Moves arrays of a body that are collections of their own into those collections. */
function takeChildren(call: Call, segments: readonly string[], body: JsonObject): JsonObject {
  const rest = { ...body };
  for (const [name, plan] of call.plan.children) {
    const list = rest[name];
    if (!Array.isArray(list) || !list.every(isJsonObject)) continue;
    delete rest[name];
    putChildren(call, plan, [...segments, name], list);
  }
  return rest;
}

function putChildren(call: Call, plan: CollectionPlan, segments: readonly string[], list: readonly JsonObject[]): void {
  const { store } = call.world;
  const path = openCollection(call.world, plan, segments);
  const kept = new Set<string>();
  list.forEach((entry, index) => {
    const old = typeof entry.id === "string" ? store.item(path, entry.id) : undefined;
    if (old === undefined) {
      kept.add(store.add(path, plan.kind, makeId(plan.kind, `${path}:${call.serial}:${index}`), entry, true).id);
    } else {
      store.change(old, entry);
      kept.add(old.id);
    }
  });
  for (const item of store.items(path)) if (!kept.has(item.id)) store.remove(item);
}

function create(call: Call, plan: CollectionPlan, scope: Scope): Answer {
  const { world, segments, serial, endpoint } = call;
  const path = openCollection(world, plan, segments);
  const body = members(call.body);
  const given = typeof body.id === "string" ? body.id : undefined;
  const old = given === undefined ? undefined : world.store.item(path, given);
  const isTwin = canonicalPath(endpoint.path) !== endpoint.path;
  if (old !== undefined && !isTwin) throw new Refusal(409, `An object with id ${given} exists already`);
  if (old === undefined && given !== undefined && isTwin) throw notFound(titleOf(plan.kind));
  const item = old ?? world.store.add(path, plan.kind, given ?? makeId(plan.kind, `${path}:${serial}`), {}, true);
  const type = plan.typeParam === undefined || typeof body.type !== "string" ? [] : [body.type];
  world.store.change(item, takeChildren(itemCall(call, plan), [...segments, ...type, item.id], body));
  return respond(call, { given: known(item, plan), scope, key: itemKey(item), name: plan.kind, lean: true });
}

/** The same request with the collections that are below a created object instead of those below its list. */
function itemCall(call: Call, plan: CollectionPlan): Call {
  const depth = plan.template.split("/").length + (plan.typeParam === undefined ? 1 : 2);
  const below = [...call.world.plans.collections.values()].filter(({ template }) =>
    template.startsWith(`${plan.template}/{`) && template.split("/").length === depth + 1
  );
  return { ...call, plan: { ...call.plan, children: new Map(below.map((candidate) => [candidate.kind, candidate])) } };
}

function item(call: Call, plan: CollectionPlan, scope: Scope): Answer {
  const { world, segments, endpoint } = call;
  const found = findItem(world, plan, segments);
  const own = { ...scope, [found.kind]: world.store.face(found) };
  if (endpoint.method === "DELETE") {
    world.store.remove(found);
    return respond(call, { scope });
  }
  if (endpoint.method !== "GET") {
    const isPatch = endpoint.body?.contentType.includes("json-patch") ?? false;
    const body = isPatch ? patchedMembers(call.body) : members(call.body);
    if (found.kind === "supervisors") body.agents = changedTeam(parts(found.doc, "agents"), parts(body, "agents"));
    world.store.change(found, takeChildren(call, segments, body));
  }
  const given = withChildren(call, segments, known(found, plan));
  const answer = respond(call, { given, scope: own, key: itemKey(found), name: plan.kind, lean: found.created });
  return endpoint.method === "GET" ? pageInside(call, answer) : answer;
}

/** Some objects are lists themselves, and are paged as such. */
function pageInside(call: Call, answer: Answer): Answer {
  const { endpoint, url } = call;
  const { list, paging } = endpoint.facts;
  const whole = list !== undefined && isJsonObject(answer.body) ? answer.body[list] : undefined;
  if (list === undefined || paging === undefined || !isJsonObject(answer.body) || !Array.isArray(whole)) return answer;
  const { items, headers } = pageOf(filterItems(whole, endpoint.parameters, url.searchParams), endpoint, url);
  return { ...answer, body: { ...answer.body, [list]: items }, headers };
}

function clear(call: Call, plan: CollectionPlan, scope: Scope): Answer {
  const path = openCollection(call.world, plan, call.segments);
  const body = members(call.body);
  const named = Object.values(body).flat().map((value) => isJsonObject(value) ? value.id : value).filter((value) =>
    typeof value === "string"
  );
  const schema = call.endpoint.body && resolveSchema(call.endpoint.body.schema, call.endpoint.schemas);
  if (schema?.properties?.deleteAll !== undefined && body.deleteAll !== true && named.length === 0) {
    throw new Refusal(400, "The list of what to delete is missing", { errorCode: 25024 });
  }
  const all = call.world.store.items(path);
  for (
    const item of named.length === 0 || body.deleteAll === true
      ? all
      : all.filter((candidate) => named.includes(candidate.id))
  ) {
    call.world.store.remove(item);
  }
  return respond(call, { scope, given: members(call.body), lean: true });
}

function aggregate(call: Call, plan: CollectionPlan, scope: Scope): Answer {
  const { world } = call;
  const segments = plan.template.split("/").slice(1);
  const at = segments.indexOf("{locationId}");
  if (at < 0) openCollection(world, plan, segments);
  else for (const place of world.store.ofKind("locations")) openCollection(world, plan, segments.with(at, place.id));
  const pattern = new RegExp(`^/${segments.map((segment) => segment.startsWith("{") ? "[^/]+" : segment).join("/")}$`);
  const items = world.store.ofKind(plan.kind).filter((item) => pattern.test(item.collection));
  return respondList(call, entriesOf(items, plan), { scope, name: plan.kind });
}

function settings(call: Call, scope: Scope): Answer {
  const { world, endpoint, segments } = call;
  const path = pathOf(segments);
  if (endpoint.method === "DELETE") {
    world.store.forget(path);
    return respond(call, { scope });
  }
  if (endpoint.method !== "GET") world.store.write(path, takeChildren(call, segments, members(call.body)));
  const doc = withChildren(call, segments, world.store.document(path) ?? {});
  if (endpoint.method !== "GET") return respond(call, { scope, given: doc });
  const listed = endpoint.facts.list === undefined ? undefined : doc[endpoint.facts.list];
  if (endpoint.facts.list === undefined) return respond(call, { scope, given: doc });
  const entries = Array.isArray(listed)
    ? listed.map((given, index) => ({ key: `${path}[${index}]`, given, lean: true }))
    : deriveEntries(call, scope);
  return respondList(call, entries, { scope, around: doc });
}

/**
 * Handles a request by what its path says.
 *
 * @param call The request, checked.
 * @throws {Refusal} 404 if an object on the path doesn't exist.
 */
export function handleGenerically(call: Call): Answer {
  const { plan, world, segments } = call;
  const { collection } = plan;
  if (collection !== undefined && plan.role === "item") {
    const upper = {
      ...call,
      plan: { ...plan, parents: plan.parents.filter((parent) => parent.depth < segments.length) },
    };
    return item(call, collection, scopeOf(upper));
  }
  const scope = scopeOf(call);
  switch (plan.role) {
    case "list":
    case "create":
    case "clear":
    case "aggregate": {
      if (collection === undefined) break;
      if (plan.role === "create") return create(call, collection, scope);
      if (plan.role === "clear") return clear(call, collection, scope);
      if (plan.role === "aggregate") return aggregate(call, collection, scope);
      const path = openCollection(world, collection, segments);
      const around = world.store.document(`${path}#`);
      const entries = entriesOf(world.store.items(path), collection);
      return respondList(call, entries, { scope, name: collection.kind, ...(around === undefined ? {} : { around }) });
    }
    case "replace":
      // The settings of a collection as a whole, beside its objects.
      world.store.write(`${pathOf(segments)}#`, members(call.body));
      return respond(call, { scope, given: members(call.body) });
    case "derived":
      return respondList(call, deriveEntries(call, scope), { scope });
    default:
      break;
  }
  if (plan.role === "action") {
    return respond(call, {
      scope,
      given: members(call.body),
      key: `${pathOf(segments)}:${JSON.stringify(call.body ?? null)}`,
    });
  }
  return settings(call, scope);
}
