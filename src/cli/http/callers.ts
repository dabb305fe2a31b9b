/**
 * Makes what tells the callers of the server apart.
 *
 * @module
 */

import { joinAuthenticators } from "../../access/authenticator.ts";
import type { Authenticator } from "../../access/caller.ts";
import { type CallerSource, createCallerSource } from "../../access/caller_source.ts";
import { createCallerStore } from "../../access/caller_store.ts";
import { createJwtAuthenticator } from "../../access/jwt_authenticator.ts";
import { type ChallengeFacts, metadataAddress, protectedResource } from "../../access/protected_resource.ts";
import { createTokenAuthenticator } from "../../access/token_authenticator.ts";
import { nearestNames } from "../../collection/nearest.ts";
import { addressText } from "../../config/address.ts";
import type { HttpConfig } from "../../config/http.ts";
import { systemClock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import { MCP_PATH, type PublicDocument } from "../../transport/http/app.ts";
import type { System } from "../system.ts";

/** What tells callers apart, and what those are told who are not let in. */
export interface Callers {
  /** Absent where whoever reaches the server may call. */
  readonly authenticator?: Authenticator;
  /** The callers of the file; absent without one. */
  readonly file?: CallerSource;
  readonly challenge: ChallengeFacts;
  /** What anybody may read. */
  readonly documents: readonly PublicDocument[];
}

/** What it takes. */
export interface CallersOutside {
  readonly system: System;
  readonly log: Pick<Log, "warning">;
}

/** The server's address as clients have it. */
function resourceOf({ publicUrl, tls, listen }: HttpConfig): string {
  const address = new URL(publicUrl ?? `${tls === undefined ? "http" : "https"}://${addressText(listen)}`);
  // A name alone means this server behind it.
  if (address.pathname === "/") address.pathname = MCP_PATH;
  return address.href;
}

async function fileOf(path: string, { system, log }: CallersOutside): Promise<CallerSource> {
  const store = createCallerStore({ path, nearest: nearestNames }, system.credentialFiles);
  const source = createCallerSource({ store, clock: systemClock, log });
  // A file that can't be used is told at the start, and not to the first who calls.
  await source.current();
  return source;
}

/**
 * Makes it.
 *
 * @param http How requests come.
 * @param outside The outside of the program.
 * @returns What tells callers apart.
 * @throws {UsageError} If the file of callers can't be read, or is wrong.
 */
export async function callersOf(http: HttpConfig, outside: CallersOutside): Promise<Callers> {
  const { callersFile, oauth } = http;
  const file = callersFile === undefined ? undefined : await fileOf(callersFile, outside);
  const tokens = file === undefined
    ? {}
    : { tokens: createTokenAuthenticator({ callers: () => file.current(), clock: systemClock }) };
  if (oauth === undefined) {
    const known = file === undefined ? {} : { authenticator: joinAuthenticators(tokens), file };
    return { ...known, challenge: {}, documents: [] };
  }
  const { system: { fetch }, log } = outside;
  const jwt = createJwtAuthenticator({ config: oauth, fetch, clock: systemClock, log });
  const resource = resourceOf(http);
  const metadata = metadataAddress(resource);
  const content = protectedResource(resource, oauth);
  const { read, write } = oauth.scopes;
  return {
    authenticator: joinAuthenticators({ ...tokens, oauth: jwt }),
    ...(file === undefined ? {} : { file }),
    challenge: { metadata, scope: `${read} ${write}` },
    // Some clients look at the root, whatever the challenge says (RFC 9728, section 3).
    documents: [new URL(metadata).pathname, new URL(metadataAddress(new URL(resource).origin)).pathname].map((
      path,
    ) => ({
      path,
      content,
    })),
  };
}
