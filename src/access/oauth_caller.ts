/**
 * Makes a caller of the claims of an access token: the name, the scopes, and the first rule that fits.
 *
 * @module
 */

import type { CallerRule, OAuthConfig, ScopeNames } from "../config/oauth.ts";
import { type Caller, invalidToken, type Verdict } from "./caller.ts";

/** The claims of a token whose signature was checked. */
export type Claims = Readonly<Record<string, unknown>>;

const NAME_PREFIX = "oauth:";
const MAX_NAME = 80;
const HASH_CHARACTERS = 16;
/** Names stand in logs, trails and metrics: no blanks, quotation marks or what could be taken for our own mark. */
const HIDDEN_REGEXP = /[^\x21-\x7e]|["'\\~]/g;

/**
 * Names a caller by a claim. Two callers never get the same name, though not every character of a claim can stand in it,
 * nor every length: where something had to go, a hash of the whole stands at the end.
 *
 * @param claim The claim's value.
 * @returns For example `oauth:00u1a2b3`; at most 80 visible ASCII characters.
 */
export async function callerName(claim: string): Promise<string> {
  const visible = claim.replace(HIDDEN_REGEXP, "_");
  const room = MAX_NAME - NAME_PREFIX.length;
  if (visible === claim && claim.length <= room) return `${NAME_PREFIX}${claim}`;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(claim)));
  const hash = digest.toBase64({ alphabet: "base64url", omitPadding: true }).slice(0, HASH_CHARACTERS);
  return `${NAME_PREFIX}${visible.slice(0, room - HASH_CHARACTERS - 1)}~${hash}`;
}

/**
 * Finds the scopes of a token.
 *
 * @param claims Its claims.
 * @returns Those of `scope` (RFC 9068, section 2.2.3), and of `scp`, which some issuers have instead.
 */
export function scopesOf(claims: Claims): readonly string[] {
  const texts = [claims["scope"], claims["scp"]].flat();
  const scopes = texts.flatMap((text) => typeof text === "string" ? text.split(" ") : []);
  return [...new Set(scopes.filter((scope) => scope !== ""))];
}

/** A claim is one text, or a list of which one has to fit. */
function fits({ when }: CallerRule, claims: Claims): boolean {
  return [...when].every(([claim, wanted]) => {
    const values: unknown[] = [claims[claim]].flat();
    return values.some((value) => typeof value === "string" && wanted.includes(value));
  });
}

function insufficient(scope: string): Verdict {
  const description = "The token lacks a scope";
  return { refusal: { status: 403, error: "insufficient_scope", reason: "no_scope", description, scope } };
}

/** Without the scope for writing, a caller is read-only. */
function withScopes(caller: Caller, scopes: readonly string[], { read, write }: ScopeNames): Caller {
  const granted = { ...caller, scopes };
  if (scopes.includes(write)) return granted;
  // A policy that is read-only itself would stay so with any scope.
  const stepUp = caller.policy.readOnly === true ? {} : { stepUp: `${read} ${write}` };
  return { ...granted, ...stepUp, policy: Object.freeze({ ...caller.policy, readOnly: true }) };
}

/**
 * Makes the caller.
 *
 * @param claims The claims of a token that was checked.
 * @param config What they allow.
 * @returns The caller; a refusal if the token names nobody, no rule fits, or the scope for reading is missing.
 */
export async function oauthCaller(claims: Claims, config: OAuthConfig): Promise<Verdict> {
  const name = claims[config.nameClaim];
  if (typeof name !== "string" || name === "") return invalidToken("no_name", "The token does not name its owner");
  const rule = config.callers.find((one) => fits(one, claims));
  if (rule === undefined) {
    const description = "No rule of this server lets the owner of this token in";
    return { refusal: { status: 403, reason: "no_rule", description } };
  }
  const scopes = scopesOf(claims);
  if (!scopes.includes(config.scopes.read)) return insufficient(config.scopes.read);
  const expiry = claims["exp"];
  const caller: Caller = {
    name: await callerName(name),
    policy: rule.policy,
    ...(typeof expiry === "number" ? { expiresAt: expiry * 1000 } : {}),
  };
  return { caller: withScopes(caller, scopes, config.scopes) };
}

/**
 * Tells which scopes a caller lacks for a call (the step-up of MCP's authorization, by RFC 6750, section 3.1).
 *
 * @param caller The caller.
 * @param isWrite The call changes something.
 * @returns The scopes to ask for, separated by blanks; `undefined` where no scope is missing, or none would help.
 */
export function missingScope(caller: Caller, isWrite: boolean): string | undefined {
  return isWrite ? caller.stepUp : undefined;
}
