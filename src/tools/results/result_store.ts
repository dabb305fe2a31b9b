/**
 * Results that were too long to be shown whole, kept for a while so that the rest can be read.
 *
 * @module
 */

import type { Clock } from "../../core/clock.ts";
import type { Store } from "../../store/store.ts";
import { type Label, packText, readLabel, readLabelled, writeLabel, writeLabelled } from "./packed_text.ts";

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

/**
 * Keeps the results of one owner within bounds: the one that was not read for longest goes first. Nobody else can read,
 * list or count them.
 *
 * Every method throws a `StoreError` if the store can't be asked.
 */
export interface ResultStore {
  /**
   * Keeps a result.
   *
   * @param text Its JSON text.
   * @param tool The tool that it came from.
   * @returns What was kept; `undefined` if it is too large.
   */
  put(text: string, tool: string): Promise<KeptResult | undefined>;
  /**
   * Reads a result, and puts its expiry off.
   *
   * @param handle Its id or URI.
   * @returns The result; `undefined` if there is none, or no longer.
   */
  get(handle: string): Promise<(KeptResult & { readonly text: string }) | undefined>;
  /** @returns All that can be read now, the newest first. */
  list(): Promise<readonly KeptResult[]>;
}

/** What a store of results works with. */
export interface ResultStoreOptions {
  /** Where the results are kept; seals them where others could read them. */
  readonly store: Store;
  /** Whose they are. */
  readonly owner: string;
  readonly clock: Clock;
  /** Fills an array with random bytes. Default: the computer's own randomness. */
  readonly random?: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The room that all of the owner's may take. Default: 64 MiB. */
  readonly maxBytes?: number;
  /** How long a result is kept after it was last read. Default: 30 minutes. */
  readonly ttlMs?: number;
  /** Default: 200. */
  readonly maxEntries?: number;
}

/** The beginning of each result's URI. */
export const RESULT_URI = "webex://results/";

/** One result may take this share of the room. */
const MAX_SHARE = 1 / 4;

/** One text may be this many times as long as the room: deflated, it takes a third or less. */
const MAX_LENGTH = 2;

/** Nothing else can be one of ours, and what a client made up is not looked up. */
const ID_REGEXP = /^[\w-]{22}$/;

class Shelf implements ResultStore {
  readonly #list: string;

  constructor(readonly options: Required<ResultStoreOptions>) {
    this.#list = JSON.stringify(["results", options.owner]);
  }

  async put(text: string, tool: string): Promise<KeptResult | undefined> {
    const { store, clock, random, maxBytes, ttlMs } = this.options;
    if (text.length > maxBytes * MAX_LENGTH) return undefined;
    const { bytes, content } = packText(text);
    const size = content.length;
    if (size > maxBytes * MAX_SHARE) return undefined;
    await this.#makeRoom(size);
    const drawn = new Uint8Array(16);
    random(drawn);
    const id = drawn.toBase64({ alphabet: "base64url", omitPadding: true });
    const label: Label = { id, tool, bytes, size, keptAt: clock.now() };
    await store.write(this.#key(id), writeLabelled(label, content), ttlMs);
    await store.add(this.#list, id, writeLabel(label), ttlMs);
    return this.#described(label, ttlMs);
  }

  async get(handle: string): Promise<(KeptResult & { readonly text: string }) | undefined> {
    const { store, ttlMs } = this.options;
    const id = handle.startsWith(RESULT_URI) ? handle.slice(RESULT_URI.length) : handle;
    if (!ID_REGEXP.test(id)) return undefined;
    const stored = await store.read(this.#key(id));
    const found = stored === undefined ? undefined : readLabelled(stored);
    if (found === undefined) return undefined;
    await Promise.all([
      store.extend(this.#key(id), ttlMs),
      store.add(this.#list, id, writeLabel(found), ttlMs),
    ]);
    return { ...this.#described(found, ttlMs), text: found.text };
  }

  async list(): Promise<readonly KeptResult[]> {
    const entries = await this.#entries();
    // The store may have needed the room for others' values.
    const present = await this.options.store.present(entries.map(({ label }) => this.#key(label.id)));
    return entries.filter((_, index) => present[index]).map(({ label, leftMs }) => this.#described(label, leftMs))
      .sort((a, b) => b.keptAt - a.keptAt);
  }

  /** An owner's name in the key keeps others from reading with an id that they came by. */
  #key(id: string): string {
    return JSON.stringify(["result", this.options.owner, id]);
  }

  #described({ id, tool, bytes, keptAt }: Label, leftMs: number): KeptResult {
    return { id, uri: RESULT_URI + id, tool, bytes, keptAt, expiresAt: this.options.clock.now() + leftMs };
  }

  /** In the order in which they were last read. */
  async #entries(): Promise<{ readonly label: Label; readonly leftMs: number }[]> {
    const entries = new Map<string, { readonly label: Label; readonly leftMs: number }>();
    for (const { note, leftMs } of await this.options.store.members(this.#list)) {
      const label = readLabel(note);
      if (label !== undefined) entries.set(label.id, { label, leftMs });
    }
    return [...entries.values()];
  }

  async #makeRoom(size: number): Promise<void> {
    const { store, maxBytes, maxEntries } = this.options;
    const entries = await this.#entries();
    let used = entries.reduce((sum, { label }) => sum + label.size, size);
    const gone: string[] = [];
    for (const { label } of entries) {
      if (used <= maxBytes && entries.length - gone.length < maxEntries) break;
      used -= label.size;
      gone.push(label.id);
    }
    await Promise.all(gone.flatMap((id) => [store.remove(this.#key(id)), store.drop(this.#list, id)]));
  }
}

/**
 * Makes a store of one owner's results.
 *
 * @param options What it works with.
 * @returns What the owner kept.
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
