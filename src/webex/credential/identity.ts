/**
 * Finds out whose token it is: the person, the organization, the roles and the licences.
 *
 * @module
 */

import { UpstreamError } from "../../core/errors.ts";
import type { Fetch } from "../../core/fetch.ts";
import { isRecord } from "../../core/json.ts";
import type { Secrets } from "../../core/secrets.ts";
import { decodeId, isSameId } from "../../core/webex_id.ts";

/** A licence of the organization. */
export interface Licence {
  readonly name: string;
  /** How many there are. */
  readonly total?: number;
  /** How many are in use. */
  readonly consumed?: number;
}

/** An organization that the token reaches. */
export interface ReachedOrganization {
  readonly id: string;
  readonly name?: string;
}

/** Whoever a token belongs to. What could not be found out is absent. */
export interface Identity {
  /** Webex does not accept the token: 401. */
  readonly rejected: boolean;
  readonly id?: string;
  readonly displayName?: string;
  readonly emails: readonly string[];
  readonly organizationId?: string;
  readonly organizationName?: string;
  /** The names of the roles, for example `Full Administrator`. */
  readonly roles?: readonly string[];
  readonly licences?: readonly Licence[];
  /** How many organizations the token reaches, and the first ten of them. */
  readonly organizations?: { readonly count: number; readonly list: readonly ReachedOrganization[] };
  /** The token reaches more than one organization. */
  readonly partner: boolean;
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt?: number;
  /** What could not be found out and why, for example `licences: not permitted`. */
  readonly unknown: readonly string[];
}

/** Reads a path below the base URL with the token, for example `/people/me`. */
export type Get = (
  path: string,
  signal?: AbortSignal,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** How much is asked: whose token it is and which organizations it reaches, or everything. */
export type Extent = "owner" | "all";

type Members = Readonly<Record<string, unknown>>;

const MAX_LISTED = 10;
/** The names of the usual roles, by the value in their id. */
const ROLE_NAMES: ReadonlyMap<string, string> = new Map([
  ["id_full_admin", "Full Administrator"],
  ["id_readonly_admin", "Read-Only Administrator"],
  ["id_user_admin", "User Administrator"],
  ["id_device_admin", "Device Administrator"],
]);
/** Below this, a time since 1970 can only be one in seconds. */
const LEAST_MS = 1e11;

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function itemsOf(body: unknown): Members[] {
  const items: unknown = isRecord(body) ? body.items : undefined;
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

function reasonFor(status: number): string {
  return status === 401 || status === 403 ? "not permitted" : status === 404 ? "not found" : `answered ${status}`;
}

/** Reads one thing after the other; what fails is noted. */
class Inquiry {
  readonly unknown: string[] = [];
  readonly #get: Get;
  readonly #signal: AbortSignal | undefined;

  constructor(get: Get, signal: AbortSignal | undefined) {
    this.#get = get;
    this.#signal = signal;
  }

  /** @returns The body, or `undefined` if there is none to be had. */
  async read(what: string, path: string): Promise<unknown> {
    try {
      const { status, body } = await this.#get(path, this.#signal);
      if (status >= 200 && status < 300) return body;
      this.unknown.push(`${what}: ${reasonFor(status)}`);
    } catch {
      this.#signal?.throwIfAborted();
      this.unknown.push(`${what}: no answer`);
    }
    return undefined;
  }
}

async function rolesOf(inquiry: Inquiry, ids: readonly string[]): Promise<string[]> {
  const values = ids.map((id) => decodeId(id)?.value ?? id);
  if (values.every((value) => ROLE_NAMES.has(value))) return values.map((value) => ROLE_NAMES.get(value) ?? value);
  const known = itemsOf(await inquiry.read("role names", "/roles"));
  return ids.map((id, index) => {
    const value = values[index] ?? id;
    return ROLE_NAMES.get(value) ?? text(known.find((role) => role.id === id)?.name) ?? value;
  });
}

function licenceOf({ name, totalUnits, consumedUnits }: Members): Licence[] {
  const known = text(name);
  if (known === undefined) return [];
  return [{
    name: known,
    ...(typeof totalUnits === "number" ? { total: totalUnits } : {}),
    ...(typeof consumedUnits === "number" ? { consumed: consumedUnits } : {}),
  }];
}

function organizationOf(item: Members): ReachedOrganization[] {
  const id = text(item.id);
  const name = text(item.displayName) ?? text(item.name);
  return id === undefined ? [] : [{ id, ...(name === undefined ? {} : { name }) }];
}

async function organizationsOf(
  inquiry: Inquiry,
  own: string | undefined,
): Promise<Pick<Identity, "organizationName" | "organizations" | "partner">> {
  const body = await inquiry.read("organizations", "/organizations");
  const list = itemsOf(body).flatMap(organizationOf);
  const listed = own === undefined ? undefined : list.find(({ id }) => isSameId(id, own))?.name;
  const named = listed === undefined && own !== undefined
    ? await inquiry.read("organization", `/organizations/${encodeURIComponent(own)}`)
    : undefined;
  const name = listed ?? (isRecord(named) ? organizationOf(named)[0]?.name : undefined);
  // A partner's own organization is not always among those that it manages.
  const others = list.filter(({ id }) => own === undefined || !isSameId(id, own)).length;
  return {
    ...(name === undefined ? {} : { organizationName: name }),
    ...(body === undefined ? {} : { organizations: { count: list.length, list: list.slice(0, MAX_LISTED) } }),
    partner: own === undefined ? others > 1 : others > 0,
  };
}

async function expiryOf(inquiry: Inquiry): Promise<Pick<Identity, "expiresAt">> {
  const body = await inquiry.read("expiry", "/authorizations/tokenExpiry");
  const time = isRecord(body) ? Number(body.exp) : Number.NaN;
  if (!Number.isFinite(time) || time <= 0) return {};
  return { expiresAt: time < LEAST_MS ? time * 1_000 : time };
}

function personOf(body: unknown): Pick<Identity, "id" | "displayName" | "emails" | "organizationId"> {
  if (!isRecord(body)) return { emails: [] };
  const { id, displayName, orgId } = {
    id: text(body.id),
    displayName: text(body.displayName),
    orgId: text(body.orgId),
  };
  return {
    ...(id === undefined ? {} : { id }),
    ...(displayName === undefined ? {} : { displayName }),
    emails: texts(body.emails),
    ...(orgId === undefined ? {} : { organizationId: orgId }),
  };
}

/**
 * Asks Webex who the token's owner is. Each part is found out as far as the token allows, and what isn't is noted.
 *
 * @param get Reads with the token.
 * @param signal Ends the asking with its reason.
 * @param extent `owner` asks nothing about licences and expiry.
 * @returns What was found out; with `rejected` where Webex answered 401 to the first question.
 * @throws What `get` throws at the first question: then nothing at all can be found out.
 */
export async function readIdentity(get: Get, signal?: AbortSignal, extent: Extent = "all"): Promise<Identity> {
  const first = await get("/people/me", signal);
  if (first.status === 401) return { rejected: true, emails: [], partner: false, unknown: [] };
  const inquiry = new Inquiry(get, signal);
  const isKnown = first.status >= 200 && first.status < 300;
  if (!isKnown) inquiry.unknown.push(`person: ${reasonFor(first.status)}`);
  const person = personOf(isKnown ? first.body : undefined);
  const roleIds = isKnown && isRecord(first.body) ? texts(first.body.roles) : [];
  const [organizations, roles, licences, expiry] = await Promise.all([
    organizationsOf(inquiry, person.organizationId),
    isKnown ? rolesOf(inquiry, roleIds) : undefined,
    extent === "all" ? inquiry.read("licences", "/licenses") : undefined,
    extent === "all" ? expiryOf(inquiry) : {},
  ]);
  return {
    rejected: false,
    ...person,
    ...organizations,
    ...(roles === undefined ? {} : { roles }),
    ...(licences === undefined ? {} : { licences: itemsOf(licences).flatMap(licenceOf) }),
    ...expiry,
    unknown: inquiry.unknown,
  };
}

/** How to reach Webex without the rest of the program. */
export interface WhoAmIOptions {
  readonly fetch: Fetch;
  /** The base of the API, for example `https://webexapis.com/v1`. */
  readonly baseUrl: string;
  readonly token: string;
  /** The token becomes known to it. */
  readonly secrets: Secrets;
  /** Ends the asking with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Default: `all`. */
  readonly extent?: Extent;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/**
 * Asks Webex who a token's owner is; see {@linkcode readIdentity}.
 *
 * @param options The token, and how to reach Webex.
 * @returns What was found out.
 * @throws {UpstreamError} If Webex cannot be reached.
 */
export async function whoAmI({ fetch, baseUrl, token, secrets, signal, extent }: WhoAmIOptions): Promise<Identity> {
  secrets.add(token);
  const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
  return await readIdentity(
    async (path, ends) => {
      try {
        // Following a redirect could carry the token to another origin.
        const options: RequestInit = { headers, redirect: "manual", ...(ends === undefined ? {} : { signal: ends }) };
        const response = await fetch(new Request(`${baseUrl}${path}`, options));
        return { status: response.status, body: parsed(secrets.hide(await response.text())) };
      } catch (cause) {
        signal?.throwIfAborted();
        const { host } = new URL(baseUrl);
        const missing = cause instanceof Deno.errors.NotCapable;
        throw new UpstreamError(`Cannot reach "${host}"${missing ? ": the permission for it is missing" : ""}`, {
          code: missing ? "missing_permission" : "connection_failed",
          guidance: missing
            ? `Start the program with --allow-net=${host}.`
            : "Check the network, proxy and DNS of the machine that runs the program.",
          cause,
        });
      }
    },
    signal,
    extent,
  );
}
