/**
 * The tokens that the simulated authorization server grants, and what they are granted for.
 *
 * @module
 */

import type { Clock } from "../core/clock.ts";
import type { JsonObject } from "../core/json.ts";
import { Refusal } from "./answer.ts";
import { hex, integer, uuid } from "./random.ts";

/** What can be chosen about the authorization server. */
export interface GrantOptions {
  /** The only client id that is known; by default any is. */
  readonly clientId?: string;
  /** The only client secret that is right; by default any is. */
  readonly clientSecret?: string;
  /** A refresh token that is good from the start, as the developer portal gives one for a service app. */
  readonly refreshToken?: string;
  /** How long access tokens live, in seconds; default 14 days. */
  readonly accessSeconds?: number;
  /** How long refresh tokens live, in seconds; default 90 days. */
  readonly refreshSeconds?: number;
  /** How long to wait between two questions of a device, in seconds; default 2. */
  readonly deviceInterval?: number;
  /** How often a device is told to wait before it gets its tokens; default 2. */
  readonly devicePolls?: number;
}

/** A pair of tokens. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What a token stands for; times are in milliseconds since 1970. */
interface Granted {
  readonly clientId: string | undefined;
  readonly scope: string;
  readonly expiresAt: number;
}

interface PendingCode extends Granted {
  readonly redirectUri: string;
  readonly challenge: string | undefined;
}

interface PendingDevice extends Granted {
  polls: number;
}

const ACCESS_SECONDS = 1_209_599;
const REFRESH_SECONDS = 7_775_999;
const CODE_MS = 300_000;
const DEVICE_SECONDS = 300;
const SCOPES = "spark-admin:telephony_config_read spark-admin:telephony_config_write spark-admin:people_read";

async function challengeFor(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Grants tokens and remembers them. */
export class Grants {
  readonly #clock: Clock;
  readonly #seed: string;
  readonly #options: GrantOptions;
  readonly #access = new Map<string, Granted>();
  readonly #refresh = new Map<string, Granted>();
  readonly #codes = new Map<string, PendingCode>();
  readonly #devices = new Map<string, PendingDevice>();
  readonly #revoked = new Set<string>();
  #serial = 0;

  /**
   * @param clock Tells what has expired.
   * @param seed What the tokens follow from.
   * @param options What can be chosen.
   */
  constructor(clock: Clock, seed: string, options: GrantOptions) {
    this.#clock = clock;
    this.#seed = seed;
    this.#options = options;
    const { refreshToken, clientId } = options;
    if (refreshToken !== undefined) {
      this.#refresh.set(refreshToken, { clientId, scope: SCOPES, expiresAt: this.#after(REFRESH_SECONDS) });
    }
  }

  /** Grants a pair of tokens, as if somebody had logged in. */
  issue(clientId = this.#options.clientId, scope = SCOPES): TokenPair {
    return this.#pair({ clientId, scope });
  }

  /**
   * Makes a token, or all that were granted, worthless from now on.
   *
   * @param token A token of either kind, one that was not granted here too; all access tokens when absent.
   */
  revoke(token?: string): void {
    if (token !== undefined) {
      this.#revoked.add(token);
      this.#refresh.delete(token);
    } else for (const granted of this.#access.keys()) this.#revoked.add(granted);
  }

  /** Makes all refresh tokens worthless. */
  revokeRefreshTokens(): void {
    this.#refresh.clear();
  }

  /**
   * Judges an access token.
   *
   * @param token The token.
   * @returns Whether it is good; `undefined` if it was not granted here.
   */
  isGood(token: string): boolean | undefined {
    if (this.#revoked.has(token)) return false;
    const granted = this.#access.get(token);
    return granted === undefined ? undefined : granted.expiresAt > this.#clock.now();
  }

  /** When an access token that was granted here expires, in milliseconds since 1970. */
  expiryOf(token: string): number | undefined {
    return this.#access.get(token)?.expiresAt;
  }

  /**
   * Makes the code that a browser brings back.
   *
   * @param query The query of the authorization's address.
   * @returns The code.
   */
  authorize(query: URLSearchParams): string {
    const code = hex(`${this.#seed}:code:${++this.#serial}`, 64);
    this.#codes.set(code, {
      clientId: query.get("client_id") ?? undefined,
      scope: query.get("scope") ?? SCOPES,
      redirectUri: query.get("redirect_uri") ?? "",
      challenge: query.get("code_challenge") ?? undefined,
      expiresAt: this.#clock.now() + CODE_MS,
    });
    return code;
  }

  /**
   * Turns a code or a refresh token into tokens; either is good only once.
   *
   * @param form The form.
   * @returns The answer's body.
   * @throws {Refusal} 400 or 401 if the form proves nothing.
   */
  async exchange(form: URLSearchParams): Promise<JsonObject> {
    this.#requireClient(form.get("client_id"), form.get("client_secret"));
    const type = form.get("grant_type");
    if (type === "refresh_token") return this.#refreshed(form);
    if (type === "authorization_code") return await this.#redeemed(form);
    throw new Refusal(400, "unsupported_grant_type");
  }

  /**
   * Begins a device grant.
   *
   * @param form The form.
   * @param page Where the person would type the code in.
   * @returns The answer's body.
   * @throws {Refusal} 400 if the client id or the scopes are missing.
   */
  startDevice(form: URLSearchParams, page: string): JsonObject {
    const clientId = form.get("client_id") ?? "";
    const scope = form.get("scope") ?? "";
    if (clientId === "" || scope === "") throw new Refusal(400, "invalid_request: client_id and scope are required");
    const key = `${this.#seed}:device:${++this.#serial}`;
    const code = uuid(key);
    const userCode = String(integer(key, 100_000, 999_999));
    this.#devices.set(code, { clientId, scope, expiresAt: this.#after(DEVICE_SECONDS), polls: 0 });
    return {
      device_code: code,
      user_code: userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?userCode=${userCode}`,
      expires_in: DEVICE_SECONDS,
      interval: this.#options.deviceInterval ?? 2,
    };
  }

  /**
   * Answers a device that asks for its tokens.
   *
   * @param form The form.
   * @param client The id and the secret of its `Authorization` header.
   * @returns The answer's body.
   * @throws {Refusal} 428 while the person has not typed the code in; 400 or 401 if there is nothing to wait for.
   */
  pollDevice(form: URLSearchParams, [id, secret]: readonly [string, string]): JsonObject {
    this.#requireClient(id, secret);
    const code = form.get("device_code") ?? "";
    const pending = this.#devices.get(code);
    if (pending === undefined || pending.clientId !== id) throw new Refusal(400, "invalid_grant");
    if (pending.expiresAt <= this.#clock.now()) throw new Refusal(400, "expired_token");
    if (pending.polls++ < (this.#options.devicePolls ?? 2)) throw new Refusal(428, "authorization_pending");
    this.#devices.delete(code);
    return this.#body(this.#pair(pending), pending.scope);
  }

  #after(seconds: number): number {
    return this.#clock.now() + seconds * 1_000;
  }

  #pair({ clientId, scope }: Pick<Granted, "clientId" | "scope">): TokenPair {
    const key = `${this.#seed}:token:${++this.#serial}`;
    const accessToken = `${hex(`${key}:access`, 64)}_A1_${uuid(`organizations:${this.#seed}`)}`;
    const refreshToken = hex(`${key}:refresh`, 80);
    const { accessSeconds = ACCESS_SECONDS, refreshSeconds = REFRESH_SECONDS } = this.#options;
    this.#access.set(accessToken, { clientId, scope, expiresAt: this.#after(accessSeconds) });
    this.#refresh.set(refreshToken, { clientId, scope, expiresAt: this.#after(refreshSeconds) });
    return { accessToken, refreshToken };
  }

  #body({ accessToken, refreshToken }: TokenPair, scope: string): JsonObject {
    return {
      access_token: accessToken,
      expires_in: this.#options.accessSeconds ?? ACCESS_SECONDS,
      refresh_token: refreshToken,
      refresh_token_expires_in: this.#options.refreshSeconds ?? REFRESH_SECONDS,
      token_type: "Bearer",
      scope,
    };
  }

  #requireClient(id: string | null, secret: string | null): void {
    const { clientId = id, clientSecret = secret } = this.#options;
    if (id && secret && id === clientId && secret === clientSecret) return;
    throw new Refusal(401, "invalid_client: the client id or the client secret is wrong");
  }

  #refreshed(form: URLSearchParams): JsonObject {
    const token = form.get("refresh_token") ?? "";
    const granted = this.#refresh.get(token);
    const isOthers = granted?.clientId !== undefined && granted.clientId !== form.get("client_id");
    if (granted === undefined || isOthers || granted.expiresAt <= this.#clock.now()) {
      throw new Refusal(400, "invalid_grant: the refresh token is unknown, expired or revoked");
    }
    this.#refresh.delete(token);
    const { scope } = granted;
    return this.#body(this.#pair({ clientId: form.get("client_id") ?? undefined, scope }), scope);
  }

  async #redeemed(form: URLSearchParams): Promise<JsonObject> {
    const code = form.get("code") ?? "";
    const pending = this.#codes.get(code);
    this.#codes.delete(code);
    const proof = await challengeFor(form.get("code_verifier") ?? "");
    const isGood = pending !== undefined && pending.expiresAt > this.#clock.now() &&
      pending.clientId === form.get("client_id") && pending.redirectUri === form.get("redirect_uri") &&
      (pending.challenge === undefined || pending.challenge === proof);
    if (!isGood) throw new Refusal(400, "invalid_grant: the code is unknown, expired or meant for somebody else");
    return this.#body(this.#pair(pending), pending.scope);
  }
}
