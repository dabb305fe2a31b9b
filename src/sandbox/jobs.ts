/**
 * Jobs: started by a request, further with each poll, and effective when they complete.
 *
 * A job fails in part when it names numbers that do not exist, and as a whole when its request, or an object that the
 * request names, contains the word "fail".
 *
 * @module
 */

import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { type Answer, notFound, Refusal } from "./answer.ts";
import { entriesOf } from "./crud.ts";
import { failureItem, failuresOf, type JobFailure, singleFailure } from "./job_failures.ts";
import { parts, text } from "./face.ts";
import { makeId, normalId } from "./ids.ts";
import type { CollectionPlan } from "./resources.ts";
import { respond, respondList } from "./respond.ts";
import { listShapeOf, successOf } from "./success.ts";
import type { Item } from "./store.ts";
import { type Call, findItem, openCollection, pathOf } from "./world.ts";

const PATH = "/telephony/config/jobs/";
/** What a job does stays out of the fields that answers show. */
const effects = new WeakMap<Item, () => void>();
/** What will have failed when a job is over. */
const failed = new WeakMap<Item, readonly JobFailure[]>();

function now(call: Call): string {
  return new Date(call.world.clock.now()).toISOString();
}

/** The members that tell how far a job is. */
function progress(call: Call, polls: number, total: number, failures: number): JsonObject {
  const isDone = polls >= call.world.jobPolls;
  const hasFailed = failures >= total;
  const status = isDone ? hasFailed ? "FAILED" : "COMPLETED" : polls === 0 ? "STARTING" : "STARTED";
  const exitCode = !isDone ? "UNKNOWN" : hasFailed || failures === 0 ? status : "COMPLETED_WITH_ERRORS";
  const failed = isDone ? failures : 0;
  const moved = isDone ? total - failures : 0;
  const counts = {
    total,
    totalMoves: total,
    moved,
    updated: moved,
    succeeded: moved,
    failed,
    pending: total - moved - failed,
    skipped: 0,
    numbersDeleted: moved,
    routingPrefixUpdated: moved,
    routingPrefixFailed: failed,
    totalFeatureAccounts: total,
    featureAccountsDeleted: moved,
    featureAccountsDeleteFailed: failed,
    totalVirtualExtensionsAccount: 0,
    virtualExtensionsDeleted: 0,
    virtualExtensionsDeleteFailed: 0,
  };
  return {
    latestExecutionStatus: status,
    latestExecutionExitCode: exitCode,
    percentageComplete: isDone ? 100 : Math.floor((100 * polls) / call.world.jobPolls),
    counts,
    updatedCount: moved,
    advisoryCount: 0,
    errorCount: failed,
    jobExecutionStatus: [{
      id: 1,
      startTime: now(call),
      ...(isDone ? { endTime: now(call) } : {}),
      lastUpdated: now(call),
      createdTime: now(call),
      statusMessage: status,
      exitCode,
      timeElapsed: `PT${polls}S`,
    }],
  };
}

/** How many things a job's request names. */
function sizeOf(body: JsonObject): number {
  const users = parts(body, "usersList").flatMap((list) => parts(list, "users"));
  const numbers = parts(body, "numberList").flatMap((list) => Array.isArray(list.numbers) ? list.numbers : []);
  return Math.max(1, users.length, numbers.length);
}

/**
 * Starts a job.
 *
 * @param call The request that starts it.
 * @param collection The path of the jobs of its kind.
 * @param name The job's name.
 * @param effect What happens when it completes.
 */
export function startJob(call: Call, collection: string, name: string, effect?: () => void): Item {
  const { world, serial } = call;
  const body = isJsonObject(call.body) ? call.body : {};
  const doc: JsonObject = {
    ...body,
    name,
    jobType: name.toUpperCase(),
    trackingId: `ROUTER_${serial}`,
    sourceLocationId: parts(body, "numberList")[0]?.locationId ?? body.locationId ?? null,
    sourceUserId: world.me.id,
    sourceCustomerId: world.cast.organizationId,
    targetCustomerId: world.cast.organizationId,
    instanceId: serial,
    operationType: text(body, "operation") ?? name.toUpperCase(),
    polls: 0,
    ...progress(call, 0, sizeOf(body), 0),
  };
  const item = world.store.add(collection, "jobs", makeId("jobs", `${collection}:${serial}`), doc, true);
  const failures = failuresOf(call, doc, name);
  if (failures.length > 0) failed.set(item, failures);
  if (effect !== undefined && failures.length < sizeOf(body)) effects.set(item, effect);
  return item;
}

function advance(call: Call, item: Item): void {
  if (item.doc.isPaused === true) return;
  const before = typeof item.doc.polls === "number" ? item.doc.polls : 0;
  if (before >= call.world.jobPolls) return;
  const failures = failed.get(item)?.length ?? 0;
  call.world.store.change(item, { polls: before + 1, ...progress(call, before + 1, sizeOf(item.doc), failures) });
  if (before + 1 >= call.world.jobPolls) effects.get(item)?.();
}

function moveNumbers(call: Call, body: JsonObject): void {
  const { numbers } = call.world;
  const target = text(body, "targetLocationId");
  for (const list of parts(body, "numberList")) {
    for (const number of Array.isArray(list.numbers) ? list.numbers : []) {
      if (typeof number !== "string" || numbers.get(number) === undefined) continue;
      if (body.operation === "DELETE") numbers.remove(number);
      else if (target !== undefined) numbers.put(number, normalId(target));
    }
  }
}

function movePeople(call: Call, body: JsonObject): void {
  for (const list of parts(body, "usersList")) {
    for (const user of parts(list, "users")) {
      const item = call.world.store.byId(text(user, "userId") ?? "");
      if (item === undefined) continue;
      call.world.store.change(item, {
        locationId: list.locationId ?? null,
        ...(text(user, "extension") === undefined ? {} : { extension: user.extension ?? null }),
      });
    }
  }
}

/** `POST /telephony/config/jobs/person/moveLocation` validates one person, or starts a job. */
function startMove(call: Call, collection: string, body: JsonObject): Answer {
  const lists = parts(body, "usersList");
  const users = lists.flatMap((list) => parts(list, "users"));
  if (users.length > 100) throw new Refusal(400, "At most 100 users can be moved at a time");
  const unknown = users.find((user) => call.world.store.item("/people", text(user, "userId") ?? "") === undefined);
  if (unknown !== undefined) throw new Refusal(400, "User not found", { errorCode: 4003 });
  if (lists.some((list) => list.validate === true)) {
    const response = users.map(({ userId = "" }) => ({ userId, impacts: [], errors: [] }));
    return respond(call, { scope: {}, status: 200, given: { response }, lean: true });
  }
  const job = startJob(call, collection, "moveUser", () => movePeople(call, body));
  return respond(call, { scope: {}, status: 201, given: { response: job.doc }, key: job.id });
}

/** `POST` on a list of jobs. */
export function startDeclaredJob(call: Call): Answer {
  const { plan, endpoint } = call;
  const collection = pathOf(call.segments);
  const body = isJsonObject(call.body) ? call.body : {};
  if (endpoint.path === `${PATH}person/moveLocation`) return startMove(call, collection, body);
  const name = plan.template.slice(plan.template.lastIndexOf("/") + 1);
  const place = call.world.store.byId(text(body, "locationId") ?? "");
  const effect = name === "manageNumbers" ? () => moveNumbers(call, body) : undefined;
  const job = startJob(call, collection, name, effect);
  if (place?.kind === "locations") job.doc.locationName = place.doc.name ?? "";
  return respond(call, { scope: {}, given: job.doc, key: pathOf([...call.segments, job.id]), name: "jobs" });
}

function jobPlan(call: Call): CollectionPlan {
  const [parent] = call.plan.parents;
  const plan = call.plan.collection ?? parent?.plan;
  if (plan === undefined) throw notFound("Job");
  return plan;
}

/** The errors of a job, once it is over; most are lists, one is a single error. */
function listErrors(call: Call, item: Item): Answer {
  const isOver = Number(item.doc.polls) >= call.world.jobPolls;
  const failures = isOver ? failed.get(item) ?? [] : [];
  if (listShapeOf(call.endpoint) !== undefined) {
    const entries = failures.map((failure, index) => ({
      key: `${item.id}#${index}`,
      given: failureItem(failure, index, item),
      lean: true,
    }));
    return respondList(call, entries, { scope: {}, around: {} });
  }
  const [failure] = failures;
  const given = failure === undefined ? {} : singleFailure(failure, item);
  return respond(call, { scope: {}, given, lean: true });
}

/** `GET` of jobs, one job or its errors, and its pausing and resuming. */
export function followJob(call: Call): Answer {
  const { world, plan, segments, endpoint } = call;
  const jobs = jobPlan(call);
  if (plan.role === "list") {
    openCollection(world, jobs, segments);
    return respondList(call, entriesOf(world.store.items(pathOf(segments)), jobs), { scope: {}, name: "jobs" });
  }
  const depth = plan.parents[0]?.depth ?? segments.length;
  const item = findItem(world, jobs, segments.slice(0, depth));
  if (endpoint.path.endsWith("/errors")) return listErrors(call, item);
  if (endpoint.method === "POST") {
    item.doc.isPaused = /\/pause\//.test(endpoint.path);
    return { status: successOf(endpoint).status };
  }
  advance(call, item);
  return respond(call, { scope: {}, given: item.doc, key: pathOf(segments), name: "jobs" });
}

/** `PUT …/callRecording/vendor` changes the vendor by a job. */
export function changeVendor(call: Call): Answer {
  const body: JsonObject = isJsonObject(call.body) ? call.body : {};
  const job = startJob(call, `${PATH}callRecording`, "callRecording");
  call.world.store.change(job, {
    vendorId: body.vendorId ?? "",
    ...(call.params.locationId === undefined ? {} : { locationId: call.params.locationId }),
  });
  call.world.store.write(pathOf(call.segments), body);
  return respond(call, { scope: {}, status: 200, given: { jobId: job.id } });
}

/** `PUT /telephony/config/locations/{locationId}`: a new routing prefix is spread by a job, anything else at once. */
export function changeLocation(call: Call): Answer {
  const { world, plan, segments } = call;
  if (plan.collection === undefined) throw notFound("Location");
  const item = findItem(world, plan.collection, segments);
  const body: Record<string, Json> = isJsonObject(call.body) ? call.body : {};
  const isNew = body.routingPrefix !== undefined && body.routingPrefix !== item.doc.routingPrefix;
  world.store.change(item, body);
  if (!isNew) return { status: 204 };
  const job = startJob(call, `${PATH}updateRoutingPrefix`, "updateRoutingPrefix");
  return respond(call, { scope: {}, status: 200, given: { batchJobId: job.id }, lean: true });
}
