/**
 * Where the state is that several servers share.
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
  /** The file of the keys that its content is sealed with. */
  readonly keyFile: string;
}

/** What was given for it. */
export interface StoreSettings {
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
 * Reads where the shared state is.
 *
 * @param settings What was given.
 * @returns The store; `undefined` where none is named.
 * @throws {UsageError} If the address is none, shows a password, or has no key beside it.
 */
export function storeConfigOf({ url, keyFile, passwordFile }: StoreSettings): StoreConfig | undefined {
  if (url === undefined) {
    if (keyFile === undefined) return undefined;
    throw new UsageError(`Cannot use ${keyFile.source} without ${HTTP_FLAGS.store.name}`, {
      code: "key_without_store",
      guidance: "Servers that share a key must share a store, too: it remembers which plans were used.",
    });
  }
  const address = urlOf(url);
  if (keyFile === undefined) {
    throw new UsageError(`Cannot use ${url.source} without ${HTTP_FLAGS.keyFile.name}`, {
      code: "store_without_key",
      guidance: 'Make a key with "openssl rand -base64 32 > key", and give all servers of the store the same file.',
    });
  }
  return Object.freeze({
    url: address,
    keyFile: keyFile.text,
    ...(passwordFile === undefined ? {} : { passwordFile }),
  });
}
