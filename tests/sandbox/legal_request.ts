/**
 * Makes a legal request for any endpoint: identifiers come from the sandbox's own lists, everything else from the
 * endpoint's schemas.
 *
 * @module
 */

import type { Endpoint, Schema } from "../../src/collection/endpoint.ts";
import { resolveSchema } from "../../src/collection/resolve.ts";
import type { Fetch } from "../../src/core/fetch.ts";
import { isRecord, type Json } from "../../src/core/json.ts";
import { Cast } from "../../src/sandbox/cast.ts";
import { makeId } from "../../src/sandbox/ids.ts";
import { NumberPool } from "../../src/sandbox/number_pool.ts";
import { foundOrganization } from "../../src/sandbox/organization.ts";
import { canonicalPath } from "../../src/sandbox/resources.ts";
import { Shaper } from "../../src/sandbox/shape.ts";
import { Store } from "../../src/sandbox/store.ts";
import { listShapeOf } from "../../src/sandbox/success.ts";

/** The base URL of the requests. */
export const BASE = "https://webexapis.com/v1";

const PLAIN: Readonly<Record<string, string>> = {
  countryCode: "US",
  phoneNumber: "+15125550120",
  fileName: "greeting.wav",
  accessCode: "1234",
  s3Path: "greetings",
};

/** Bodies whose values must fit the organization, which schemas cannot tell. */
const BODIES: Readonly<Record<string, Json>> = {
  "POST /telephony/config/locations/{locationId}/numbers": { phoneNumbers: ["+15125550190"] },
  "POST /people": { emails: ["robin.archer@northwind.example.com"], displayName: "Robin Archer" },
  "PUT /telephony/config/locations/{locationId}/numbers": { phoneNumbers: ["+15125550124"] },
  "DELETE /telephony/config/locations/{locationId}/numbers": { phoneNumbers: ["+15125550120"] },
};

/** Makes requests for the endpoints of one sandbox. */
export class LegalRequests {
  readonly #endpoints: readonly Endpoint[];
  readonly #fetch: Fetch;
  readonly #shaper: Shaper;
  readonly #now: number;

  /**
   * @param endpoints All endpoints.
   * @param fetch The sandbox.
   * @param now The sandbox's time, for the windows of call records.
   */
  constructor(endpoints: readonly Endpoint[], fetch: Fetch, now: number) {
    this.#endpoints = endpoints;
    this.#fetch = fetch;
    this.#now = now;
    const organizationId = makeId("organizations", "1");
    const store = new Store();
    foundOrganization({ store, numbers: new NumberPool(), organizationId, seed: "1" });
    this.#shaper = new Shaper(new Cast(store, organizationId));
  }

  /** Makes a request with everything that the endpoint requires. */
  async make(endpoint: Endpoint): Promise<Request> {
    await this.#prepare(endpoint);
    const url = new URL(BASE + await this.#path(endpoint));
    for (const parameter of endpoint.parameters) {
      if (parameter.in === "query" && parameter.required) {
        url.searchParams.set(parameter.name, this.#queryValue(endpoint, parameter.name));
      }
    }
    const body = this.#body(endpoint);
    const isTwin = endpoint.method === "POST" && endpoint.path === "/telephony/config/locations";
    if (isTwin && isRecord(body)) body.id = await this.#idFor("locationId");
    return await this.#send(endpoint.method, url, body, endpoint.body?.contentType);
  }

  /** Sends a request to the sandbox and reads the answer. */
  async read(path: string, method = "GET", body?: Json): Promise<unknown> {
    const response = await this.#fetch(await this.#send(method, new URL(BASE + path), body, "application/json"));
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Some things must be started before they can be followed. */
  async #prepare({ path, method }: Endpoint): Promise<void> {
    if (/\/calls(\/|$)/.test(path)) {
      await this.read(
        `${
          path.includes("{memberId}")
            ? `/telephony/calls/members/${await this.#idFor("memberId")}`
            : path.includes("/members/me/")
            ? "/telephony/calls/members/me"
            : "/telephony/calls"
        }/dial`,
        "POST",
        { destination: "+15125550180" },
      );
    }
    const job = /^(\/telephony\/config\/jobs\/.*)\/\{jobId\}/.exec(path)?.[1];
    if (job === undefined) return;
    const start = this.#endpoints.find((candidate) => candidate.method === "POST" && candidate.path === job);
    const vendor = "/telephony/config/callRecording/vendor";
    if (start !== undefined) {
      await this.read(job, "POST", job.endsWith("moveLocation") ? await this.#move() : this.#body(start));
    } else if (job.endsWith("callRecording")) await this.read(vendor, "PUT", { vendorId: makeId("vendors", "1") });
    else {await this.read(`/telephony/config/locations/${await this.#idFor("locationId")}`, "PUT", {
        routingPrefix: `9${method.length}`,
      });}
  }

  async #move(): Promise<Json> {
    const [locationId, userId] = [await this.#idFor("locationId"), await this.#idFor("personId")];
    return { usersList: [{ locationId, validate: false, users: [{ userId }] }] };
  }

  async #path(endpoint: Endpoint): Promise<string> {
    let path = "";
    const segments = endpoint.path.split("/").slice(1);
    for (const [index, segment] of segments.entries()) {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) {
        path += `/${segment}`;
        continue;
      }
      const choice = endpoint.parameters.find((parameter) => parameter.name === name && parameter.in === "path")?.schema
        .enum?.[0];
      const value = typeof choice === "string"
        ? choice
        : PLAIN[name] ?? await this.#listed(segments.slice(0, index).join("/"), path, name) ?? await this.#idFor(name);
      path += `/${encodeURIComponent(value)}`;
    }
    return path;
  }

  /** The identifier of something that the list right above it has. */
  async #listed(template: string, path: string, name: string): Promise<string | undefined> {
    const wanted = canonicalPath(`/${template}`.replace(/\/\{(scheduleType|type)\}$/, ""));
    const at = canonicalPath(path.replace(/\/(businessHours|holidays)$/, ""));
    const list = this.#endpoints.find((candidate) =>
      candidate.method === "GET" && canonicalPath(candidate.path) === wanted && listShapeOf(candidate) !== undefined
    );
    if (list === undefined) return await this.#embedded(wanted, path);
    const twin = list.path.startsWith("/telephony/config/") && !at.startsWith("/telephony")
      ? `/telephony/config${at}`
      : at;
    const answer = await this.read(twin);
    const member = listShapeOf(list)?.name;
    const items = Array.isArray(answer)
      ? answer
      : isRecord(answer) && member !== undefined
      ? answer[member]
      : undefined;
    const first: unknown = Array.isArray(items) ? items[0] : undefined;
    const id = isRecord(first) ? first.id ?? first[name] : undefined;
    return typeof id === "string" ? id : undefined;
  }

  /** The identifier of something that only the object above shows, such as a criterion among its settings. */
  async #embedded(template: string, path: string): Promise<string | undefined> {
    const at = path.lastIndexOf("/");
    const above = template.slice(0, template.lastIndexOf("/"));
    if (!this.#endpoints.some((candidate) => candidate.method === "GET" && canonicalPath(candidate.path) === above)) {
      return undefined;
    }
    const answer = await this.read(path.slice(0, at));
    const holder = isRecord(answer) && isRecord(answer.callForwarding) ? answer.callForwarding : answer;
    const items = isRecord(holder) ? holder[path.slice(at + 1)] ?? holder.rules : undefined;
    const first: unknown = Array.isArray(items) ? items[0] : undefined;
    return isRecord(first) && typeof first.id === "string" ? first.id : undefined;
  }

  /** The identifier of an object by the name of the parameter that wants it. */
  async #idFor(name: string): Promise<string> {
    const lists: readonly (readonly [RegExp, string, string])[] = [
      [/^(person|member|lineowner|lineOwner)Id$/i, "/people", "items"],
      [/^locationId$/, "/locations", "locations"],
      [/^(workspace|place)Id$/, "/workspaces", "items"],
      [/^deviceId$/, "/devices", "items"],
      [/^virtualLineId$/, "/telephony/config/virtualLines", "virtualLines"],
      [/^queueId$/, "/telephony/config/queues", "queues"],
      [/^huntGroupId$/, "/telephony/config/huntGroups", "huntGroups"],
      [/^autoAttendantId$/, "/telephony/config/autoAttendants", "autoAttendants"],
      [/^callId$/, "/telephony/calls", "items"],
    ];
    const [, path, member] = lists.find(([pattern]) => pattern.test(name)) ?? [];
    if (path === undefined || member === undefined) return makeId(name.replace(/Id$/, ""), "contract");
    const answer = await this.read(path);
    const items = isRecord(answer) ? answer[member] ?? answer.items : undefined;
    const first: unknown = Array.isArray(items) ? items[0] : undefined;
    return isRecord(first) && typeof first.id === "string" ? first.id : makeId(name, "contract");
  }

  #queryValue(endpoint: Endpoint, name: string): string {
    const at = (hours: number) => new Date(this.#now - hours * 3_600_000).toISOString();
    if (endpoint.path.startsWith("/cdr_")) return name === "startTime" ? at(2) : at(1);
    const schema = endpoint.parameters.find((parameter) => parameter.name === name)?.schema ?? {};
    const value = this.#sample(endpoint, schema, name);
    return Array.isArray(value) ? value.join(",") : String(value);
  }

  #body(endpoint: Endpoint): Json | undefined {
    if (endpoint.body === undefined) return undefined;
    return BODIES[`${endpoint.method} ${endpoint.path}`] ?? this.#sample(endpoint, endpoint.body.schema, "");
  }

  #sample({ schemas, path }: Endpoint, schema: Schema, name: string): Json | undefined {
    return this.#shaper.shape(resolveSchema(schema, schemas), undefined, {
      key: path,
      name,
      holder: "",
      schemas,
      lean: false,
      scope: {},
      depth: 0,
    });
  }

  async #send(method: string, url: URL, body: Json | undefined, type = "application/json"): Promise<Request> {
    const headers = new Headers({ authorization: "Bearer legal" });
    if (/\/calls\//.test(url.pathname) && isRecord(body) && !url.pathname.endsWith("/dial")) {
      body = { ...body, callId: await this.#call(url) };
    }
    if (body === undefined) return new Request(url, { method, headers });
    if (type === "multipart/form-data") {
      const form = new FormData();
      const fields = isRecord(body) ? body : {};
      for (const [name, value] of Object.entries(fields)) {
        if (name === "file") form.append(name, new File(["RIFF"], "greeting.wav", { type: "audio/wav" }));
        else form.append(name, String(value));
      }
      return new Request(url, { method, headers, body: form });
    }
    headers.set("content-type", type);
    return new Request(url, { method, headers, body: JSON.stringify(body) });
  }

  /** The call that was dialled before. */
  async #call(url: URL): Promise<Json> {
    const below = url.pathname.slice("/v1".length, url.pathname.lastIndexOf("/"));
    const answer = await this.read(below.includes("/members/") ? `${below}/calls` : below);
    const first: unknown = isRecord(answer) && Array.isArray(answer.items) ? answer.items[0] : undefined;
    return isRecord(first) && typeof first.id === "string" ? first.id : "";
  }
}
