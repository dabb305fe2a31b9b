/**
 * Tells from the paths of a collection which endpoints speak of the same things: lists and their objects, settings,
 * and actions.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { resolveSchema } from "../collection/resolve.ts";
import { listShapeOf } from "./success.ts";

/** A list of objects with identifiers, such as `/locations/{locationId}/huntGroups`. */
export interface CollectionPlan {
  /** The template of its canonical path. */
  readonly template: string;
  /** Its last literal segment, for example `huntGroups`. */
  readonly kind: string;
  /** The path parameter that holds an object's identifier. */
  readonly idParam: string;
  /** The path parameter before it that tells a part of the objects, such as `scheduleType`. */
  readonly typeParam?: string;
  readonly types: readonly string[];
}

/** What an endpoint does to which thing. */
export interface Plan {
  readonly role: "list" | "create" | "clear" | "replace" | "item" | "aggregate" | "derived" | "settings" | "action";
  /** The canonical template of the endpoint's path. */
  readonly template: string;
  readonly collection?: CollectionPlan;
  /** The collections whose objects its path goes through, with the number of segments up to the object. */
  readonly parents: readonly { readonly plan: CollectionPlan; readonly depth: number }[];
  /** The collections right below, by their last segment. */
  readonly children: ReadonlyMap<string, CollectionPlan>;
  /** Members that a request may set and a later read therefore shows, though its schema doesn't name them. */
  readonly echo: ReadonlySet<string>;
}

/** The plans of all endpoints. */
export interface Plans {
  readonly of: (endpoint: Endpoint) => Plan | undefined;
  readonly collections: ReadonlyMap<string, CollectionPlan>;
}

const TWIN_REGEXP = /^\/telephony\/(?:config|pstn)\/(people|locations|devices|workspaces)(?=\/|$)/;
const PARAM_REGEXP = /^\{(.+)\}$/;
const SECRET_REGEXP = /password|passcode|pin$|secret/i;

/**
 * Brings a path or template into the form under which the organization keeps it: people, locations, devices and
 * workspaces are the same objects below `/telephony/config`.
 *
 * @param path A path or template below the base URL.
 */
export function canonicalPath(path: string): string {
  return path.replace(TWIN_REGEXP, "/$1").replace(/\/$/, "");
}

function split(template: string): string[] {
  return template.split("/").slice(1);
}

function parameter(segment: string | undefined): string | undefined {
  return PARAM_REGEXP.exec(segment ?? "")?.[1];
}

function isIdParam(name: string): boolean {
  return /id$/i.test(name);
}

/** The collection that a template ending in an identifier belongs to. */
function collectionOf(template: string, endpoint: Endpoint): CollectionPlan | undefined {
  const segments = split(template);
  const idParam = parameter(segments.at(-1));
  if (idParam === undefined || !isIdParam(idParam)) return undefined;
  const typeParam = parameter(segments.at(-2));
  const own = segments.slice(0, typeParam === undefined ? -1 : -2);
  const kind = own.at(-1);
  if (kind === undefined || parameter(kind) !== undefined) return undefined;
  const enumeration = endpoint.parameters.find((candidate) => candidate.name === typeParam)?.schema.enum ?? [];
  return {
    template: `/${own.join("/")}`,
    kind: own.includes("jobs") ? "jobs" : kind,
    idParam,
    ...(typeParam === undefined ? {} : { typeParam }),
    types: enumeration.filter((choice) => typeof choice === "string"),
  };
}

function parentsOf(template: string, collections: ReadonlyMap<string, CollectionPlan>): Plan["parents"] {
  const segments = split(template);
  const parents: { plan: CollectionPlan; depth: number }[] = [];
  segments.forEach((segment, index) => {
    if (parameter(segment) === undefined) return;
    for (const back of [0, 1]) {
      const plan = collections.get(`/${segments.slice(0, index - back).join("/")}`);
      if (plan !== undefined && (plan.typeParam !== undefined) === (back === 1)) {
        parents.push({ plan, depth: index + 1 });
      }
    }
  });
  return parents;
}

function roleOf(
  endpoint: Endpoint,
  template: string,
  collection: CollectionPlan | undefined,
  methods: ReadonlySet<string>,
): Plan["role"] {
  const { method, facts } = endpoint;
  const isList = listShapeOf(endpoint) !== undefined;
  const atItem = collection !== undefined && template !== collection.template;
  if (atItem) return method === "POST" ? "action" : "item";
  if (collection !== undefined) {
    if (method === "GET") return isList ? "list" : "settings";
    return method === "POST" ? "create" : method === "DELETE" ? "clear" : "replace";
  }
  const last = endpoint.path.slice(endpoint.path.lastIndexOf("/") + 1);
  const isPlain = facts.list !== undefined || listShapeOf(endpoint)?.name === last;
  if (method === "GET") return isPlain && !methods.has("PUT") ? "derived" : "settings";
  return method === "POST" && !methods.has("GET") ? "action" : "settings";
}

function echoOf(endpoints: readonly Endpoint[]): Set<string> {
  const names = new Set<string>();
  for (const { body, schemas } of endpoints) {
    const schema = body && resolveSchema(body.schema, schemas);
    for (const name of Object.keys(schema?.properties ?? {})) if (!SECRET_REGEXP.test(name)) names.add(name);
  }
  return names;
}

/** A list for the whole organization, of objects that each location has: `/telephony/config/huntGroups`. */
function aggregated(template: string, collections: ReadonlyMap<string, CollectionPlan>): CollectionPlan | undefined {
  if (template.includes("{")) return undefined;
  const kind = template.slice(template.lastIndexOf("/") + 1);
  return collections.get(`/locations/{locationId}/${kind}`) ?? collections.get(`/${kind}`);
}

/**
 * Makes the plans.
 *
 * @param endpoints All endpoints of the organization.
 */
export function planResources(endpoints: readonly Endpoint[]): Plans {
  const byTemplate = Map.groupBy(endpoints, (endpoint) => canonicalPath(endpoint.path));
  const byPath = Map.groupBy(endpoints, (endpoint) => endpoint.path);
  const collections = new Map<string, CollectionPlan>();
  const itemOf = new Map<string, CollectionPlan>();
  for (const [template, [first]] of byTemplate) {
    const plan = first && collectionOf(template, first);
    if (plan === undefined) continue;
    itemOf.set(template, plan);
    if (!collections.has(plan.template)) collections.set(plan.template, plan);
  }
  const children = Map.groupBy(collections.values(), (plan) => plan.template.slice(0, plan.template.lastIndexOf("/")));
  const plans = new Map<Endpoint, Plan>();
  for (const [template, group] of byTemplate) {
    const collection = itemOf.get(template) ?? collections.get(template);
    const methods = new Set(group.map((endpoint) => endpoint.method));
    const below = new Map((children.get(template) ?? []).map((plan) => [plan.kind, plan]));
    for (const endpoint of group) {
      const role = roleOf(endpoint, template, collection, methods);
      const spread = role === "derived" ? aggregated(template, collections) : undefined;
      const used = spread ?? collection;
      const kin = [...byPath.get(endpoint.path) ?? [], ...byPath.get(endpoint.path.replace(/\/\{[^/]+\}$/, "")) ?? []];
      plans.set(endpoint, {
        role: spread === undefined ? role : "aggregate",
        template,
        ...(used === undefined ? {} : { collection: used }),
        parents: parentsOf(template, collections),
        children: below,
        echo: echoOf(kin),
      });
    }
  }
  return { of: (endpoint) => plans.get(endpoint), collections };
}
