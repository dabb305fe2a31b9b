/**
 * Reads the section `http.oauth` of the configuration file: whose tokens are accepted, and what they allow.
 *
 * @module
 */

import { isExposed } from "./base_url.ts";
import { type CallerPolicy, POLICY_KEYS, readPolicy } from "./caller_policy.ts";
import { booleanAt, type FileContext, kindOf, mapping, refuse, textOf, textsOf } from "./file_values.ts";

/**
 * The signatures that can be accepted (RFC 7518, section 3.1; RFC 8037). With HMAC whoever checks a token could make one,
 * and a public key would be taken for the secret.
 */
export const SIGNATURE_ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

/** One of {@linkcode SIGNATURE_ALGORITHMS}. */
export type SignatureAlgorithm = typeof SIGNATURE_ALGORITHMS[number];

/** The scopes that let somebody call tools at all, and those that change something. */
export interface ScopeNames {
  readonly read: string;
  readonly write: string;
}

/** What callers of one kind may do. */
export interface CallerRule {
  /** By claim, the values of which the token must have one; without any, it is for everybody. */
  readonly when: ReadonlyMap<string, readonly string[]>;
  readonly policy: CallerPolicy;
}

/** Whose tokens are accepted, and what they allow. */
export interface OAuthConfig {
  /** The issuer's identifier, as its tokens have it. */
  readonly issuer: string;
  /** Names of this server, one of which a token must be made for. */
  readonly audience: readonly string[];
  /** Where the issuer's keys are; absent: its metadata tells. */
  readonly jwksUri?: string;
  /** The claim that callers are named by. */
  readonly nameClaim: string;
  readonly algorithms: readonly SignatureAlgorithm[];
  /** Only what its header calls an access token counts (RFC 9068, section 4). */
  readonly requireAtJwt: boolean;
  readonly scopes: ScopeNames;
  /** The first that fits counts; who fits none is turned away. */
  readonly callers: readonly CallerRule[];
}

const PLACE = "http.oauth";
const KEYS = ["issuer", "audience", "jwks_uri", "name_claim", "algorithms", "require_at_jwt", "scopes", "callers"];
/** RFC 6749, section 3.3. */
const SCOPE_REGEXP = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

const at = (key: string) => `${PLACE}.${key}`;

/** Keys and metadata decide who is let in: they must come unchanged. */
function addressAt(context: FileContext, key: string, value: unknown): string {
  const text = textOf(context, at(key), value);
  const url = URL.parse(text);
  const plain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" &&
    url.hash === "";
  if (plain && !isExposed(text)) return text;
  refuse(
    context,
    at(key),
    "an https address without user or fragment, got something else",
    "Give it as the issuer's documentation has it; plain http is for loopback only.",
  );
}

function issuerAt(context: FileContext, value: unknown): string {
  const issuer = addressAt(context, "issuer", value);
  if (!issuer.includes("?")) return issuer;
  refuse(context, at("issuer"), "an address without query (RFC 8414, section 2)", "Take the query out.");
}

function algorithmsAt(context: FileContext, value: unknown): readonly SignatureAlgorithm[] {
  if (value === undefined) return SIGNATURE_ALGORITHMS;
  const named = textsOf(context, at("algorithms"), value);
  const known = SIGNATURE_ALGORITHMS.filter((algorithm) => named.includes(algorithm));
  if (named.every((name) => known.some((algorithm) => algorithm === name))) return Object.freeze(known);
  const words = SIGNATURE_ALGORITHMS.join(", ");
  refuse(
    context,
    at("algorithms"),
    `only ${words}`,
    "Take the others out, or the key: then all of these are accepted.",
  );
}

function scopeAt(context: FileContext, key: string, value: unknown): string {
  const scope = textOf(context, at(key), value);
  if (SCOPE_REGEXP.test(scope)) return scope;
  refuse(context, at(key), "one scope without blanks or quotation marks", "Name one scope.");
}

function scopesAt(context: FileContext, value: unknown): ScopeNames {
  const { read = "webex:read", write = "webex:write" } = mapping(context, at("scopes"), value ?? {}, ["read", "write"]);
  return Object.freeze({
    read: scopeAt(context, "scopes.read", read),
    write: scopeAt(context, "scopes.write", write),
  });
}

function valuesAt(context: FileContext, place: string, value: unknown): readonly string[] {
  return Array.isArray(value) ? textsOf(context, place, value) : [textOf(context, place, value)];
}

function ruleAt(context: FileContext, place: string, value: unknown): CallerRule {
  const { when = {}, ...policy } = mapping(context, place, value ?? {}, ["when", ...POLICY_KEYS]);
  const claims = Object.entries(mapping(context, `${place}.when`, when));
  return Object.freeze({
    when: new Map(claims.map(([claim, wanted]) => [claim, valuesAt(context, `${place}.when.${claim}`, wanted)])),
    policy: readPolicy(context, place, policy),
  });
}

/** A server that lets nobody in was not meant; one that lets everybody in says so. */
function rulesAt(context: FileContext, value: unknown): readonly CallerRule[] {
  if (Array.isArray(value) && value.length > 0) {
    return Object.freeze(value.map((rule, index) => ruleAt(context, `${at("callers")}[${index}]`, rule)));
  }
  const advice = "A rule without when, as in [{}], lets in everybody who has a token for the audience.";
  refuse(context, at("callers"), `a list of at least one rule, got ${kindOf(value)}`, advice);
}

/**
 * Reads the section `http.oauth`.
 *
 * @param value What the section holds, parsed.
 * @param context The file's path and surroundings.
 * @returns Whose tokens are accepted, and what they allow; frozen.
 * @throws {UsageError} If a key is unknown or missing, or a value is not allowed; no value is quoted.
 */
export function readOAuthSection(value: unknown, context: FileContext): OAuthConfig {
  const record = mapping(context, PLACE, value, KEYS);
  const { issuer, audience, jwks_uri, name_claim = "sub", algorithms, require_at_jwt = false, scopes, callers } =
    record;
  return Object.freeze({
    issuer: issuerAt(context, issuer),
    audience: Object.freeze(valuesAt(context, at("audience"), audience)),
    ...(jwks_uri === undefined ? {} : { jwksUri: addressAt(context, "jwks_uri", jwks_uri) }),
    nameClaim: textOf(context, at("name_claim"), name_claim),
    algorithms: algorithmsAt(context, algorithms),
    requireAtJwt: booleanAt(context, at("require_at_jwt"), require_at_jwt),
    scopes: scopesAt(context, scopes),
    callers: rulesAt(context, callers),
  });
}
