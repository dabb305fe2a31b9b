/**
 * Follows the `Link` header (RFC 8288) from one page of a list to the next, and mends what Webex gets wrong in it.
 *
 * @module
 */

/** Where a list goes on. */
export interface NextLink {
  /** The next page; absent on the last one, and where the address cannot be used. */
  readonly next?: URL;
  /** Why there is no next page although the header announces one; one sentence without a period. */
  readonly problem?: string;
}

/** Keys that mark a place in a list: what the next link says of them counts, even if it says nothing. */
const PLACE_KEYS = new Set([
  "after",
  "before",
  "cursor",
  "nextpagetoken",
  "offset",
  "page",
  "pagetoken",
  "start",
  "startindex",
  "starttimefornextfetch",
  "token",
  "totalcount",
]);

const NOTHING_REGEXP = /^(null|undefined|nan)?$/i;
/** Some addresses begin with the scheme twice: `https,https://…`. */
const JUNK_REGEXP = /^\s*(?:https?\s*,\s*)+(?=https?:)/i;
const PARAMETER_REGEXP = /([\w*-]+)\s*(?:=\s*("[^"]*"?|'[^']*'?|[^;,>\s]*))?/g;
const MAX_HEADER_LENGTH = 32_768;

interface Pair {
  readonly key: string;
  readonly value: string;
  /** As it stands in the query. */
  readonly raw: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function pairsOf(search: string): Pair[] {
  return search.replace(/^\?/, "").split("&").filter((raw) => raw !== "").map((raw) => {
    const [, key = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(raw) ?? [];
    return { key: decode(key), value: decode(value), raw };
  });
}

/** The first parameter of the name counts (RFC 8288, section 3.3); a quoted value may hold anything, other names too. */
function isNext(parameters: string): boolean {
  for (const [, name = "", value = ""] of parameters.matchAll(PARAMETER_REGEXP)) {
    if (name.toLowerCase() !== "rel") continue;
    return value.replace(/["']/g, "").toLowerCase().split(/\s+/).includes("next");
  }
  return false;
}

/** The text between the angle brackets of the link to the next page; there can be too many of them, as `<<url>;rel="next">`. */
function targetOf(header: string): string | undefined {
  for (const link of header.slice(0, MAX_HEADER_LENGTH).split(/,\s*(?=<)/)) {
    const [, target, parameters] = /^\s*<[<\s]*([^<>]*)>(.*)$/s.exec(link) ?? [];
    if (target !== undefined && parameters !== undefined && isNext(parameters)) return target.trim();
  }
  return undefined;
}

/** A link without brackets has no address that anyone can be sure of, but it does announce a page. */
function bareTarget(header: string): string | undefined {
  return !header.includes("<") && isNext(header.slice(0, MAX_HEADER_LENGTH)) ? "" : undefined;
}

/** Written by hand, since changing `searchParams` would spell the whole query anew; cursors travel as they came. */
function mendedSearch(next: URL, current: URL): string {
  const kept = pairsOf(next.search).filter(({ key, value }) => key !== "max" || !NOTHING_REGEXP.test(value));
  const present = new Set(kept.map(({ key }) => key));
  const lost = pairsOf(current.search).filter(({ key }) => !present.has(key) && !PLACE_KEYS.has(key.toLowerCase()));
  const pairs = [...kept, ...lost].map(({ raw }) => raw);
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function unsafe(next: URL, current: URL): string | undefined {
  if (current.protocol === "https:" && next.protocol === "http:") {
    return `Cannot follow the link to the next page: it leads to "${next.origin}" without encryption`;
  }
  if (next.origin !== current.origin) {
    return `Cannot follow the link to the next page: it leads to "${next.origin}", expected "${current.origin}"`;
  }
  return next.username === "" && next.password === ""
    ? undefined
    : "Cannot follow the link to the next page: it holds a user name";
}

/**
 * Finds the page after `current`.
 *
 * The access token travels to this address, so another origin is never followed. Mended are a scheme that is there
 * twice, `max=null`, and filters that got lost; the rest of the query stays as it came, letter by letter.
 *
 * @param header The `Link` header of the page just read.
 * @param current The address that page was read from.
 * @param allowed Decides on an address at the same origin, for example by its path.
 * @returns The next page, or why there is none; empty on the last page.
 */
export function nextLink(header: string | undefined, current: URL, allowed: (url: URL) => boolean): NextLink {
  const target = targetOf(header ?? "") ?? bareTarget(header ?? "");
  if (target === undefined) return {};
  const address = target.replace(JUNK_REGEXP, "");
  if (address === "" || !URL.canParse(address, current)) {
    return { problem: "Cannot follow the link to the next page: it holds no address" };
  }
  const next = new URL(address, current);
  const problem = unsafe(next, current);
  if (problem !== undefined) return { problem };
  next.hash = "";
  next.search = mendedSearch(next, current);
  if (allowed(next)) return { next };
  return { problem: `Cannot follow the link to the next page: it leads to another path, "${next.pathname}"` };
}
