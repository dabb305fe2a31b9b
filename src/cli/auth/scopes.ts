/**
 * Decides which scopes a login asks for.
 *
 * @module
 */

import type { StoredTokens } from "../../webex/credential/token_store.ts";

/** What looking at calling needs, as an administrator. */
const READ_SCOPES = [
  "spark:people_read",
  "spark-admin:calling_cdr_read",
  "spark-admin:calls_read",
  "spark-admin:devices_read",
  "spark-admin:licenses_read",
  "spark-admin:locations_read",
  "spark-admin:organizations_read",
  "spark-admin:people_read",
  "spark-admin:roles_read",
  "spark-admin:telephony_config_read",
  "spark-admin:telephony_pstn_read",
  "spark-admin:workspaces_read",
];

/** What changing it needs besides. */
const WRITE_SCOPES = [
  "spark-admin:calls_write",
  "spark-admin:devices_write",
  "spark-admin:locations_write",
  "spark-admin:people_write",
  "spark-admin:telephony_config_write",
  "spark-admin:telephony_pstn_write",
  "spark-admin:workspaces_write",
];

/** Any other scope may allow changes, as `spark:all` does. */
const READ_REGEXP = /(?:_read|:read_all)$/;

/** What is known of a login. */
export interface ScopeFacts {
  /** The scopes of the command line, separated by blanks or commas. */
  readonly named?: string | undefined;
  /** The integration that asks. */
  readonly clientId?: string | undefined;
  /** The tokens that are kept so far. */
  readonly stored?: StoredTokens | undefined;
  /** The profile changes nothing. */
  readonly readOnly: boolean;
}

function grantedBefore({ clientId, stored, readOnly }: ScopeFacts): readonly string[] {
  const granted = stored !== undefined && stored.clientId === clientId ? stored.scopes ?? [] : [];
  if (readOnly) return granted.filter((scope) => READ_REGEXP.test(scope));
  // These were asked for because the profile was read-only, and it is so no more.
  const isReadDefault = granted.length === READ_SCOPES.length && READ_SCOPES.every((scope) => granted.includes(scope));
  return isReadDefault ? [] : granted;
}

/**
 * Finds the scopes to ask for: those that are named, else those that were granted before, else what an administrator of
 * calling needs. A read-only profile asks for no scope that allows a change, unless it is named.
 *
 * @param facts What is known of the login.
 * @returns The scopes, at least one.
 */
export function scopesOf(facts: ScopeFacts): readonly string[] {
  const named = facts.named?.split(/[\s,]+/).filter((scope) => scope !== "") ?? [];
  if (named.length > 0) return named;
  const granted = grantedBefore(facts);
  if (granted.length > 0) return granted;
  return facts.readOnly ? READ_SCOPES : [...READ_SCOPES, ...WRITE_SCOPES];
}
