/**
 * Gets tokens where the program has no browser: a person types a short code in elsewhere (RFC 8628).
 *
 * @module
 */

import { UpstreamError } from "../../core/errors.ts";
import {
  type FormAnswer,
  type OAuthClient,
  type OAuthParts,
  postForm,
  readGrant,
  reasonsOf,
  type TokenGrant,
} from "./oauth.ts";

/** A grant that waits for a person. */
export interface DeviceGrant {
  /** Secret. */
  readonly deviceCode: string;
  /** What the person types in. */
  readonly userCode: string;
  /** Where the person types it in. */
  readonly verificationUri: string;
  /** The same with the code in it. */
  readonly verificationUriComplete?: string;
  /** When the person must be done, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** How long to wait between questions, in milliseconds. */
  readonly intervalMs: number;
}

const GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
/** RFC 8628, section 3.5: what `slow_down` adds, in milliseconds. */
const SLOW_DOWN_MS = 5_000;
const DEFAULT_INTERVAL_MS = 5_000;
const DEFAULT_LIFETIME_MS = 300_000;

function positive(value: unknown, otherwise: number): number {
  return typeof value === "number" && value > 0 ? value * 1_000 : otherwise;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Only a web address may be shown as one; a terminal would make a link of anything. */
function webAddress(value: unknown): string | undefined {
  const url = URL.parse(text(value) ?? "");
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/**
 * Begins a device grant.
 *
 * @param parts What it needs.
 * @param request The integration's client id, and the scopes that are asked for.
 * @param signal Ends the request.
 * @returns What to show to the person.
 * @throws {UpstreamError} If it is refused, or no answer can be had.
 */
export async function startDeviceGrant(
  parts: OAuthParts,
  { clientId, scopes }: { readonly clientId: string; readonly scopes: readonly string[] },
  signal?: AbortSignal,
): Promise<DeviceGrant> {
  const path = "/device/authorize";
  const answer = await postForm(parts, { path, fields: { client_id: clientId, scope: scopes.join(" ") } }, signal);
  const { status, body } = answer;
  const deviceCode = text(body.device_code);
  const userCode = text(body.user_code);
  const verificationUri = webAddress(body.verification_uri);
  if (deviceCode === undefined || userCode === undefined || verificationUri === undefined) {
    throw cannotStart(parts, status, reasonsOf(body));
  }
  parts.secrets.add(deviceCode);
  const complete = webAddress(body.verification_uri_complete);
  return {
    deviceCode,
    userCode,
    verificationUri,
    ...(complete === undefined ? {} : { verificationUriComplete: complete }),
    expiresAt: parts.clock.now() + positive(body.expires_in, DEFAULT_LIFETIME_MS),
    intervalMs: positive(body.interval, DEFAULT_INTERVAL_MS),
  };
}

function cannotStart({ secrets }: OAuthParts, status: number, reasons: readonly string[]): UpstreamError {
  const reason = secrets.redact(reasons.join("; ")).slice(0, 200);
  return new UpstreamError(`Cannot start a device login: Webex answered ${status}${reason && `: ${reason}`}`, {
    code: "device_login_refused",
    status,
    guidance:
      "Check the client id and the scopes. For this login the integration must have the helper redirect addresses registered: " +
      "https://oauth-helper-a.wbx2.com/helperservice/v1/actions/device/callback, and the same with -r, -k and -d.",
  });
}

type Step = "wait" | "slow_down" | "denied" | "expired" | "limit" | "final";

/** Pending is 428 at Webex and an error of its own name in the RFC; a gateway's failure is worth another question. */
function stepOf({ status, body }: FormAnswer): Step {
  const reasons = reasonsOf(body).join(" ");
  if (/slow_down/i.test(reasons) || status === 429) return "slow_down";
  if (status === 428 || /authorization_pending/i.test(reasons) || status >= 500) return "wait";
  if (/access_denied/i.test(reasons)) return "denied";
  if (/expired_token/i.test(reasons)) return "expired";
  return /tokenlimit_reached/i.test(reasons) ? "limit" : "final";
}

const ENDS: Readonly<Record<"denied" | "expired" | "limit", readonly [code: string, what: string, guidance: string]>> =
  {
    denied: ["device_login_denied", "the person refused", "Log in again and accept."],
    expired: ["device_login_expired", "nobody entered the code in time", "Log in again and enter the code sooner."],
    limit: [
      "token_limit_reached",
      "the person has too many tokens of this integration",
      "Revoke old authorizations of the integration at https://idbroker.webex.com/idb/profile, then log in again.",
    ],
  };

function ended(end: keyof typeof ENDS): UpstreamError {
  const [code, what, guidance] = ENDS[end];
  return new UpstreamError(`Cannot log in: ${what}`, { code, guidance });
}

/** No answer at all may pass, too: a laptop sleeps while its owner looks for the telephone. */
async function ask(
  parts: OAuthParts,
  client: OAuthClient,
  deviceCode: string,
  signal?: AbortSignal,
): Promise<FormAnswer> {
  const fields = { grant_type: GRANT_TYPE, client_id: client.clientId, device_code: deviceCode };
  try {
    return await postForm(parts, { path: "/device/token", fields, client }, signal);
  } catch (error) {
    if (error instanceof UpstreamError && error.code === "token_endpoint_unavailable") return { status: 503, body: {} };
    throw error;
  }
}

/**
 * Waits until the person has entered the code.
 *
 * @param parts What it needs.
 * @param client The integration.
 * @param grant What {@linkcode startDeviceGrant} gave.
 * @param signal Ends the waiting with its reason.
 * @returns The tokens.
 * @throws {UpstreamError} `device_login_denied`, `device_login_expired`, `token_limit_reached`, or what
 * {@linkcode readGrant} throws.
 */
export async function pollDeviceGrant(
  parts: OAuthParts,
  client: OAuthClient,
  { deviceCode, expiresAt, intervalMs }: DeviceGrant,
  signal?: AbortSignal,
): Promise<TokenGrant> {
  let interval = intervalMs;
  for (;;) {
    await parts.clock.sleep(interval, signal);
    if (parts.clock.now() >= expiresAt) throw ended("expired");
    const answer = await ask(parts, client, deviceCode, signal);
    const step = stepOf(answer);
    if (step === "slow_down") interval += SLOW_DOWN_MS;
    else if (step === "final") return readGrant(parts, "/device/token", answer);
    else if (step !== "wait") throw ended(step);
  }
}
