/**
 * The tokens of an integration or a service app: kept in a store, renewed late, and once for all who wait.
 *
 * @module
 */

import type { CredentialSource } from "../../config/credential_source.ts";
import { RefusedError, UpstreamError, WebexMcpError } from "../../core/errors.ts";
import { findClientSecret } from "./client_secret.ts";
import type { Credential, CredentialParts } from "./credential.ts";
import { refreshTokens } from "./oauth.ts";
import { renewalOf } from "./renewal.ts";
import { createTokenStore, type StoredTokens, type TokenStore } from "./token_store.ts";
import { SingleFlight } from "./waiting.ts";

/** A source whose tokens can be refreshed. */
export type OAuthSource = Extract<CredentialSource, { readonly type: "integration" | "service_app" }>;

/** An access token with less left than this is renewed, in milliseconds; Webex allows few live tokens, so not sooner. */
const MARGIN_MS = 10 * 60_000;
/** How long nobody asks again after a refresh failed, in milliseconds. */
const REFUSED_PAUSE_MS = 60_000;
const FAILED_PAUSE_MS = 30_000;
/** A token that is refused soon after it came for a refused one is refused for another reason than its age. */
const FRESH_MS = 5 * 60_000;

/** What a refresh starts from; the environment gives no more than the refresh token. */
type Base = Pick<StoredTokens, "clientId" | "refreshToken"> & Partial<StoredTokens>;

interface Refusal {
  readonly refreshToken: string;
  /** In monotonic milliseconds. */
  readonly until: number;
  readonly error: WebexMcpError;
}

/**
 * Recognizes a refresh token without giving it away.
 *
 * @param refreshToken The refresh token.
 * @returns A part of its SHA-256 digest, in hexadecimal.
 */
export async function seedOf(refreshToken: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(refreshToken.trim()));
  return new Uint8Array(digest).toHex().slice(0, 32);
}

/** The tokens of one source. */
class OAuthCredential implements Credential {
  readonly kind: "integration" | "service_app";
  readonly id: string;
  readonly renewal: string;
  readonly #source: OAuthSource;
  readonly #parts: CredentialParts;
  readonly #store: TokenStore;
  readonly #flight = new SingleFlight<StoredTokens>();
  #current: StoredTokens | undefined;
  /** The current tokens came from Webex, and the store has them not yet, or cannot take them. */
  #isUnsaved = false;
  /** There were tokens once. */
  #hadTokens = false;
  /** When a refused token was last replaced by a refresh, in monotonic milliseconds. */
  #replacedAt = Number.NEGATIVE_INFINITY;
  /** The newest tokens that were found, good or not. */
  #found: StoredTokens | undefined;
  /** No refresh before, in monotonic milliseconds, while the old token lives. */
  #pauseUntil = Number.NEGATIVE_INFINITY;
  #refusal: Refusal | undefined;

  constructor(source: OAuthSource, parts: CredentialParts) {
    this.kind = source.type;
    this.id = `${source.type}:${source.profile ?? source.store}`;
    this.renewal = renewalOf(source);
    this.#source = source;
    this.#parts = parts;
    this.#store = createTokenStore(source.store, parts);
    for (const secret of [source.clientSecret, source.refreshToken]) parts.secrets.add(secret);
  }

  async token(signal?: AbortSignal): Promise<string> {
    const current = await this.#standing();
    if (current !== undefined && !this.#isDue(current)) return current.accessToken;
    return (await this.#flight.run(() => this.#obtain(), signal)).accessToken;
  }

  async renew(rejected: string, signal?: AbortSignal): Promise<string | undefined> {
    // The renewal that is under way may be one that began before the token was refused.
    for (let attempt = 0; attempt < 2; attempt++) {
      const standing = await this.#standing();
      // What the store told may be older than a refresh that ended during the look.
      const isReplaced = this.#current !== undefined && this.#current.accessToken !== rejected;
      if (isReplaced || standing?.accessToken !== rejected) {
        const token = await this.token(signal);
        if (token !== rejected) return token;
      }
      if (this.#parts.clock.monotonic() - this.#replacedAt < FRESH_MS) return undefined;
      const { accessToken } = await this.#flight.run(() => this.#obtain(rejected), signal);
      if (accessToken !== rejected) return accessToken;
    }
    return undefined;
  }

  async scopes(): Promise<readonly string[] | undefined> {
    const known = this.#current ?? await this.#read().catch(() => undefined);
    return known?.scopes;
  }

  expiresAt(): number | undefined {
    return this.#current?.expiresAt;
  }

  #isDue({ expiresAt, issuedAt }: StoredTokens): boolean {
    const { clock } = this.#parts;
    const lifetime = issuedAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - issuedAt;
    const left = expiresAt - clock.now();
    if (left > 0 && clock.monotonic() < this.#pauseUntil) return false;
    return left < Math.min(MARGIN_MS, lifetime / 4);
  }

  #isUsable(tokens: StoredTokens | undefined, rejected: string | undefined): tokens is StoredTokens {
    return tokens !== undefined && tokens.accessToken !== rejected && !this.#isDue(tokens);
  }

  /** What this process has, unless the store has others or none any more: a login and a logout elsewhere count at once. */
  async #standing(): Promise<StoredTokens | undefined> {
    const own = this.#current;
    if (own === undefined) return undefined;
    try {
      const newest = this.#newest(await this.#read());
      // A refresh may have ended during the look.
      return newest?.accessToken === own.accessToken ? own : undefined;
    } catch {
      // What cannot be read is told when a renewal is due.
      return own;
    }
  }

  /**
   * The store counts, but for what this process could not put there. Without one nobody is logged in, unless the environment
   * has a refresh token of its own.
   */
  #newest(stored: StoredTokens | undefined): StoredTokens | undefined {
    const own = this.#current;
    if (stored === undefined) return this.#source.refreshToken === undefined ? undefined : own;
    if (own === undefined || !this.#isUnsaved) return stored;
    return (stored.issuedAt ?? 0) > (own.issuedAt ?? 0) ? stored : own;
  }

  /** A store of another client, or of another refresh token, could belong to another organization. */
  async #isOurs(stored: StoredTokens): Promise<boolean> {
    const { clientId, refreshToken } = this.#source;
    if (clientId !== undefined && clientId !== stored.clientId) return false;
    if (refreshToken === undefined || refreshToken.trim() === stored.refreshToken) return true;
    return stored.seed === await seedOf(refreshToken);
  }

  async #read(): Promise<StoredTokens | undefined> {
    const stored = await this.#store.read();
    if (stored === undefined || await this.#isOurs(stored)) return stored;
    if (this.#source.refreshToken !== undefined) return undefined;
    throw new RefusedError(`Cannot use token store "${this.#store.path}": its tokens belong to another client id`, {
      code: "token_store_mismatch",
      guidance: this.renewal,
    });
  }

  async #obtain(rejected?: string): Promise<StoredTokens> {
    try {
      return this.#current = await this.#find(rejected) ?? await this.#locked(rejected);
    } catch (error) {
      return this.#current = this.#keep(rejected, error);
    }
  }

  /** Looks for usable tokens: another process may have renewed them. */
  async #find(rejected: string | undefined): Promise<StoredTokens | undefined> {
    const found = this.#found = this.#newest(await this.#read());
    if (found !== undefined) this.#hadTokens = true;
    if (found?.accessToken !== this.#current?.accessToken) this.#current = undefined;
    if (this.#current === undefined) this.#isUnsaved = false;
    return this.#isUsable(found, rejected) ? found : undefined;
  }

  /** Where no lock is to be had, tokens that come from the environment alone do without: nobody shares them. */
  async #locked(rejected: string | undefined): Promise<StoredTokens> {
    this.#recallRefusal();
    let begun = false;
    try {
      return await this.#store.withLock(async () => {
        begun = true;
        return await this.#find(rejected) ?? await this.#refresh(rejected);
      });
    } catch (error) {
      if (begun || this.#source.refreshToken === undefined) throw error;
      return await this.#refresh(rejected);
    }
  }

  /** The refresh token that comes next. */
  #next(): string | undefined {
    return this.#found?.refreshToken ?? this.#source.refreshToken?.trim();
  }

  #recallRefusal(): void {
    const refusal = this.#refusal;
    if (refusal === undefined || refusal.refreshToken !== this.#next()) return;
    if (this.#parts.clock.monotonic() < refusal.until) throw refusal.error;
  }

  #base(): Base {
    const { clientId, refreshToken } = this.#source;
    if (this.#found !== undefined) return this.#found;
    if (refreshToken !== undefined && clientId !== undefined) return { clientId, refreshToken: refreshToken.trim() };
    throw this.#notLoggedIn();
  }

  #notLoggedIn(): RefusedError {
    const { profile } = this.#source;
    const whose = profile === undefined ? "there are no tokens" : `profile "${profile}" has no tokens`;
    const problem = `${whose} ${this.#hadTokens ? "any more: it was logged out" : "yet"}`;
    return new RefusedError(`Cannot call Webex: ${problem}`, { code: "not_logged_in", guidance: this.renewal });
  }

  async #refresh(rejected: string | undefined): Promise<StoredTokens> {
    const { clock, log } = this.#parts;
    const base = this.#base();
    const { refreshToken: first } = this.#source;
    const kept = base.clientSecret === undefined ? {} : { stored: base.clientSecret };
    const clientSecret = await findClientSecret({ ...this.#source, ...kept, renewal: this.renewal }, this.#parts);
    const grant = await refreshTokens(this.#parts, { clientId: base.clientId, clientSecret }, base.refreshToken);
    const seed = base.seed ?? (first === undefined ? undefined : await seedOf(first));
    const tokens = { ...base, kind: this.kind, ...grant, ...(seed === undefined ? {} : { seed }) };
    // Both at once, before the store is written: a call that is refused meanwhile must find the new token.
    this.#current = tokens;
    this.#isUnsaved = true;
    if (rejected !== undefined) this.#replacedAt = clock.monotonic();
    // What can't be kept still serves this process; losing it would cost the login.
    await this.#save(tokens).catch((error: unknown) => {
      if (error instanceof RefusedError) throw error;
      log.warning(unsaved(error));
    });
    log.info("Renewed the access token");
    return tokens;
  }

  /** A logout that did without the lock holds all the same: its file isn't made again. */
  async #save(tokens: StoredTokens): Promise<void> {
    const isGone = this.#source.refreshToken === undefined && await this.#store.isMissing();
    if (!isGone) {
      await this.#store.write(tokens);
      this.#isUnsaved = false;
      return;
    }
    this.#current = this.#found = undefined;
    throw this.#notLoggedIn();
  }

  /** A renewal that failed is no reason to stop while the old token lives. */
  #keep(rejected: string | undefined, error: unknown): StoredTokens {
    const { clock, log } = this.#parts;
    const found = this.#found ?? this.#current;
    const failure = this.#failureOf(error);
    if (found === undefined || found.accessToken === rejected || found.expiresAt <= clock.now()) throw failure;
    this.#pauseUntil = clock.monotonic() + FAILED_PAUSE_MS;
    log.warning(`Using the old access token for now: ${failure.message}`);
    return found;
  }

  #failureOf(error: unknown): WebexMcpError {
    if (!(error instanceof WebexMcpError)) throw error;
    if (error.code !== "grant_refused" && error.code !== "client_refused") return error;
    const client = error.code === "client_refused" ? `${error.guidance ?? ""} ` : "";
    const failure = new UpstreamError(error.message.replace("get an", "renew the"), {
      code: "credential_expired",
      guidance: client + this.renewal,
      cause: error,
    });
    const refreshToken = this.#next();
    const until = this.#parts.clock.monotonic() + REFUSED_PAUSE_MS;
    if (refreshToken !== undefined) this.#refusal = { refreshToken, until, error: failure };
    return failure;
  }
}

function unsaved(error: unknown): string {
  const reason = error instanceof WebexMcpError ? `${error.message}. ${error.guidance ?? ""}` : "an unknown reason";
  return `The new tokens are kept in memory only: ${reason}`;
}

/**
 * Makes a credential of an integration or service app.
 *
 * @param source The client, and where its tokens are kept.
 * @param parts What it needs.
 * @returns The credential; nothing is read before the first token is asked for.
 */
export function createOAuthCredential(source: OAuthSource, parts: CredentialParts): Credential {
  return new OAuthCredential(source, parts);
}
