/**
 * Tells people about credentials: whose they are, and how long they last.
 *
 * @module
 */

import { commandFor } from "../../core/command.ts";
import type { Identity, Licence } from "../../webex/credential/identity.ts";
import type { TokenGrant } from "../../webex/credential/oauth.ts";
import type { LoginTarget } from "./target.ts";

const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

// deno-lint-ignore no-control-regex -- control characters are what it looks for
const CONTROL_REGEXP = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Takes out what could steer a terminal: names come from other people.
 *
 * @param text Any text.
 * @returns The text with blanks in place of control characters.
 */
export function plainText(text: string): string {
  return text.replace(CONTROL_REGEXP, " ");
}

/**
 * Writes a time as a date and as a distance, for example `2026-03-01T09:00Z (in 13 days)`.
 *
 * @param time Milliseconds since 1970.
 * @param now The current time, in the same unit.
 */
export function whenText(time: number, now: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "an unknown time";
  const distance = Math.abs(time - now);
  const [unit, ms] = UNITS.find(([, length]) => distance >= length) ?? ["minute", 60_000];
  const count = Math.floor(distance / ms);
  const words = `${count === 0 ? "less than a" : count} ${unit}${count > 1 ? "s" : ""}`;
  return `${date.toISOString().slice(0, 16)}Z (${time >= now ? `in ${words}` : `${words} ago`})`;
}

/**
 * Names the person and the organization.
 *
 * @param identity What Webex told.
 * @returns For example `Ada Admin <ada@example.com>, Example Inc`; `undefined` if it told neither.
 */
export function ownerOf(
  { displayName, emails, organizationName, organizationId }: Pick<
    Identity,
    "displayName" | "emails" | "organizationName" | "organizationId"
  >,
): string | undefined {
  const email = emails[0] === undefined ? [] : [`<${emails[0]}>`];
  const person = [...(displayName === undefined ? [] : [displayName]), ...email].join(" ");
  const parts = [person, organizationName ?? organizationId ?? ""].filter((part) => part !== "");
  return parts.length === 0 ? undefined : plainText(parts.join(", "));
}

/**
 * Describes a licence.
 *
 * @param licence The licence.
 * @returns For example `Webex Calling - Professional (12 of 50)`.
 */
export function licenceText({ name, total, consumed }: Licence): string {
  if (total === undefined && consumed === undefined) return plainText(name);
  return plainText(`${name} (${consumed ?? "?"} of ${total ?? "?"})`);
}

/** What a login came to. */
export interface LoginOutcome {
  readonly target: LoginTarget;
  readonly grant: TokenGrant;
  readonly identity: Identity;
  /** The configuration file was changed. */
  readonly isAdded: boolean;
  /** A variable that goes before the profile where nobody names it. */
  readonly variable?: string;
}

function partnerLines({ target, identity: { organizations, partner } }: LoginOutcome): string[] {
  if (!partner || target.profile?.organization !== undefined) return [];
  const count = organizations?.count;
  return [
    `The token reaches ${
      count === undefined || count < 2 ? "several" : count
    } organizations: name one in each call by ` +
    `orgId, or for the whole profile by "organization" in ${target.configPath}`,
  ];
}

/**
 * Tells what a login came to.
 *
 * @param outcome The profile, the tokens and their owner.
 * @returns Lines; no secret is in them.
 */
export function loginReport(outcome: LoginOutcome): string {
  const { target, grant, identity, isAdded, variable } = outcome;
  const { issuedAt, expiresAt, refreshExpiresAt } = grant;
  const owner = ownerOf(identity);
  const until = refreshExpiresAt === undefined
    ? ""
    : `; unused, the login lasts until ${whenText(refreshExpiresAt, issuedAt)}`;
  return [
    `Logged in to profile "${target.name}"${owner === undefined ? "" : ` as ${owner}`}`,
    `The tokens are in ${target.store}`,
    `The access token lasts until ${whenText(expiresAt, issuedAt)} and is renewed by itself${until}`,
    ...(isAdded ? [`The profile is in ${target.configPath}`] : []),
    ...partnerLines(outcome),
    ...(variable === undefined
      ? []
      : [`${variable} is set and goes before this profile, unless --profile ${target.name} is given`]),
    `Try it: ${commandFor(`auth status --profile ${target.name}`)}`,
    "",
  ].join("\n");
}
