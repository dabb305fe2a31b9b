/**
 * Gathers the pages of a list, and notices when they lead nowhere.
 *
 * @module
 */

import type { Json } from "../../core/json.ts";
import { itemId } from "./list_body.ts";

/** Where a list goes on; it can travel in a sealed token. */
export interface PagePosition {
  /** The address of the page. */
  readonly url: string;
  /** Items at the page's beginning that were given out before. */
  readonly skip?: number;
  /** A mark of the page before, to notice that Webex repeats it. */
  readonly seen?: string;
  /** The headers that the first request had beside the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A page that was read. */
export interface Page {
  readonly url: URL;
  readonly items: readonly Json[];
  /** Items at its beginning to leave out. */
  readonly skip: number;
  /** The page after it. */
  readonly next: URL | undefined;
}

/** What a page adds. */
export interface PageStep {
  /** Where the list goes on; absent at its end, and where it can't be followed. */
  readonly next?: PagePosition;
  /** The page, or the next address, was there before. */
  readonly repeated?: boolean;
}

/** What is gathered of a list. */
export interface GatherLimits {
  /** Items beyond these are left for {@linkcode PageStep.next}. */
  readonly maxItems: number;
  /** Pages are counted off by the query's `start`; any other page is found again by its own address. */
  readonly isOffset: boolean;
}

/** Marks a page: equal pages have equal marks, and different ones hardly ever. */
function markOf(ids: readonly (string | undefined)[], text: string): string {
  const source = ids.every((id) => id !== undefined) ? ids.join("\n") : text;
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < source.length; index++) {
    const code = source.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}

function withStart(url: URL, start: number): string {
  const place = new URL(url);
  place.searchParams.set("start", String(start));
  return place.href;
}

/** The items of a list, as far as they have been read. */
export class Pages {
  readonly items: Json[] = [];
  /** How many pages were read. */
  count = 0;
  /** The length of the items' JSON text, as far as it was needed. */
  characters = 0;
  readonly #limits: GatherLimits;
  readonly #ids = new Set<string>();
  readonly #addresses = new Set<string>();
  readonly #marks = new Set<string>();
  #before: string | undefined;
  #idsIdentify = true;

  /**
   * @param limits How much is gathered.
   * @param before The mark of the page before the first one.
   */
  constructor(limits: GatherLimits, before: string | undefined) {
    this.#limits = limits;
    this.#before = before;
    if (before !== undefined) this.#marks.add(before);
  }

  /**
   * Adds a page.
   *
   * @param page The page.
   * @returns Where the list goes on.
   */
  add(page: Page): PageStep {
    this.count++;
    this.#addresses.add(page.url.href);
    if (this.count === 1 && page.next === undefined && this.#before === undefined) return this.#take(page, []);
    const ids = page.items.map(itemId);
    const text = JSON.stringify(page.items);
    const mark = markOf(ids, text);
    if (this.#isRepeated(ids, mark)) return { repeated: true };
    this.characters += text.length;
    const cut = this.#take(page, ids);
    if (cut.next !== undefined) return cut;
    this.#marks.add(mark);
    this.#before = mark;
    if (page.items.length === 0 || page.next === undefined) return {};
    return this.#addresses.has(page.next.href) ? { repeated: true } : { next: { url: page.next.href, seen: mark } };
  }

  #isRepeated(ids: readonly (string | undefined)[], mark: string): boolean {
    if (ids.length === 0) return false;
    return this.#marks.has(mark) ||
      (this.#idsIdentify && ids.every((id) => id !== undefined && this.#ids.has(id)));
  }

  /** Takes what fits; the position is where the rest of the page begins. */
  #take(page: Page, ids: readonly (string | undefined)[]): PageStep {
    // Where an id occurs twice on a page, it doesn't stand for one thing: such items are all different.
    const known = ids.filter((id) => id !== undefined);
    if (new Set(known).size < known.length) this.#idsIdentify = false;
    for (const id of known.length === 0 ? [] : ids.slice(0, page.skip)) if (id !== undefined) this.#ids.add(id);
    for (let index = page.skip; index < page.items.length; index++) {
      const [item, id] = [page.items[index], ids[index]];
      if (this.items.length >= this.#limits.maxItems) return { next: this.#within(page, index) };
      if (item === undefined || (this.#idsIdentify && id !== undefined && this.#ids.has(id))) continue;
      if (id !== undefined) this.#ids.add(id);
      this.items.push(item);
    }
    return {};
  }

  #within({ url }: Page, index: number): PagePosition {
    const seen = this.#before === undefined ? {} : { seen: this.#before };
    if (!this.#limits.isOffset) return { url: url.href, skip: index, ...seen };
    const start = Number(url.searchParams.get("start") ?? 0);
    return { url: withStart(url, (Number.isInteger(start) ? start : 0) + index), ...seen };
  }
}
