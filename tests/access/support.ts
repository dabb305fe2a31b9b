/**
 * An OAuth issuer without a socket: real keys, real tokens, and hosts that can be made to fail.
 *
 * @module
 */

import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { createJwtAuthenticator } from "../../src/access/jwt_authenticator.ts";
import type { Verdict } from "../../src/access/caller.ts";
import { type OAuthConfig, readOAuthSection, type SignatureAlgorithm } from "../../src/config/oauth.ts";
import { nearestNames } from "../../src/collection/nearest.ts";
import { FakeClock } from "../support/fake_clock.ts";

/** Whom the tokens are of, and whom they are for. */
export const ISSUER = "https://login.test/tenant";
export const AUDIENCE = "https://mcp.test/mcp";

/** A key of the issuer. */
export interface IssuerKey {
  readonly jwk: JWK;
  readonly privateKey: CryptoKey;
  readonly algorithm: string;
}

/** Makes a key. */
export async function makeKey(kid: string, algorithm: string = "ES256"): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { jwk: { ...await exportJWK(publicKey), kid, alg: algorithm, use: "sig" }, privateKey, algorithm };
}

/** Reads a section `http.oauth`, with what every test needs. */
export function oauthConfig(changes: Readonly<Record<string, unknown>> = {}): OAuthConfig {
  const section = { issuer: ISSUER, audience: AUDIENCE, callers: [{}], ...changes };
  return readOAuthSection(section, { path: "/c.yaml", resolve: (path) => path, nearest: nearestNames });
}

/** What a token says besides the usual. */
export interface TokenOptions {
  readonly header?: Readonly<Record<string, unknown>>;
  /** `undefined` takes a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: IssuerKey;
}

/** An issuer, a server that trusts it, and its log. */
export interface Issuer {
  readonly clock: FakeClock;
  readonly key: IssuerKey;
  /** The addresses that were asked for. */
  readonly asked: string[];
  readonly warnings: string[];
  /** Answers by address; a missing one is 404. */
  readonly answers: Map<string, (request: Request) => Response | Promise<Response>>;
  /** Publishes these keys. */
  publish(...keys: readonly IssuerKey[]): void;
  token(options?: TokenOptions): Promise<string>;
  authenticate(token: string): Promise<Verdict>;
}

export const KEYS_URL = "https://login.test/tenant/keys";
export const METADATA_URL = "https://login.test/.well-known/oauth-authorization-server/tenant";

/** Makes an issuer whose metadata names its keys. */
export async function makeIssuer(
  changes: Readonly<Record<string, unknown>> = {},
  algorithm: SignatureAlgorithm = "ES256",
): Promise<Issuer> {
  const clock = new FakeClock();
  const key = await makeKey("k1", algorithm);
  const asked: string[] = [];
  const warnings: string[] = [];
  const answers: Issuer["answers"] = new Map([
    [METADATA_URL, () => Response.json({ issuer: ISSUER, jwks_uri: KEYS_URL })],
  ]);
  const publish = (...keys: readonly IssuerKey[]) =>
    void answers.set(KEYS_URL, () => Response.json({ keys: keys.map(({ jwk }) => jwk) }));
  publish(key);
  const authenticator = createJwtAuthenticator({
    config: oauthConfig(changes),
    clock,
    log: { warning: (text) => void warnings.push(text) },
    async fetch(request) {
      asked.push(request.url);
      return await (answers.get(request.url)?.(request) ?? new Response("no", { status: 404 }));
    },
  });
  return {
    clock,
    key,
    asked,
    warnings,
    answers,
    publish,
    async token({ header = {}, claims = {}, key: other = key } = {}) {
      const seconds = Math.floor(clock.now() / 1000);
      const payload: JWTPayload = {
        iss: ISSUER,
        aud: AUDIENCE,
        sub: "ada",
        iat: seconds,
        exp: seconds + 600,
        scope: "webex:read webex:write",
        ...claims,
      };
      const protectedHeader = { alg: other.algorithm, kid: other.jwk.kid ?? "", typ: "at+jwt", ...header };
      return await new SignJWT(payload).setProtectedHeader(protectedHeader).sign(other.privateKey);
    },
    authenticate: (token) => authenticator.authenticate(`Bearer ${token}`, new AbortController().signal),
  };
}

/** The status and the error of a refusal; `ok` and the name of a caller. */
export function outcome(verdict: Verdict): string {
  if ("caller" in verdict) return `ok ${verdict.caller.name}`;
  const { status, error } = verdict.refusal;
  return error === undefined ? `${status}` : `${status} ${error}`;
}

/** The reason of a refusal, as the log has it; `ok` for a caller. */
export function reasonOf(verdict: Verdict): string {
  return "caller" in verdict ? "ok" : verdict.refusal.reason;
}
