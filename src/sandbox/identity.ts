/**
 * Who may use the simulated organization, and what a token is told about itself.
 *
 * The paths are Webex's own: they belong to no collection, and a collection that describes some of them wins.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { Json, JsonObject } from "../core/json.ts";
import { type Answer, notFound, Refusal } from "./answer.ts";
import { type GrantOptions, Grants } from "./grants.ts";
import { decodeId, encodeId, makeId, normalId } from "./ids.ts";
import { MANAGED_NAME, ORGANIZATION_NAME } from "./seed_data.ts";
import type { World } from "./world.ts";

/** What can be chosen about tokens and their owner. */
export interface IdentityOptions {
  /** The only bearer token that is accepted beside granted ones; by default any is. */
  readonly token?: string;
  /** The token's owner manages a second organization. */
  readonly partner?: boolean;
  readonly grants?: GrantOptions;
}

const NO_TOKEN = "The request requires a valid access token set in the Authorization request header.";
const LOOPBACK_REGEXP = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/;
const PAGE = "https://login.example.com/device";
/** A token that was not granted here lives as long as a personal one, in milliseconds. */
const PERSONAL_MS = 12 * 3_600_000;

const ROLES: readonly (readonly [value: string, name: string])[] = [
  ["id_full_admin", "Full Administrator"],
  ["id_readonly_admin", "Read-Only Administrator"],
  ["id_user_admin", "User Administrator"],
  ["id_device_admin", "Device Administrator"],
];

const LICENCE_NAMES: readonly (readonly [code: RegExp, name: string, total: number])[] = [
  [/:BCPRO_/, "Webex Calling - Professional", 100],
  [/:BCSTD_/, "Webex Calling - Standard", 50],
  [/:BCWSP_/, "Webex Calling - Workspaces", 25],
];

function bearerOf(request: Request): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

function basicOf(request: Request): readonly [string, string] {
  const encoded = /^Basic\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  try {
    const [id = "", ...secret] = atob(encoded).split(":");
    return [id, secret.join(":")];
  } catch {
    return ["", ""];
  }
}

async function formOf(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) throw new Refusal(415, "Unsupported media type");
  return new URLSearchParams(await request.text());
}

/** Which licences are in use, told by whoever has them. */
function licencesOf(world: World): Json[] {
  const used = new Map<string, number>();
  const ids = [...world.store.ofKind("people"), ...world.store.ofKind("workspaces")].flatMap(({ doc }) => {
    const calling = doc.calling;
    const inner = typeof calling === "object" && calling !== null && "webexCalling" in calling
      ? calling.webexCalling
      : doc;
    const list = typeof inner === "object" && inner !== null && "licenses" in inner ? inner.licenses : [];
    return Array.isArray(list) ? list : [];
  });
  for (const id of ids) if (typeof id === "string") used.set(id, (used.get(id) ?? 0) + 1);
  return [...used].map(([id, consumedUnits]) => {
    const [, name, totalUnits] = LICENCE_NAMES.find(([code]) => code.test(decodeId(id)?.value ?? "")) ?? [];
    return { id, name: name ?? "Webex Calling", totalUnits: totalUnits ?? 100, consumedUnits };
  });
}

/** Grants tokens, judges them, and knows the organizations, roles and licences. */
export class IdentityDesk {
  /** The tokens. */
  readonly grants: Grants;
  readonly #options: IdentityOptions;
  readonly #organizations: readonly JsonObject[];
  readonly #personalExpiry: number;

  /**
   * @param clock Tells what has expired.
   * @param seed What identifiers and tokens follow from.
   * @param options What can be chosen.
   */
  constructor(clock: Clock, seed: string, options: IdentityOptions) {
    this.grants = new Grants(clock, seed, options.grants ?? {});
    this.#options = options;
    this.#personalExpiry = clock.now() + PERSONAL_MS;
    const organization = (key: string, displayName: string): JsonObject => ({
      id: makeId("organizations", key),
      displayName,
      created: "2024-03-11T08:00:00.000Z",
    });
    const own = organization(seed, ORGANIZATION_NAME);
    this.#organizations = options.partner === true ? [own, organization(`${seed}:managed`, MANAGED_NAME)] : [own];
  }

  /**
   * Answers what needs no access token, because it is about getting one.
   *
   * @param request The request; its body is consumed.
   * @param path Its path below the base URL.
   * @returns The answer, or `undefined` if the path is another one.
   * @throws {Refusal} If nothing is granted.
   */
  async open(request: Request, path: string): Promise<Answer | undefined> {
    switch (`${request.method} ${path}`) {
      case "POST /access_token":
        return { status: 200, body: await this.grants.exchange(await formOf(request)) };
      case "POST /device/authorize":
        return { status: 200, body: this.grants.startDevice(await formOf(request), PAGE) };
      case "POST /device/token":
        return { status: 200, body: this.grants.pollDevice(await formOf(request), basicOf(request)) };
      case "GET /authorize":
        return this.#authorize(new URL(request.url).searchParams);
      default:
        return undefined;
    }
  }

  /**
   * Judges the token of a request.
   *
   * @param request The request.
   * @returns The token.
   * @throws {Refusal} 401 if it is missing, wrong, expired or revoked.
   */
  admit(request: Request): string {
    const given = bearerOf(request);
    const { token } = this.#options;
    const isGood = given !== undefined && (this.grants.isGood(given) ?? (token === undefined || given === token));
    if (isGood) return given;
    throw new Refusal(401, NO_TOKEN, { headers: { "www-authenticate": 'Bearer realm="Webex"' } });
  }

  /**
   * Tells what is known about a token and its organizations.
   *
   * @param method The request's method.
   * @param path Its path below the base URL.
   * @param token Its token.
   * @param world The organization.
   * @returns The answer, or `undefined` if the path is another one.
   * @throws {Refusal} 404 if an object doesn't exist.
   */
  tell(method: string, path: string, token: string, world: World): Answer | undefined {
    const [, family = "", id] = /^\/(roles|licenses|organizations)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (method !== "GET") return undefined;
    if (path === "/authorizations/tokenExpiry") {
      return { status: 200, body: { exp: this.grants.expiryOf(token) ?? this.#personalExpiry } };
    }
    if (family === "") return undefined;
    const items = family === "roles"
      ? ROLES.map(([value, name]): JsonObject => ({ id: encodeId("ROLE", value), name }))
      : family === "licenses"
      ? licencesOf(world)
      : [...this.#organizations];
    if (id === undefined) return { status: 200, body: { items } };
    const wanted = normalId(id.replaceAll("%3D", "="));
    const found = items.find((item) => typeof item === "object" && item !== null && "id" in item && item.id === wanted);
    if (found === undefined) throw notFound("The requested resource");
    return { status: 200, body: found };
  }

  /** Nobody is asked: the person agrees at once. Only a browser on this computer is sent back. */
  #authorize(query: URLSearchParams): Answer {
    const target = query.get("redirect_uri") ?? "";
    if (query.get("response_type") !== "code" || !query.get("client_id") || !LOOPBACK_REGEXP.test(target)) {
      throw new Refusal(400, "invalid_request: response_type, client_id and a redirect_uri on loopback are required");
    }
    const location = new URL(target);
    if (!query.get("scope")) location.searchParams.set("error", "invalid_scope");
    else location.searchParams.set("code", this.grants.authorize(query));
    const state = query.get("state");
    if (state !== null) location.searchParams.set("state", state);
    return { status: 302, headers: { location: location.href } };
  }
}
