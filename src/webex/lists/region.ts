/**
 * Finds the region that holds an organization's call records.
 *
 * The general host of the call records leads to the nearest region; one without the organization's data answers 451 and
 * names the right host in its message, in several wordings.
 *
 * @module
 */

import type { CallContext } from "../../core/context.ts";
import type { Json } from "../../core/json.ts";
import type { Exchange, Outgoing } from "../client.ts";
import { CDR_HOSTS } from "../requests/hosts.ts";

/** Sends a request, as the client does. */
export type Send = (request: Outgoing, context: CallContext) => Promise<Exchange>;

/** An answer, and where it came from. */
export interface Located {
  readonly answer: Exchange;
  /** The address that answered: not the one that was asked, if another region was responsible. */
  readonly url: URL;
}

/** Sends requests to the region that can answer them; one for each credential, whose region it remembers. */
export interface Regions {
  /**
   * @param request The request; one that isn't about call records is sent as it is.
   * @param context The call's limits.
   * @returns The answer; a 451 stays one where it names no host of Webex's call records.
   */
  send(request: Outgoing, context: CallContext): Promise<Located>;
}

/** What the search for regions works with. */
export interface RegionsOptions {
  readonly send: Send;
  /** Replaces every base URL; then no other host is called. */
  readonly baseUrl?: string | undefined;
}

const UNAVAILABLE_FOR_LEGAL_REASONS = 451;
const HOST_REGEXP = /[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/gi;

/**
 * Reads the right region out of the body of a 451.
 *
 * @param body The body, whatever its shape.
 * @param asked The host that answered it.
 * @returns Another host of the call records, or `undefined`; no other host is ever returned.
 */
export function regionIn(body: Json, asked: string): string | undefined {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  // Whole names only: "analytics-calling.webexapis.com.example" is one name, and not on the list.
  const names = text.match(HOST_REGEXP) ?? [];
  return names.map((name) => name.toLowerCase()).find((name) => name !== asked && CDR_HOSTS.includes(name));
}

/**
 * Moves an address to another host.
 *
 * @param url The address; its path and query stay.
 * @param host The host.
 * @returns The address there, with `/v1` once.
 */
export function movedTo(url: URL, host: string): URL {
  const path = url.pathname.replace(/^(?:\/v1(?=\/|$))+/, "");
  return new URL(`https://${host}/v1${path}${url.search}`);
}

/** Other families share a host with these, but not their regions. */
function isCallRecords({ host, pathname }: URL): boolean {
  return CDR_HOSTS.includes(host) && /\/cdr_[^/]*\/?$/.test(pathname);
}

/**
 * Makes what finds the region.
 *
 * @param options How requests are sent.
 * @returns A memory of its own; calls run side by side.
 */
export function createRegions({ send, baseUrl }: RegionsOptions): Regions {
  let home: string | undefined;
  return {
    async send(request, context) {
      if (baseUrl !== undefined || !isCallRecords(request.url)) {
        return { answer: await send(request, context), url: request.url };
      }
      const url = home === undefined ? request.url : movedTo(request.url, home);
      const answer = await send({ ...request, url }, context);
      const region = answer.status === UNAVAILABLE_FOR_LEGAL_REASONS ? regionIn(answer.body, url.host) : undefined;
      if (region === undefined) return { answer, url };
      context.progress({ message: `Asking ${region}: the call records are in that region` });
      const moved = movedTo(url, region);
      // The refused request read nothing; as another initial one, its repetition would have to wait for a minute.
      const repeated = await send({ ...request, url: moved, family: "cdr_follow_up" }, context);
      if (repeated.status !== UNAVAILABLE_FOR_LEGAL_REASONS) home = region;
      return { answer: repeated, url: moved };
    },
  };
}
