/**
 * Results that were too long to be shown whole, kept for a while so that the rest can be read.
 *
 * @module
 */

import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Clock } from "../../core/clock.ts";

/** A kept result, without its text. */
export interface KeptResult {
  /** 128 random bits, url-safe. */
  readonly id: string;
  /** `webex://results/<id>`. */
  readonly uri: string;
  /** The tool that it came from. */
  readonly tool: string;
  /** The length of its JSON text in bytes. */
  readonly bytes: number;
  /** When it was kept, in milliseconds since 1970. */
  readonly keptAt: number;
  /** Until when it can be read, in milliseconds since 1970; each reading puts it off. */
  readonly expiresAt: number;
}

/** Keeps results within bounds: the one that was not read for longest goes first. */
export interface ResultStore {
  /**
   * Keeps a result.
   *
   * @param text Its JSON text.
   * @param tool The tool that it came from.
   * @returns What was kept; `undefined` if it is too large.
   */
  put(text: string, tool: string): KeptResult | undefined;
  /**
   * Reads a result, and puts its expiry off.
   *
   * @param handle Its id or URI.
   * @returns The result; `undefined` if there is none, or no longer.
   */
  get(handle: string): (KeptResult & { readonly text: string }) | undefined;
  /** @returns All that can be read now, the newest first. */
  list(): readonly KeptResult[];
}

/** What a store works with. */
export interface ResultStoreOptions {
  readonly clock: Clock;
  /** Fills an array with random bytes. Default: the computer's own randomness. */
  readonly random?: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The memory that all of them may take. Default: 64 MiB. */
  readonly maxBytes?: number;
  /** How long a result is kept after it was last read. Default: 30 minutes. */
  readonly ttlMs?: number;
  /** Default: 200. */
  readonly maxEntries?: number;
}

/** The beginning of each result's URI. */
export const RESULT_URI = "webex://results/";

/** Smaller texts are kept as they are. */
const MIN_DEFLATED = 16 * 1024;

/** One result may take this share of the memory. */
const MAX_SHARE = 1 / 4;

/** One text may be this many times as long as the memory: deflated, it takes a third or less. */
const MAX_LENGTH = 2;

interface Entry extends KeptResult {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly deflated: boolean;
}

function described({ id, uri, tool, bytes, keptAt, expiresAt }: Entry): KeptResult {
  return { id, uri, tool, bytes, keptAt, expiresAt };
}

function pack(text: string): Pick<Entry, "bytes" | "content" | "deflated"> {
  const plain = new TextEncoder().encode(text);
  if (plain.length < MIN_DEFLATED) return { bytes: plain.length, content: plain, deflated: false };
  // The lowest level takes 5 ms a megabyte; answers repeat their names so much that it is enough.
  const content = new Uint8Array(deflateRawSync(plain, { level: 1 }));
  return { bytes: plain.length, content, deflated: true };
}

function unpack({ content, deflated }: Entry): string {
  return new TextDecoder().decode(deflated ? inflateRawSync(content) : content);
}

class Shelf implements ResultStore {
  /** In the order in which they were last read. */
  readonly #entries = new Map<string, Entry>();
  #used = 0;

  constructor(readonly limits: Required<ResultStoreOptions>) {}

  put(text: string, tool: string): KeptResult | undefined {
    const { clock, random, maxBytes, ttlMs } = this.limits;
    this.#dropExpired();
    if (text.length > maxBytes * MAX_LENGTH) return undefined;
    const packed = pack(text);
    if (packed.content.length > maxBytes * MAX_SHARE) return undefined;
    this.#makeRoom(packed.content.length);
    const bytes = new Uint8Array(16);
    random(bytes);
    const id = bytes.toBase64({ alphabet: "base64url", omitPadding: true });
    const keptAt = clock.now();
    const entry: Entry = { id, uri: RESULT_URI + id, tool, keptAt, expiresAt: keptAt + ttlMs, ...packed };
    this.#entries.set(id, entry);
    this.#used += packed.content.length;
    return described(entry);
  }

  get(handle: string): (KeptResult & { readonly text: string }) | undefined {
    this.#dropExpired();
    const id = handle.startsWith(RESULT_URI) ? handle.slice(RESULT_URI.length) : handle;
    const found = this.#entries.get(id);
    if (found === undefined) return undefined;
    const entry = { ...found, expiresAt: this.limits.clock.now() + this.limits.ttlMs };
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return { ...described(entry), text: unpack(entry) };
  }

  list(): readonly KeptResult[] {
    this.#dropExpired();
    return [...this.#entries.values()].map(described).sort((a, b) => b.keptAt - a.keptAt);
  }

  #drop(id: string): void {
    this.#used -= this.#entries.get(id)?.content.length ?? 0;
    this.#entries.delete(id);
  }

  #dropExpired(): void {
    const now = this.limits.clock.now();
    for (const { id, expiresAt } of this.#entries.values()) if (expiresAt <= now) this.#drop(id);
  }

  #makeRoom(bytes: number): void {
    for (const id of this.#entries.keys()) {
      if (this.#used + bytes <= this.limits.maxBytes && this.#entries.size < this.limits.maxEntries) return;
      this.#drop(id);
    }
  }
}

/**
 * Makes a store.
 *
 * @param options What it works with.
 * @returns An empty store.
 */
export function createResultStore(options: ResultStoreOptions): ResultStore {
  return new Shelf({
    random: (bytes) => void crypto.getRandomValues(bytes),
    maxBytes: 64 * 1024 * 1024,
    ttlMs: 30 * 60_000,
    maxEntries: 200,
    ...options,
  });
}
