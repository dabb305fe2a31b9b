/**
 * Says what an operation needs and what the token's owner has.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import { scopeText } from "../../collection/scopes.ts";

/** Whom the token belongs to, as far as that is known. */
export interface TokenOwner {
  readonly displayName?: string | undefined;
  readonly organizationName?: string | undefined;
  /** The names of the owner's administrator roles, as Webex has them; absent when unknown. */
  readonly roles?: readonly string[] | undefined;
  /** The scopes that were granted; absent when unknown. */
  readonly scopes?: readonly string[] | undefined;
}

const LIMITS = "some settings also need a licence, and an organization can block the calling API";
/** The roles that the documentation names by one word. */
const ADMINISTRATORS = new Set(["full", "read-only", "location", "user", "device"]);

function isOwnSettings({ path }: Endpoint): boolean {
  return /\/people\/me(\/|$)/.test(path);
}

function joined(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

function roleNeed(endpoint: Endpoint): string {
  const { roles } = endpoint.facts;
  if (isOwnSettings(endpoint)) return "belongs to a calling user";
  const administrators = roles.filter((role) => ADMINISTRATORS.has(role));
  const others = roles.filter((role) => !ADMINISTRATORS.has(role));
  return [
    administrators.length === 0 ? "" : `belongs to a ${administrators.join(" or ")} administrator`,
    others.length === 0 ? "" : `has the role "${others.join('" or "')}"`,
  ].filter((part) => part !== "").join(" or ");
}

function lackingScopes({ facts }: Endpoint, granted: readonly string[]): string {
  const lacking = facts.scopes.filter((scope) => !granted.includes(scope));
  const isEnough = facts.allScopes === true ? lacking.length === 0 : lacking.length < facts.scopes.length;
  return facts.scopes.length === 0 || isEnough ? "" : scopeText({ ...facts, scopes: lacking });
}

function hasRole(endpoint: Endpoint, roles: readonly string[]): boolean {
  const words = roles.map((role) => role.toLowerCase());
  return endpoint.facts.roles.some((needed) => {
    const start = needed.toLowerCase();
    return words.some((role) => role === start || role.startsWith(`${start} `) || role.startsWith(`${start}_`));
  });
}

/** What the owner has, and what is lacking. */
function ownerSentence(endpoint: Endpoint, owner: TokenOwner): string {
  const { displayName, organizationName, roles, scopes } = owner;
  const who = [displayName, organizationName === undefined ? undefined : `(${organizationName})`]
    .filter((part) => part !== undefined).join(" ");
  const subject = who === "" ? "The token's owner" : `The token's owner ${who}`;
  const held = roles === undefined
    ? undefined
    : roles.length === 0
    ? "has no administrator role"
    : `has the role ${joined(roles.map((role) => `"${role}"`), "and")}`;
  const scope = scopes === undefined ? "" : lackingScopes(endpoint, scopes);
  const needsRole = endpoint.facts.roles.length > 0 && !isOwnSettings(endpoint);
  const lacking = [
    scope === "" ? "" : `the scope ${scope}`,
    needsRole && roles !== undefined && !hasRole(endpoint, roles) ? "a role that may do this" : "",
  ].filter((part) => part !== "");
  const lacks = lacking.length > 0
    ? `lacks ${lacking.join(" and ")}`
    : scopes !== undefined && roles !== undefined
    ? `lacks neither scope nor role as far as is known`
    : undefined;
  const says = [held, lacks].filter((part) => part !== undefined);
  return says.length === 0 ? "" : ` ${subject} ${says.join(" and ")}.`;
}

/**
 * Advises on a 403.
 *
 * @param endpoint What was called.
 * @param owner The token's owner, where known.
 * @returns What is needed, and what the owner has and lacks: one to three sentences.
 */
export function permissionAdvice(endpoint: Endpoint, owner?: TokenOwner): string {
  const { facts, path } = endpoint;
  const scope = facts.scopes.length === 0 ? "" : `has the scope ${scopeText(facts)}`;
  const needs = [scope, roleNeed(endpoint)].filter((part) => part !== "").join(" and ") || "may do this";
  const limits = /^\/(partner\/)?reports(\/|$)|^\/recordingReport\//.test(path)
    ? "reports also need an organization with Pro Pack"
    : LIMITS;
  return `Use a token that ${needs}; ${limits}.${owner === undefined ? "" : ownerSentence(endpoint, owner)}`;
}
