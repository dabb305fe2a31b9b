/**
 * A simulated Webex organization behind a `fetch`-shaped function.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import type { Fetch } from "../core/fetch.ts";
import { type Answer, notFound, Refusal, refusalAnswer, toResponse, trackingId } from "./answer.ts";
import { Cast } from "./cast.ts";
import { readBody } from "./check_body.ts";
import { checkParameters } from "./check_request.ts";
import { control } from "./control.ts";
import { dispatch } from "./dispatch.ts";
import { FaultBoard } from "./faults.ts";
import { makeId } from "./ids.ts";
import { delayOrDrop, faultyResponse, spoil } from "./misbehave.ts";
import { NumberPool } from "./number_pool.ts";
import { COMPLETE_KINDS, foundOrganization } from "./organization.ts";
import { downloadReport } from "./reports.ts";
import { type LoggedRequest, RequestLog } from "./request_log.ts";
import { canonicalPath, planResources, type Plans } from "./resources.ts";
import { Router } from "./router.ts";
import { Shaper } from "./shape.ts";
import { Store } from "./store.ts";
import { segmentsOf, type World } from "./world.ts";

/** What can be chosen about a sandbox. */
export interface SandboxOptions {
  /** Another seed gives another organization: other identifiers, other details. Default 1. */
  readonly seed?: number;
  /** The only bearer token that is accepted; by default any is. */
  readonly token?: string;
  /** Default: the computer's. */
  readonly clock?: Clock;
  /** How often a job or report is read until it is complete; default 2. */
  readonly jobPolls?: number;
}

/** A simulated organization. */
export interface Sandbox {
  /** Answers as Webex would; a leading `/v1`, or the base path of an endpoint's own server, is skipped. */
  readonly fetch: Fetch;
  /** What goes wrong. */
  readonly faults: FaultBoard;
  /** What was received. */
  readonly requests: RequestLog;
}

const NO_TOKEN = "The request requires a valid access token set in the Authorization request header.";

/** What follows from the endpoints alone; a test-suite makes many sandboxes of the same. */
interface Survey {
  readonly router: Router;
  readonly plans: Plans;
  readonly bases: readonly string[];
}

const surveys = new WeakMap<readonly Endpoint[], Survey>();

function survey(endpoints: readonly Endpoint[]): Survey {
  let found = surveys.get(endpoints);
  if (found === undefined) {
    found = { router: new Router(endpoints), plans: planResources(endpoints), bases: basePaths(endpoints) };
    surveys.set(endpoints, found);
  }
  return found;
}

function makeWorld(plans: Plans, options: SandboxOptions): World {
  const seed = String(options.seed ?? 1);
  const organizationId = makeId("organizations", seed);
  const store = new Store();
  const numbers = new NumberPool();
  const cast = new Cast(store, organizationId);
  return {
    store,
    numbers,
    cast,
    shaper: new Shaper(cast),
    plans,
    clock: options.clock ?? systemClock,
    me: foundOrganization({ store, numbers, organizationId, seed }),
    complete: COMPLETE_KINDS,
    jobPolls: options.jobPolls ?? 2,
  };
}

/** The base paths under which endpoints are served. */
function basePaths(endpoints: readonly Endpoint[]): string[] {
  const paths = new Set(["/v1"]);
  for (const { server } of endpoints) {
    const path = server === undefined || !URL.canParse(server) ? "/" : new URL(server).pathname.replace(/\/$/, "");
    if (path !== "" && path !== "/") paths.add(path);
  }
  return [...paths].sort((a, b) => b.length - a.length);
}

function checkToken(request: Request, token: string | undefined): void {
  const given = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (given === undefined || (token !== undefined && given !== token)) {
    throw new Refusal(401, NO_TOKEN, { headers: { "www-authenticate": 'Bearer realm="Webex"' } });
  }
}

/**
 * Makes a sandbox; the organization is founded when the first request arrives.
 *
 * @param endpoints The endpoints that it answers.
 * @param options What can be chosen about it.
 */
export function createSandbox(endpoints: readonly Endpoint[], options: SandboxOptions = {}): Sandbox {
  const faults = new FaultBoard();
  const requests = new RequestLog();
  const clock = options.clock ?? systemClock;
  let world: World | undefined;
  let serial = 0;

  const relative = (path: string): string => {
    const base = survey(endpoints).bases.find((candidate) => path === candidate || path.startsWith(`${candidate}/`));
    return base === undefined ? path : path.slice(base.length);
  };

  const answer = async (
    request: Request,
    url: URL,
    path: string,
    entry: LoggedRequest,
    number: number,
  ): Promise<Answer> => {
    checkToken(request, options.token);
    const { router, plans } = survey(endpoints);
    world ??= makeWorld(plans, options);
    const { store } = world;
    const file = downloadReport(url.pathname, (id) => store.byId(id));
    if (file !== undefined) return file;
    const route = router.find(request.method, path);
    if (route === undefined) throw notFound("The requested resource");
    if ("allow" in route) throw new Refusal(405, "Method not allowed", { headers: { allow: route.allow.join(", ") } });
    const { endpoint, params } = route;
    checkParameters(endpoint, params, url.searchParams);
    const value = await readBody(endpoint, request);
    if (value !== undefined) entry.body = value;
    const plan = world.plans.of(endpoint);
    if (plan === undefined) throw notFound("The requested resource");
    const segments = segmentsOf(canonicalPath(endpoint.path), params);
    return dispatch({ world, endpoint, plan, params, url, body: value, segments, serial: number });
  };

  const fetch: Fetch = async (request) => {
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const number = ++serial;
    const tracking = trackingId(`${options.seed ?? 1}:${number}`);
    try {
      const own = await control(request, url.pathname, faults, requests);
      if (own !== undefined) return own;
      const path = relative(url.pathname);
      const entry = requests.add(request, path, url);
      const rule = faults.take(request.method, path, url.search);
      if (rule !== undefined) await delayOrDrop(rule, request, clock);
      const faulty = rule && faultyResponse(rule, tracking);
      const response = faulty ??
        toResponse(await refusable(answer(request, url, path, entry, number), tracking), tracking);
      entry.status = response.status;
      return rule === undefined ? response : await spoil(rule, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return toResponse(refusalAnswer(error, tracking), tracking);
    }
  };

  return { fetch, faults, requests };
}

/** Turns a refusal into its answer. */
async function refusable(answer: Promise<Answer>, tracking: string): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, tracking);
    throw error;
  }
}
