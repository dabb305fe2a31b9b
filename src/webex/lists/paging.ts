/**
 * Reads lists page by page.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { Clock } from "../../core/clock.ts";
import { type CallContext, DeadlineReached } from "../../core/context.ts";
import { WebexMcpError } from "../../core/errors.ts";
import type { Json } from "../../core/json.ts";
import { isAddressOf } from "./address.ts";
import { emptyIfNone, familyOf } from "./cdr.ts";
import type { Exchange, Outgoing } from "../client.ts";
import { readErrorBody } from "../errors/error_body.ts";
import { endOfWork } from "../limits/call_wait.ts";
import { nextLink } from "./link.ts";
import { itemsAt, listIn, withItems } from "./list_body.ts";
import { endingEarlier, isFollowing, MAX_ITEMS, type PageLimits, stopReason, wantsMore } from "./page_limits.ts";
import { sizedFor } from "./page_size.ts";
import { type PagePosition, Pages } from "./pages.ts";
import { createRegions, type Regions, type Send } from "./region.ts";

/** What is read. */
export interface PagesRequest {
  readonly endpoint: Endpoint;
  readonly context: CallContext;
  readonly limits: PageLimits;
}

/** What was read. */
export interface ListRead {
  /** The answer to the first request; the failure of a later one is told in {@linkcode ListRead.warnings}. */
  readonly answer: Exchange;
  /** The first answer's body; in a list, with the items of all pages that were read. */
  readonly body: Json;
  /** The items of all pages that were read; absent where the answer is no list, or a failure. */
  readonly items?: readonly Json[];
  /** How many pages were read. */
  readonly pages: number;
  /** Nothing is left to read. */
  readonly complete: boolean;
  /** Where the rest begins; absent also where a list is not complete and can't be followed any further. */
  readonly next?: PagePosition;
  /** What a reader of the items must know; a sentence each, without a period. */
  readonly warnings: readonly string[];
}

/** Reads lists, and anything else as one page. */
export interface Pager {
  /**
   * Reads from the beginning. Every GET can be read so: the answer of one that is no list comes as it is.
   *
   * @param request What is read; `first` is its first request.
   * @returns What was read.
   * @throws {WebexMcpError} As the client does, if the first request gets no answer.
   */
  read(request: PagesRequest & { readonly first: Outgoing }): Promise<ListRead>;
  /**
   * Reads on from a position that an earlier reading gave out.
   *
   * @param request What is read; whoever got the position from outside has checked it with `isAddressOf()`.
   * @returns What was read.
   * @throws {WebexMcpError} As the client does, if the first request gets no answer.
   */
  readOn(request: PagesRequest & { readonly position: PagePosition }): Promise<ListRead>;
}

/** What a pager works with. */
export interface PagerOptions {
  /** The client's; the pager remembers the region of its credential. */
  readonly send: Send;
  readonly clock: Clock;
  /** Replaces every base URL; then no other host is called. */
  readonly baseUrl?: string | undefined;
}

/** Set anew for every request, so that a position needn't carry them. */
const USUAL_HEADERS = new Set(["accept", "authorization", "content-type"]);

/** A page as it came. */
interface Found {
  readonly answer: Exchange;
  readonly url: URL;
  readonly warning?: string | undefined;
}

/** What a reading does with its parts. */
interface Reading extends PagesRequest {
  readonly pages: Pages;
  /** Where the items are. */
  readonly key: string | undefined;
  readonly headers: Headers;
  readonly warnings: string[];
  /** When reading must end, in monotonic milliseconds. */
  readonly end: number;
}

interface State {
  readonly next?: PagePosition;
  /** The list goes on where nobody can follow. */
  readonly isCutOff: boolean;
}

/** Collections of others may count by another name, or from 1. */
function countsByStart({ facts, parameters }: Endpoint): boolean {
  return facts.paging?.style === "offset" && parameters.some(({ name, in: at }) => name === "start" && at === "query");
}

function labelOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function isOk({ status, isPage }: Exchange): boolean {
  return status >= 200 && status < 300 && !isPage;
}

function failureText({ answer: { status, isPage, body } }: Found): string {
  const { message } = readErrorBody(body);
  const what = isPage ? "a web page came instead of Webex's answer" : `Webex answered ${status}`;
  return message === undefined ? what : `${what}: ${message}`;
}

/** A header can decide what the items mean, as a time zone does; so later pages need it, too. */
function ownHeaders(headers: Headers): Pick<PagePosition, "headers"> {
  const own = [...headers].filter(([name]) => !USUAL_HEADERS.has(name));
  return own.length === 0 ? {} : { headers: Object.fromEntries(own) };
}

function tellProgress({ pages, limits, context }: Reading): void {
  if (!isFollowing(limits)) return;
  const { items: { length }, count } = pages;
  const message = `Read ${length} item${length === 1 ? "" : "s"} in ${count} page${count === 1 ? "" : "s"}`;
  context.progress({ message, done: length });
}

/** Reads the pages of one client. */
class ListPager implements Pager {
  readonly #regions: Regions;
  readonly #clock: Clock;
  readonly #baseUrl: string | undefined;

  constructor({ send, clock, baseUrl }: PagerOptions) {
    this.#regions = createRegions({ send, baseUrl });
    this.#clock = clock;
    this.#baseUrl = baseUrl;
  }

  read({ first, ...request }: PagesRequest & { readonly first: Outgoing }): Promise<ListRead> {
    const { endpoint, limits } = request;
    const url = isFollowing(limits) ? sizedFor(endpoint, first.url, limits.maxItems) : first.url;
    const family = first.family ?? familyOf(endpoint, false);
    const label = first.label ?? labelOf(endpoint);
    return this.#read(request, { ...first, url, label, ...(family === undefined ? {} : { family }) });
  }

  readOn({ position, ...request }: PagesRequest & { readonly position: PagePosition }): Promise<ListRead> {
    const headers = new Headers({ accept: "application/json", ...position.headers });
    return this.#read(request, this.#later(request.endpoint, new URL(position.url), headers), position);
  }

  #later(endpoint: Endpoint, url: URL, headers: Headers): Outgoing {
    const family = familyOf(endpoint, true);
    return {
      method: "GET",
      url,
      headers,
      kind: "read",
      label: labelOf(endpoint),
      ...(family === undefined ? {} : { family }),
    };
  }

  async #fetch(endpoint: Endpoint, request: Outgoing, context: CallContext): Promise<Found> {
    const { answer, url } = await this.#regions.send(request, context);
    const { answer: meant, note } = emptyIfNone(endpoint, answer);
    return { answer: meant, url, warning: note };
  }

  async #read(request: PagesRequest, first: Outgoing, position?: PagePosition): Promise<ListRead> {
    const { endpoint, limits, context } = request;
    const end = endOfWork(context, this.#clock.monotonic());
    const found = await this.#fetch(endpoint, first, context);
    const { answer } = found;
    const list = isOk(answer) && first.method === "GET" ? listIn(endpoint, answer.body, answer.hasNext) : undefined;
    if (list === undefined) return { answer, body: answer.body, pages: 1, complete: !answer.hasNext, warnings: [] };
    const pages = new Pages({
      maxItems: Math.min(limits.maxItems ?? MAX_ITEMS, MAX_ITEMS),
      isOffset: countsByStart(endpoint),
    }, position?.seen);
    const reading: Reading = { ...request, pages, key: list.key, headers: first.headers, warnings: [], end };
    const begun = this.#add(reading, found, list.items, position?.skip);
    const { next, isCutOff } = await this.#follow(reading, begun);
    return {
      answer,
      body: withItems(answer.body, list.key, pages.items),
      items: pages.items,
      pages: pages.count,
      complete: next === undefined && !isCutOff,
      ...(next === undefined ? {} : { next: { ...next, ...ownHeaders(first.headers) } }),
      warnings: reading.warnings,
    };
  }

  /** Reads the later pages, as far as they are asked for and time and memory allow. */
  async #follow(reading: Reading, begun: State): Promise<State> {
    const { pages, warnings } = reading;
    if (begun.next === undefined || !wantsMore(reading.limits, pages)) return begun;
    using context = endingEarlier(reading.context, reading.end, this.#clock);
    let state = begun;
    while (state.next !== undefined && wantsMore(reading.limits, pages)) {
      const reason = stopReason(pages, reading.end, this.#clock);
      if (reason !== undefined) {
        warnings.push(`Reading stopped after page ${pages.count}: ${reason}`);
        break;
      }
      const found = await this.#findPage(reading, state.next, context);
      if (found === undefined) break;
      const items = itemsAt(found.answer.body, reading.key);
      if (items === undefined) {
        warnings.push(`Page ${pages.count + 1} holds no list in "${reading.key ?? "its body"}": taken as the end`);
        return { isCutOff: false };
      }
      state = this.#add(reading, found, items);
    }
    return state;
  }

  /** A page that can't be read ends the reading; what was read before stays. */
  async #findPage(reading: Reading, { url }: PagePosition, context: CallContext): Promise<Found | undefined> {
    const { endpoint, pages, headers, warnings } = reading;
    const stopped = `Reading stopped after page ${pages.count}`;
    try {
      const found = await this.#fetch(endpoint, this.#later(endpoint, new URL(url), headers), context);
      if (isOk(found.answer)) return found;
      warnings.push(`${stopped}: ${failureText(found)}`);
    } catch (error) {
      if (!(error instanceof WebexMcpError) || error.code === "cancelled") throw error;
      const isLate = context.signal.reason instanceof DeadlineReached;
      warnings.push(`${stopped}: ${isLate ? "the time of the call is up" : error.message}`);
    }
    return undefined;
  }

  #add(reading: Reading, { answer, url, warning }: Found, items: readonly Json[], skip = 0): State {
    const { endpoint, pages, warnings } = reading;
    // An empty page is the end, whatever its link says: some lists announce another page for ever.
    const { next, problem } = items.length === 0
      ? {}
      : nextLink(answer.link, url, (to) => isAddressOf(endpoint, to, this.#baseUrl));
    if (warning !== undefined) warnings.push(warning);
    const step = pages.add({ url, items, skip, next });
    tellProgress(reading);
    if (step.repeated === true) {
      warnings.push(`Webex repeated a page after page ${pages.count - 1}: what comes after it cannot be read`);
      return { isCutOff: true };
    }
    if (step.next !== undefined) return { next: step.next, isCutOff: false };
    if (problem !== undefined) warnings.push(problem);
    return { isCutOff: problem !== undefined };
  }
}

/**
 * Makes a pager.
 *
 * @param options How pages are read.
 * @returns The pager; one for each client, readings run side by side.
 */
export function createPager(options: PagerOptions): Pager {
  return new ListPager(options);
}
