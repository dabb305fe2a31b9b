/**
 * The file in which the tokens of a profile are kept between runs.
 *
 * @module
 */

import { UpstreamError } from "../../core/errors.ts";
import { isRecord } from "../../core/json.ts";
import type { Secrets } from "../../core/secrets.ts";
import type { CredentialFiles } from "./credential_files.ts";
import { fileFailure } from "./file_failure.ts";

/** The tokens of a profile, and what is needed to renew them. */
export interface StoredTokens {
  readonly kind: "integration" | "service_app";
  readonly clientId: string;
  /** Absent where it comes from elsewhere at each start. */
  readonly clientSecret?: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the tokens were issued, in milliseconds since 1970. */
  readonly issuedAt?: number;
  /** When the access token ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** When the refresh token ends unless it is used, in milliseconds since 1970. */
  readonly refreshExpiresAt?: number;
  /** The scopes that were granted. */
  readonly scopes?: readonly string[];
  /** Whose tokens they are, for people who read the file. */
  readonly owner?: string;
  /** Recognizes the refresh token of the environment that these tokens descend from; no secret. */
  readonly seed?: string;
}

/** Where tokens are kept. */
export interface TokenStore {
  readonly path: string;
  /**
   * @returns The tokens, or `undefined` if none are kept.
   * @throws {UpstreamError} If the file cannot be read, is no token store, or others may read it.
   */
  read(): Promise<StoredTokens | undefined>;
  /** Tells whether there is certainly no file. */
  isMissing(): Promise<boolean>;
  /** @throws {UpstreamError} If the file cannot be written. */
  write(tokens: StoredTokens): Promise<void>;
  /**
   * Overwrites and removes the file.
   *
   * @returns Whether there was one.
   */
  remove(): Promise<boolean>;
  /**
   * Does something while no other process changes the store.
   *
   * @throws {UpstreamError} `token_store_unwritable` if there is no lock to be had; then nothing was done.
   */
  withLock<T>(work: () => Promise<T>): Promise<T>;
}

const VERSION = 1;
/** What the group and all others may do. */
const FOREIGN_BITS = 0o077;

function time(value: unknown): number | undefined {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A value of the wrong type is as good as none: the tokens themselves are what counts. */
function parse(json: string): StoredTokens | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.version !== VERSION) return undefined;
  const { kind } = value;
  if (kind !== "integration" && kind !== "service_app") return undefined;
  const clientId = text(value.client_id);
  const accessToken = text(value.access_token);
  const refreshToken = text(value.refresh_token);
  const expiresAt = time(value.expires_at);
  if (clientId === undefined || accessToken === undefined || refreshToken === undefined || expiresAt === undefined) {
    return undefined;
  }
  const optional = {
    clientSecret: text(value.client_secret),
    issuedAt: time(value.issued_at),
    refreshExpiresAt: time(value.refresh_expires_at),
    scopes: text(value.scope)?.split(/\s+/).filter((scope) => scope !== ""),
    owner: text(value.owner),
    seed: text(value.seed),
  };
  const known = { kind, clientId, accessToken, refreshToken, expiresAt } as const;
  return withoutAbsent(known, optional);
}

/** Absent members must not be there at all. */
function withoutAbsent(
  known: StoredTokens,
  { clientSecret, issuedAt, refreshExpiresAt, scopes, owner, seed }: {
    readonly [Name in keyof StoredTokens]?: StoredTokens[Name] | undefined;
  },
): StoredTokens {
  return {
    ...known,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(issuedAt === undefined ? {} : { issuedAt }),
    ...(refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(owner === undefined ? {} : { owner }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function format(tokens: StoredTokens): string {
  const date = (ms: number | undefined) => ms === undefined ? undefined : new Date(ms).toISOString();
  return `${
    JSON.stringify(
      {
        version: VERSION,
        kind: tokens.kind,
        client_id: tokens.clientId,
        client_secret: tokens.clientSecret,
        access_token: tokens.accessToken,
        refresh_token: tokens.refreshToken,
        issued_at: date(tokens.issuedAt),
        expires_at: date(tokens.expiresAt),
        refresh_expires_at: date(tokens.refreshExpiresAt),
        scope: tokens.scopes?.join(" "),
        owner: tokens.owner,
        seed: tokens.seed,
      },
      null,
      2,
    )
  }\n`;
}

/** Names the permission that Deno was started without, or what the system says. */
function failure(path: string, action: "read" | "write", cause: unknown): UpstreamError {
  const { reason, isPermission } = fileFailure(cause);
  return new UpstreamError(`Cannot ${action} token store "${path}": ${reason}`, {
    code: action === "read" ? "token_store_unreadable" : "token_store_unwritable",
    guidance: isPermission
      ? `Start the server with --allow-read=${directoryOf(path)} --allow-write=${directoryOf(path)}.`
      : "Check that the directory exists and belongs to the user that runs the server.",
    cause,
  });
}

function directoryOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "");
}

function checkMode(path: string, mode: number | undefined): void {
  if (mode === undefined || (mode & FOREIGN_BITS) === 0) return;
  const seen = (mode & 0o777).toString(8).padStart(4, "0");
  throw new UpstreamError(`Cannot use token store "${path}": others may read it (mode ${seen}, expected 0600)`, {
    code: "token_store_exposed",
    guidance: `Run chmod 600 "${path}"; if others could have read it, log in again, too.`,
  });
}

/**
 * Makes the store of a profile. Whatever is read or written is made known as secret.
 *
 * @param path The file.
 * @param parts The disk, and the secrets.
 * @returns The store; the file is touched when it is used.
 */
export function createTokenStore(
  path: string,
  { files, secrets }: { readonly files: CredentialFiles; readonly secrets: Secrets },
): TokenStore {
  const keep = ({ accessToken, refreshToken, clientSecret }: StoredTokens) => {
    for (const secret of [accessToken, refreshToken, clientSecret]) secrets.add(secret);
  };
  async function load(): Promise<string | undefined> {
    try {
      const facts = await files.stat(path);
      if (facts === undefined) return undefined;
      checkMode(path, facts.mode);
      return await files.readTextFile(path);
    } catch (cause) {
      if (cause instanceof Deno.errors.NotFound) return undefined;
      throw cause instanceof UpstreamError ? cause : failure(path, "read", cause);
    }
  }
  return {
    path,
    async read() {
      const json = await load();
      if (json === undefined) return undefined;
      const tokens = parse(json);
      if (tokens !== undefined) keep(tokens);
      if (tokens !== undefined) return tokens;
      throw new UpstreamError(`Cannot use token store "${path}": expected version ${VERSION} with both tokens`, {
        code: "token_store_broken",
        guidance: "Remove the file and log in again.",
      });
    },
    isMissing: async () => await files.stat(path).catch(() => null) === undefined,
    async write(tokens) {
      keep(tokens);
      await files.writeAtomically(path, format(tokens)).catch((cause: unknown) => {
        throw failure(path, "write", cause);
      });
    },
    remove: () => files.remove(path),
    async withLock(work) {
      let begun = false;
      try {
        return await files.withLock(path, () => {
          begun = true;
          return work();
        });
      } catch (cause) {
        throw begun ? cause : failure(path, "write", cause);
      }
    },
  };
}
