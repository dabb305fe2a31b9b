/**
 * Receives requests: checks them and hands them to who handles them.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import { type Answer, notFound, Refusal, refusalAnswer } from "./answer.ts";
import { Cast } from "./cast.ts";
import { readBody } from "./check_body.ts";
import { checkParameters } from "./check_request.ts";
import { dispatch } from "./dispatch.ts";
import type { GrantOptions } from "./grants.ts";
import { IdentityDesk } from "./identity.ts";
import { makeId } from "./ids.ts";
import { NumberPool } from "./number_pool.ts";
import { COMPLETE_KINDS, foundOrganization } from "./organization.ts";
import { downloadReport } from "./reports.ts";
import type { LoggedRequest } from "./request_log.ts";
import { canonicalPath, planResources, type Plans } from "./resources.ts";
import { Router } from "./router.ts";
import { Shaper } from "./shape.ts";
import { Store } from "./store.ts";
import { segmentsOf, type World } from "./world.ts";

/** What can be chosen about a sandbox. */
export interface SandboxOptions {
  /** Another seed gives another organization: other identifiers, other details. Default 1. */
  readonly seed?: number;
  /** The only bearer token that is accepted beside those that it grants; by default any is. */
  readonly token?: string;
  /** The token's owner manages a second organization. */
  readonly partner?: boolean;
  /** What the authorization server grants. */
  readonly grants?: GrantOptions;
  /** Default: the computer's. */
  readonly clock?: Clock;
  /** How often a job or report is read until it is complete; default 2. */
  readonly jobPolls?: number;
}

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

/** The one place where requests arrive. */
export class Reception {
  /** Who may come in. */
  readonly identity: IdentityDesk;
  readonly #endpoints: readonly Endpoint[];
  readonly #options: SandboxOptions;
  #world: World | undefined;

  /**
   * @param endpoints The endpoints to answer.
   * @param options What can be chosen.
   */
  constructor(endpoints: readonly Endpoint[], options: SandboxOptions) {
    this.#endpoints = endpoints;
    this.#options = options;
    this.identity = new IdentityDesk(options.clock ?? systemClock, String(options.seed ?? 1), options);
  }

  /**
   * Takes the base path off.
   *
   * @param path An address's path.
   * @returns The path below the base URL, or the same path if it has no known base.
   */
  relative(path: string): string {
    const { bases } = survey(this.#endpoints);
    const base = bases.find((candidate) => path === candidate || path.startsWith(`${candidate}/`));
    return base === undefined ? path : path.slice(base.length);
  }

  /**
   * Answers a request.
   *
   * @param request The request; its body is consumed.
   * @param entry Its entry in the log; the body is added.
   * @param serial Its number.
   * @param tracking The tracking identifier, for refusals.
   */
  async answer(request: Request, entry: LoggedRequest, serial: number, tracking: string): Promise<Answer> {
    try {
      return await this.#handle(request, entry, serial);
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error, tracking);
      throw error;
    }
  }

  async #handle(request: Request, entry: LoggedRequest, serial: number): Promise<Answer> {
    const url = new URL(request.url);
    const path = this.relative(url.pathname);
    const grant = await this.identity.open(request, path);
    if (grant !== undefined) return grant;
    const token = this.identity.admit(request);
    const { router, plans } = survey(this.#endpoints);
    const world = this.#world ??= makeWorld(plans, this.#options);
    const file = downloadReport(url.pathname, (id) => world.store.byId(id));
    if (file !== undefined) return file;
    const route = router.find(request.method, path);
    if (route === undefined) {
      const told = this.identity.tell(request.method, path, token, world);
      if (told === undefined) throw notFound("The requested resource");
      return told;
    }
    if ("allow" in route) throw new Refusal(405, "Method not allowed", { headers: { allow: route.allow.join(", ") } });
    const { endpoint, params } = route;
    checkParameters(endpoint, params, url.searchParams);
    const body = await readBody(endpoint, request);
    if (body !== undefined) entry.body = body;
    const plan = plans.of(endpoint);
    if (plan === undefined) throw notFound("The requested resource");
    const segments = segmentsOf(canonicalPath(endpoint.path), params);
    return dispatch({ world, endpoint, plan, params, url, body, segments, serial });
  }
}
