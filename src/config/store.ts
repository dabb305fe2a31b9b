/**
 * Where the state is that outlives a call.
 *
 * @module
 */

import { UsageError } from "../core/errors.ts";
import { readRedisAddress } from "../store/redis_address.ts";
import { HTTP_FLAGS } from "./http_flags.ts";
import type { Given } from "./settings.ts";

/** A store that several servers share. */
export interface StoreConfig {
  /** `redis://` or `rediss://`; it may hold a password. */
  readonly url: string;
  readonly passwordFile?: string;
}

/** The state of the server beyond one call. */
export interface StateConfig {
  /** The file of the keys that tokens, and the content of the store, are sealed with. */
  readonly keyFile?: string;
  readonly store?: StoreConfig;
}

/** What was given for it. */
export interface StateSettings {
  readonly url: Given | undefined;
  readonly keyFile: Given | undefined;
  readonly passwordFile: string | undefined;
}

function urlOf({ text, source }: Given): string {
  const { password } = readRedisAddress(text.trim());
  if (password !== undefined && source !== HTTP_FLAGS.store.environment) {
    throw new UsageError(`Cannot use ${source}: it holds a password`, {
      code: "secret_in_view",
      guidance:
        `Others can read it there: set ${HTTP_FLAGS.store.environment}, or name a file in WEBEX_MCP_STORE_PASSWORD_FILE.`,
    });
  }
  return text.trim();
}

/**
 * Reads where the state is. A key alone is good for tokens that outlive a restart; a store alone would show others what is
 * in it.
 *
 * @param settings What was given.
 * @returns The state; empty where it ends with the process.
 * @throws {UsageError} If the address is none, shows a password, or has no key beside it.
 */
export function stateConfigOf({ url, keyFile, passwordFile }: StateSettings): StateConfig {
  const key = keyFile === undefined ? {} : { keyFile: keyFile.text };
  if (url === undefined) return Object.freeze(key);
  const store = { url: urlOf(url), ...(passwordFile === undefined ? {} : { passwordFile }) };
  if (keyFile !== undefined) return Object.freeze({ ...key, store: Object.freeze(store) });
  throw new UsageError(`Cannot use ${url.source} without ${HTTP_FLAGS.keyFile.name}`, {
    code: "store_without_key",
    guidance: 'Make a key with "openssl rand -base64 32 > key", and give all servers of the store the same file.',
  });
}
