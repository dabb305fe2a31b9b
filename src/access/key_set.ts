/**
 * The issuer's keys, fetched when they are needed, kept for a while, and fetched anew when the issuer has others.
 *
 * @module
 */

import type { JSONWebKeySet, JWK } from "jose";
import type { Clock } from "../core/clock.ts";
import { UpstreamError } from "../core/errors.ts";
import { isRecord } from "../core/json.ts";
import { keysAddress } from "./issuer_metadata.ts";
import { fetchSmallJson, type JsonParts } from "./small_json.ts";

/** Keys that were fetched; those of another fetch are another object. */
export type KeySet = Readonly<JSONWebKeySet>;

/** Gives the issuer's keys. */
export interface KeySource {
  /**
   * @returns The keys, as the issuer had them not long ago.
   * @throws {UpstreamError} If there are none, and none can be had.
   */
  current(): Promise<KeySet>;
  /**
   * Asks for other keys than those, because none of them fits.
   *
   * @param known The keys that don't fit.
   * @returns Other keys, or `undefined` if the issuer was asked a moment ago.
   * @throws {UpstreamError} If the issuer can't be asked.
   */
  after(known: KeySet): Promise<KeySet | undefined>;
}

/** After this time keys are fetched anew, in milliseconds: a key that was withdrawn must not count for ever. */
export const KEYS_FRESH_MS = 600_000;
/** As long as this keys are used while the issuer can't be reached, in milliseconds. */
export const KEYS_STALE_MS = 3_600_000;
/** The issuer is asked no oftener, whatever tokens come, in milliseconds. */
export const KEYS_PAUSE_MS = 10_000;
/** No issuer has more; each costs memory, and nothing should be tried without end. */
const MAX_KEYS = 100;

function isKey(value: unknown): value is JWK {
  return isRecord(value) && typeof value["kty"] === "string";
}

async function fetchKeys(address: string, parts: JsonParts): Promise<KeySet> {
  const refused = (reason: string) =>
    new UpstreamError(`Cannot use ${address}: ${reason}`, { code: "issuer_unavailable" });
  const answer = await fetchSmallJson(address, parts);
  if ("status" in answer) throw refused(`the answer is ${answer.status}`);
  const { keys } = answer.value;
  if (!Array.isArray(keys) || keys.length > MAX_KEYS || !keys.every(isKey)) {
    throw refused(`expected at most ${MAX_KEYS} keys (RFC 7517, section 5)`);
  }
  return { keys };
}

/** What a source of keys works with. */
export interface KeySourceParts extends JsonParts {
  readonly issuer: string;
  /** Where the keys are; absent: the issuer's metadata tells. */
  readonly jwksUri?: string | undefined;
  readonly clock: Clock;
  /** Hears why keys can't be had. */
  readonly onTrouble?: ((error: UpstreamError) => void) | undefined;
}

/** One fetch serves all who wait for it. */
class Keys implements KeySource {
  readonly #parts: KeySourceParts;
  #known: KeySet | undefined;
  #fetchedAt = 0;
  #triedAt = Number.NEGATIVE_INFINITY;
  #trouble: UpstreamError | undefined;
  #fetching: Promise<KeySet> | undefined;

  constructor(parts: KeySourceParts) {
    this.#parts = parts;
  }

  async current(): Promise<KeySet> {
    const age = this.#parts.clock.monotonic() - this.#fetchedAt;
    const known = age < KEYS_STALE_MS ? this.#known : undefined;
    if (known !== undefined && age < KEYS_FRESH_MS) return known;
    try {
      return await this.#fetch();
    } catch (error) {
      if (known === undefined) throw error;
      return known;
    }
  }

  async after(known: KeySet): Promise<KeySet | undefined> {
    if (this.#known !== undefined && this.#known !== known) return this.#known;
    if (this.#fetching !== undefined || !this.#isPausing()) return await this.#fetch();
    if (this.#trouble !== undefined) throw this.#trouble;
    return undefined;
  }

  #isPausing(): boolean {
    return this.#parts.clock.monotonic() - this.#triedAt < KEYS_PAUSE_MS;
  }

  #fetch(): Promise<KeySet> {
    if (this.#fetching !== undefined) return this.#fetching;
    if (this.#trouble !== undefined && this.#isPausing()) return Promise.reject(this.#trouble);
    this.#fetching = this.#fetchNow().finally(() => this.#fetching = undefined);
    return this.#fetching;
  }

  async #fetchNow(): Promise<KeySet> {
    const { issuer, jwksUri, clock, onTrouble } = this.#parts;
    try {
      const keys = await fetchKeys(jwksUri ?? await keysAddress(issuer, this.#parts), this.#parts);
      this.#trouble = undefined;
      this.#fetchedAt = clock.monotonic();
      this.#known = keys;
      return keys;
    } catch (cause) {
      const trouble = cause instanceof UpstreamError
        ? cause
        : new UpstreamError("Cannot fetch the keys of the OAuth issuer", { code: "issuer_unavailable", cause });
      this.#trouble = trouble;
      onTrouble?.(trouble);
      throw trouble;
    } finally {
      this.#triedAt = clock.monotonic();
    }
  }
}

/**
 * Makes a source of an issuer's keys. Nothing is fetched before the first question.
 *
 * Own code, because the library's has no pause after a fetch that failed: while the issuer is down, every token that
 * anybody sends would be one more request to it.
 *
 * @param parts The issuer, and how documents are fetched.
 * @returns The source.
 */
export function createKeySource(parts: KeySourceParts): KeySource {
  return new Keys(parts);
}
