/**
 * Tells callers by the access tokens of an OAuth issuer: JSON Web Tokens (RFC 9068), checked with the issuer's keys.
 *
 * @module
 */

import type { JWTVerifyResult, LocalJWKSet } from "jose";
import type { OAuthConfig } from "../config/oauth.ts";
import type { Clock } from "../core/clock.ts";
import { UpstreamError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch.ts";
import type { Log } from "../core/log.ts";
import { bearerToken } from "./bearer.ts";
import { type Authenticator, invalidToken, type RefusalReason, UNAVAILABLE, type Verdict } from "./caller.ts";
import { codeOf, jwtReason } from "./jwt_reason.ts";
import { createKeySource, type KeySet, type KeySource } from "./key_set.ts";
import { oauthCaller } from "./oauth_caller.ts";

/** What the authenticator works with. */
export interface JwtAuthenticatorParts {
  readonly config: OAuthConfig;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Pick<Log, "warning">;
}

/** How much clocks may differ, in seconds. */
const CLOCK_TOLERANCE = 30;
/** RFC 9068's type, section 2.1. */
const ACCESS_TOKEN = "at+jwt";
const ACCESS_TOKEN_TYPES: readonly (string | undefined)[] = [ACCESS_TOKEN, `application/${ACCESS_TOKEN}`];
/** What issuers older than that write, or choose to: it tells no access token from others of theirs. */
const UNTOLD_TYPES: readonly (string | undefined)[] = ["jwt", "application/jwt", undefined];
/** These tie an ID token to the client's own request (OpenID Connect Core 1.0, sections 2 and 3.3.2.11). */
const ID_TOKEN_CLAIMS = ["nonce", "at_hash", "c_hash"];

/** Why exactly stands in the log; told to the caller, it would help only who forges tokens. */
function invalid(reason: RefusalReason): Verdict {
  return invalidToken(reason, reason === "expired" ? "The token has expired" : "The token is not valid here");
}

/** A token that says in its header that it is an access token may hold what it wants. */
function isIdToken({ payload, protectedHeader: { typ } }: JWTVerifyResult): boolean {
  return UNTOLD_TYPES.includes(typ?.toLowerCase()) && ID_TOKEN_CLAIMS.some((claim) => Object.hasOwn(payload, claim));
}

/** Made once for each fetch: it keeps the keys ready for use. */
const resolvers = new WeakMap<KeySet, LocalJWKSet>();

function resolverOf(keys: KeySet, { createLocalJWKSet }: typeof import("jose")): LocalJWKSet {
  const known = resolvers.get(keys) ?? createLocalJWKSet(keys);
  resolvers.set(keys, known);
  return known;
}

/** One token, and what it is checked by. */
class Check {
  readonly #config: OAuthConfig;
  readonly #clock: Pick<Clock, "now">;
  readonly #jose: typeof import("jose");
  readonly #token: string;

  constructor(config: OAuthConfig, clock: Pick<Clock, "now">, jose: typeof import("jose"), token: string) {
    this.#config = config;
    this.#clock = clock;
    this.#jose = jose;
    this.#token = token;
  }

  /** Tells what is wrong at first sight: keys are fetched only for what could be one of the issuer's tokens. */
  fault(): RefusalReason | undefined {
    const { algorithms, issuer } = this.#config;
    try {
      const { alg, typ } = this.#jose.decodeProtectedHeader(this.#token);
      const { iss } = this.#jose.decodeJwt(this.#token);
      const type = typ?.toLowerCase();
      if (!algorithms.some((algorithm) => algorithm === alg)) return "unsupported_algorithm";
      if (!ACCESS_TOKEN_TYPES.includes(type) && !UNTOLD_TYPES.includes(type)) return "wrong_type";
      return iss === issuer ? undefined : "wrong_issuer";
    } catch {
      return "malformed";
    }
  }

  async verify(keys: KeySet): Promise<JWTVerifyResult> {
    const { issuer, audience, algorithms, requireAtJwt } = this.#config;
    return await this.#jose.jwtVerify(this.#token, resolverOf(keys, this.#jose), {
      issuer,
      audience: [...audience],
      algorithms: [...algorithms],
      requiredClaims: ["exp"],
      ...(requireAtJwt ? { typ: ACCESS_TOKEN } : {}),
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(this.#clock.now()),
    });
  }
}

/** A key that isn't known may be a new one; the issuer is asked once. */
async function verified(check: Check, source: KeySource): Promise<JWTVerifyResult> {
  const known = await source.current();
  try {
    return await check.verify(known);
  } catch (error) {
    const other = codeOf(error) === "ERR_JWKS_NO_MATCHING_KEY" ? await source.after(known) : undefined;
    if (other === undefined) throw error;
    return await check.verify(other);
  }
}

/** The wait for keys is shared by all who wait; each may leave it alone. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const leave = () => reject(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

/**
 * Makes the authenticator for access tokens of an OAuth issuer.
 *
 * Accepted is what the issuer signed for one of our audiences with one of the allowed algorithms, what has not expired,
 * and what is no ID token, as far as that can be told. Where keys can't be had, the answer is 503 and no 401: clients
 * throw a refused token away.
 *
 * @param parts The configuration, `fetch` for keys, the clock, and the log.
 * @returns The authenticator; nothing is fetched before the first token.
 */
export function createJwtAuthenticator({ config, fetch, clock, log }: JwtAuthenticatorParts): Authenticator {
  const { issuer, jwksUri } = config;
  const onTrouble = (error: UpstreamError) => log.warning(`${error.message}; callers with OAuth tokens have to wait`);
  const source = createKeySource({ issuer, jwksUri, fetch, clock, onTrouble });

  async function verdictOn(token: string): Promise<Verdict> {
    // Only who is called over HTTP with such tokens pays for the library.
    const check = new Check(config, clock, await import("jose"), token);
    const fault = check.fault();
    if (fault !== undefined) return invalid(fault);
    try {
      const result = await verified(check, source);
      return isIdToken(result) ? invalid("id_token") : await oauthCaller(result.payload, config);
    } catch (error) {
      return error instanceof UpstreamError ? UNAVAILABLE : invalid(jwtReason(error));
    }
  }

  return {
    async authenticate(authorization, signal) {
      signal.throwIfAborted();
      const found = bearerToken(authorization);
      return "refusal" in found ? found : await unlessAborted(verdictOn(found.token), signal);
    },
  };
}
