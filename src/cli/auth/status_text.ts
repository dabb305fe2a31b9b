/**
 * Writes the state of a credential, for people and for machines.
 *
 * @module
 */

import type { Config } from "../../config/config.ts";
import type { CredentialSource } from "../../config/credential_source.ts";
import type { WebexMcpError } from "../../core/errors.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Identity } from "../../webex/credential/identity.ts";
import type { StoredTokens } from "../../webex/credential/token_store.ts";
import { licenceText, plainText, whenText } from "./report.ts";
import { columns } from "../columns.ts";

/** The state of a credential. */
export interface Status {
  readonly config: Config;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How the credential is renewed. */
  readonly renewal: string;
  /** Absent when it doesn't work. */
  readonly identity?: Identity;
  /** Where tokens are kept, what is kept. */
  readonly stored?: StoredTokens;
  readonly scopes?: readonly string[];
  /** Why it doesn't work. */
  readonly error?: WebexMcpError;
}

/** Of a command only the program is named: its arguments can hold secrets. */
function sourceText(source: CredentialSource, sandbox: boolean): string {
  if (sandbox) return "none is needed: the organization is simulated";
  switch (source.type) {
    case "none":
      return "none";
    case "token":
      return "variable WEBEX_ACCESS_TOKEN";
    case "file":
      return `file ${source.path}`;
    case "command":
      return `command ${source.command[0] ?? ""}`;
    case "integration":
    case "service_app":
      return `token store ${source.store}`;
  }
}

function date(time: number | undefined): Json {
  return time === undefined || Number.isNaN(new Date(time).getTime()) ? null : new Date(time).toISOString();
}

/** What Webex tells goes before what was noted at the last renewal. */
function expiryOf({ identity, stored }: Status): number | undefined {
  return identity?.expiresAt ?? stored?.expiresAt;
}

function ownerJson(identity: Identity): JsonObject {
  const { organizations, roles, licences } = identity;
  return {
    person: { id: identity.id ?? null, name: identity.displayName ?? null, emails: [...identity.emails] },
    organization: { id: identity.organizationId ?? null, name: identity.organizationName ?? null },
    organizations: organizations === undefined
      ? null
      : { count: organizations.count, list: organizations.list.map(({ id, name }) => ({ id, name: name ?? null })) },
    partner: identity.partner,
    roles: roles === undefined ? null : [...roles],
    licences: licences === undefined
      ? null
      : licences.map(({ name, total, consumed }) => ({ name, total: total ?? null, consumed: consumed ?? null })),
    unknown: [...identity.unknown],
  };
}

/**
 * Writes a state for machines.
 *
 * @param status The state.
 * @returns What `auth status --json` prints; `null` stands for what nobody knows, times are ISO 8601.
 */
export function statusJson(status: Status): JsonObject {
  const { config, identity, stored, scopes, error, renewal } = status;
  const { profile, credential, sandbox, readOnly, organization } = config;
  return {
    profile: profile.name,
    credential: { type: sandbox ? "simulated" : credential.type, source: sourceText(credential, sandbox) },
    works: error === undefined,
    ...(error === undefined ? {} : {
      error: { code: error.code, message: error.message },
      guidance: error.guidance ?? renewal,
    }),
    read_only: readOnly,
    pinned_organization: organization ?? null,
    ...(identity === undefined ? {} : ownerJson(identity)),
    expires_at: date(expiryOf(status)),
    refresh: stored === undefined ? null : { renewed_at: date(stored.issuedAt), until: date(stored.refreshExpiresAt) },
    scopes: scopes === undefined ? null : [...scopes],
    renewal,
  };
}

function refreshText({ stored, now }: Status): string | undefined {
  if (stored === undefined) return undefined;
  const { issuedAt, refreshExpiresAt } = stored;
  const last = issuedAt === undefined ? "" : `, last ${whenText(issuedAt, now)}`;
  const until = refreshExpiresAt === undefined ? "" : `; unused, possible until ${whenText(refreshExpiresAt, now)}`;
  return `by itself${last}${until}`;
}

function organizationsText({ organizations, partner }: Identity): string | undefined {
  if (organizations === undefined || !partner) return undefined;
  const names = organizations.list.map(({ id, name }) => name ?? id).join(", ");
  return `${organizations.count} within reach: ${names}${organizations.count > organizations.list.length ? ", …" : ""}`;
}

function named(name: string | undefined, detail: string | undefined): string | undefined {
  if (name === undefined) return detail;
  return detail === undefined ? name : `${name} (${detail})`;
}

function listed(texts: readonly string[] | undefined, separator = ", "): string | undefined {
  return texts === undefined ? undefined : texts.join(separator) || "none";
}

/**
 * Writes a state for people.
 *
 * @param status The state of a credential that works.
 * @returns Lines; what is unknown has none.
 */
export function statusText(status: Status): string {
  const { config, identity, scopes, now } = status;
  const expiry = expiryOf(status);
  const rows: [string, string | undefined][] = [
    ["Profile", `${config.profile.name}${config.readOnly ? " (read-only)" : ""}`],
    ["Credential", sourceText(config.credential, config.sandbox)],
    ["Works", "yes"],
    ["Person", named(identity?.displayName, identity?.emails[0])],
    ["Organization", named(identity?.organizationName, identity?.organizationId)],
    ["Organizations", identity === undefined ? undefined : organizationsText(identity)],
    ["Pinned to", config.organization],
    ["Roles", listed(identity?.roles)],
    ["Licences", listed(identity?.licences?.map(licenceText))],
    ["Expires", expiry === undefined ? undefined : whenText(expiry, now)],
    ["Refresh", refreshText(status)],
    ["Scopes", listed(scopes, " ")],
    ["Unknown", identity === undefined || identity.unknown.length === 0 ? undefined : identity.unknown.join("; ")],
  ];
  return columns(rows.flatMap(([label, value]) => value === undefined ? [] : [[label, plainText(value)]]));
}
