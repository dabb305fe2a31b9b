/**
 * Gets tokens from Webex's authorization server (RFC 6749): by a refresh token, or by a code that a browser brought.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import { UpstreamError } from "../../core/errors.ts";
import type { Fetch } from "../../core/fetch.ts";
import { isRecord } from "../../core/json.ts";
import type { Secrets } from "../../core/secrets.ts";
import { PORTAL_STEP } from "./renewal.ts";
import { withinTime } from "./waiting.ts";

/** What the functions of this module need. */
export interface OAuthParts {
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Every token becomes known to it. */
  readonly secrets: Secrets;
  /** The base of the API, for example `https://webexapis.com/v1`; no other origin is asked. */
  readonly baseUrl: string;
}

/** What an integration or service app is known by. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Tokens that were granted. */
export interface TokenGrant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** In milliseconds since 1970. */
  readonly issuedAt: number;
  /** When the access token ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** When the refresh token ends unless it is used, in milliseconds since 1970. */
  readonly refreshExpiresAt?: number;
  readonly scopes?: readonly string[];
}

/** What a browser brings back. */
export interface AuthorizationCode {
  readonly code: string;
  /** As it was in the authorization's address. */
  readonly redirectUri: string;
  /** The PKCE verifier (RFC 7636). */
  readonly verifier: string;
}

/** A form that is sent to the authorization server. */
export interface Form {
  /** Below the base URL, for example `/access_token`. */
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Sent as HTTP Basic, where the path wants it. */
  readonly client?: OAuthClient;
}

/** What the authorization server answered. */
export interface FormAnswer {
  readonly status: number;
  /** The members of the JSON body; none where it isn't a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** How long one request may take, in milliseconds. */
const REQUEST_LIMIT_MS = 30_000;
/** What an answer without `expires_in` is good for, in seconds. */
const DEFAULT_LIFETIME = 3_600;
const MAX_REASON = 200;

function membersOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function unavailable(path: string, reason: string, facts: { status?: number; cause?: unknown } = {}): UpstreamError {
  return new UpstreamError(`Cannot get an access token: ${path} ${reason}`, {
    code: "token_endpoint_unavailable",
    guidance: "Try again in a moment; if it lasts, check the network, the proxy and the base URL.",
    ...facts,
  });
}

/**
 * Sends a form to the authorization server.
 *
 * @param parts What it needs.
 * @param form The form.
 * @param signal Ends the request with its reason.
 * @returns The answer, whatever its status.
 * @throws {UpstreamError} `token_endpoint_unavailable` if none comes within 30 s.
 */
export async function postForm(parts: OAuthParts, form: Form, signal?: AbortSignal): Promise<FormAnswer> {
  const { fetch, clock, baseUrl, secrets } = parts;
  const { path, fields, client } = form;
  const headers = new Headers({ accept: "application/json" });
  if (client !== undefined) {
    const basic = new TextEncoder().encode(`${client.clientId}:${client.clientSecret}`).toBase64();
    secrets.add(client.clientSecret);
    secrets.add(basic);
    headers.set("authorization", `Basic ${basic}`);
  }
  try {
    return await withinTime({ clock, ms: REQUEST_LIMIT_MS, signal }, async (ends) => {
      // Following a redirect could carry the secret to another origin.
      const response = await fetch(
        new Request(`${baseUrl}${path}`, {
          method: "POST",
          headers,
          body: new URLSearchParams(fields),
          redirect: "manual",
          signal: ends,
        }),
      );
      return { status: response.status, body: membersOf(await response.text()) };
    });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof Deno.errors.NotCapable) {
      const { host } = new URL(baseUrl);
      throw new UpstreamError(`Cannot reach "${host}": the program was started without permission for it`, {
        code: "missing_permission",
        guidance: `Start the program with --allow-net=${host}.`,
        cause,
      });
    }
    throw unavailable(path, "could not be reached", { cause });
  }
}

/**
 * Collects what an answer says about a refusal, in both of the forms that occur: OAuth's own, and that of Webex's API.
 *
 * @param body The answer.
 * @returns Its sentences, in order.
 */
export function reasonsOf(body: Readonly<Record<string, unknown>>): string[] {
  const errors: unknown[] = Array.isArray(body.errors) ? body.errors : [];
  const described = errors.map((error) => isRecord(error) ? error.description : undefined);
  const reasons = [body.error, body.error_description, body.message, ...described];
  return [...new Set(reasons.filter((reason) => typeof reason === "string" && reason !== ""))].map(String);
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(number) && number > 0 ? number : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * Reads granted tokens out of an answer.
 *
 * @param parts The clock and the secrets.
 * @param path Where the answer came from, for messages.
 * @param answer The answer.
 * @param previous The refresh token that stays where no other comes (RFC 6749, section 6).
 * @returns The tokens.
 * @throws {UpstreamError} `grant_refused`, `client_refused`, `token_answer_unreadable` or `token_endpoint_unavailable`.
 */
export function readGrant(
  { clock, secrets }: Pick<OAuthParts, "clock" | "secrets">,
  path: string,
  { status, body }: FormAnswer,
  previous?: string,
): TokenGrant {
  if (status < 200 || status > 299) throw refused(secrets, path, { status, body });
  const accessToken = textOf(body.access_token);
  const refreshToken = textOf(body.refresh_token) ?? previous;
  secrets.add(accessToken);
  secrets.add(refreshToken);
  if (accessToken === undefined || refreshToken === undefined) {
    throw new UpstreamError(`Cannot get an access token: the answer of ${path} holds no tokens`, {
      code: "token_answer_unreadable",
      status,
      guidance: "A proxy or sign-in portal may stand in between: check the network and the base URL.",
    });
  }
  const issuedAt = clock.now();
  const refreshSeconds = seconds(body.refresh_token_expires_in);
  const scopes = textOf(body.scope)?.split(/\s+/).filter((scope) => scope !== "");
  return {
    accessToken,
    refreshToken,
    issuedAt,
    expiresAt: issuedAt + (seconds(body.expires_in) ?? DEFAULT_LIFETIME) * 1_000,
    ...(refreshSeconds === undefined ? {} : { refreshExpiresAt: issuedAt + refreshSeconds * 1_000 }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

/** What the server says is quoted, shortened, and without anything that looks like a secret. */
function refused(secrets: Secrets, path: string, { status, body }: FormAnswer): UpstreamError {
  if (![400, 401, 403].includes(status)) return unavailable(path, `answered ${status}`, { status });
  const reasons = reasonsOf(body);
  const reason = secrets.redact(reasons.join("; ")).slice(0, MAX_REASON);
  const isClient = reasons.some((text) => /\b(?:invalid|unauthorized)_client\b|client[ _-]?(?:id|secret)/i.test(text));
  return new UpstreamError(`Cannot get an access token: ${path} answered ${status}${reason && `: ${reason}`}`, {
    code: isClient ? "client_refused" : "grant_refused",
    status,
    guidance: isClient
      ? "Check the client id and the client secret against the developer portal."
      : "Log in again: what was presented is expired, revoked or was used before.",
  });
}

/**
 * Renews tokens.
 *
 * @param parts What it needs.
 * @param client The integration or service app that the tokens were granted to.
 * @param refreshToken The refresh token; it may be worthless afterwards.
 * @param signal Ends the request; the outcome is unknown then.
 * @returns The new tokens.
 * @throws {UpstreamError} If the refresh is refused, or no answer can be had; see {@linkcode readGrant}.
 */
export async function refreshTokens(
  parts: OAuthParts,
  { clientId, clientSecret }: OAuthClient,
  refreshToken: string,
  signal?: AbortSignal,
): Promise<TokenGrant> {
  const path = "/access_token";
  parts.secrets.add(clientSecret);
  parts.secrets.add(refreshToken);
  const fields = {
    grant_type: "refresh_token",
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
  const answer = await postForm(parts, { path, fields }, signal);
  try {
    return readGrant(parts, path, answer, refreshToken);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.code !== "grant_refused") throw error;
    const { message, code, status } = error;
    throw new UpstreamError(message, {
      code,
      ...(status === undefined ? {} : { status }),
      guidance: `The refresh token is expired, revoked or was used before. ${PORTAL_STEP}, and use its refresh token.`,
      cause: error,
    });
  }
}

/**
 * Turns the code that a browser brought into tokens.
 *
 * @param parts What it needs.
 * @param client The integration.
 * @param authorization The code, and what proves that it is ours.
 * @param signal Ends the request.
 * @returns The tokens.
 * @throws {UpstreamError} If the code is refused, or no answer can be had; see {@linkcode readGrant}.
 */
export async function exchangeCode(
  parts: OAuthParts,
  { clientId, clientSecret }: OAuthClient,
  { code, redirectUri, verifier }: AuthorizationCode,
  signal?: AbortSignal,
): Promise<TokenGrant> {
  const path = "/access_token";
  for (const secret of [clientSecret, code, verifier]) parts.secrets.add(secret);
  const fields = {
    grant_type: "authorization_code",
    client_id: clientId,
    // Webex demands it beside the PKCE verifier.
    client_secret: clientSecret,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  return readGrant(parts, path, await postForm(parts, { path, fields }, signal));
}
