/**
 * Fetches a small JSON object from a host that may be slow, broken or hostile.
 *
 * @module
 */

import { connectionReason } from "../core/connection_reason.ts";
import type { Clock } from "../core/clock.ts";
import { UpstreamError } from "../core/errors.ts";
import type { Fetch } from "../core/fetch.ts";
import { isRecord } from "../core/json.ts";

/** How long one answer may take, in milliseconds. */
const LIMIT_MS = 5_000;
/** Keys and metadata take a few thousand bytes. */
const MAX_BYTES = 256 * 1024;

/** How documents are fetched. */
export interface JsonParts {
  readonly fetch: Fetch;
  readonly clock: Pick<Clock, "sleep">;
}

/** An answer that is an object, or its status where it is not 200. */
export type SmallJson = { readonly value: Readonly<Record<string, unknown>> } | { readonly status: number };

function failure(address: string, reason: string, cause?: unknown): UpstreamError {
  return new UpstreamError(`Cannot use ${address}: ${reason}`, { code: "issuer_unavailable", cause });
}

/** Deno trusts the authorities of Mozilla's list; one of a company is not among them. */
const UNTRUSTED_REGEXP = /UnknownIssuer/;
const UNTRUSTED = " (DENO_CERT or DENO_TLS_CA_STORE=system lets Deno know its authority)";
/** Long enough for what the system says, too short for a page of somebody's. */
const MAX_REASON = 200;

/** An operator has to tell an unknown name from a server that is down, and from an authority that isn't trusted. */
function unreached(cause: unknown): string {
  const reason = connectionReason(cause).slice(0, MAX_REASON);
  return `it could not be reached: ${reason}${UNTRUSTED_REGEXP.test(reason) ? UNTRUSTED : ""}`;
}

async function textOf(response: Response, address: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    // Leaving the loop cancels the stream, so that the rest isn't read.
    if (size > MAX_BYTES) throw failure(address, `more than ${MAX_BYTES} bytes`);
    text += decoder.decode(part, { stream: true });
  }
  return text;
}

async function load(address: string, fetch: Fetch, signal: AbortSignal): Promise<SmallJson> {
  // Following a redirect would let another host decide who is let in.
  const headers = { accept: "application/json" };
  const response = await fetch(new Request(address, { headers, redirect: "manual", signal }));
  if (response.status !== 200) {
    await response.body?.cancel();
    return { status: response.status };
  }
  let value: unknown;
  const text = await textOf(response, address);
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isRecord(value)) return { value };
  throw failure(address, "expected a JSON object");
}

/**
 * Fetches a JSON object, within 5 seconds and 256 KiB, without following redirects.
 *
 * @param address Where it is.
 * @param parts How it is fetched.
 * @returns The object, or another status.
 * @throws {UpstreamError} `issuer_unavailable` if none comes.
 */
export async function fetchSmallJson(address: string, { fetch, clock }: JsonParts): Promise<SmallJson> {
  const end = new AbortController();
  const limit = new AbortController();
  const late = clock.sleep(LIMIT_MS, end.signal).then(() => {
    const error = failure(address, `no whole answer within ${LIMIT_MS / 1000} s`);
    limit.abort(error);
    throw error;
  });
  try {
    return await Promise.race([load(address, fetch, limit.signal), late]);
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    const { host } = new URL(address);
    const isForbidden = cause instanceof Deno.errors.NotCapable;
    const reason = isForbidden ? `the program was started without --allow-net=${host}` : unreached(cause);
    throw failure(address, reason, cause);
  } finally {
    end.abort();
    // Its own end is no failure.
    late.catch(() => {});
  }
}
