/**
 * The store that replicas share: a Redis or Valkey server.
 *
 * @module
 */

import type { Bytes } from "../core/cipher_box.ts";
import type { Part, RedisLink } from "./redis_link.ts";
import { ADD, DROP, EPOCH, MEMBERS, TAKE } from "./redis_scripts.ts";
import type { Listed, Store } from "./store.ts";

/** The beginning of all keys, so that the server may serve others, too. */
export const KEY_PREFIX = "wxm:";

function bytesOf(reply: unknown): Bytes | undefined {
  return reply instanceof Uint8Array ? new Uint8Array(reply) : undefined;
}

function listedOf(reply: unknown): readonly Listed[] {
  if (!Array.isArray(reply)) return [];
  const listed: Listed[] = [];
  for (let index = 0; index < reply.length; index += 2) {
    const note = bytesOf(reply[index]);
    if (note !== undefined) listed.push({ note, leftMs: Number(reply[index + 1]) });
  }
  return listed;
}

/**
 * Makes a store of a server.
 *
 * @param link The connection; the store ends it.
 * @returns The store; names and values go there as they are, so it is to be wrapped by `sealedStore()`.
 */
export function createRedisStore(link: RedisLink): Store {
  const value = (key: string) => `${KEY_PREFIX}value:${key}`;
  const script = (text: string, keys: readonly string[], ...parts: readonly Part[]) =>
    link.send("EVAL", text, keys.length, ...keys, ...parts);
  const listKeys = (list: string) => [`${KEY_PREFIX}list:${list}`, `${KEY_PREFIX}notes:${list}`];

  return {
    isShared: true,
    read: async (key) => bytesOf(await link.send("GET", value(key))),
    async write(key, bytes, ttlMs) {
      await link.send("SET", value(key), bytes, "PX", Math.ceil(ttlMs));
    },
    extend: async (key, ttlMs) => Number(await link.send("PEXPIRE", value(key), Math.ceil(ttlMs))) === 1,
    async remove(key) {
      await link.send("DEL", value(key));
    },
    present: (keys) => Promise.all(keys.map(async (key) => Number(await link.send("EXISTS", value(key))) === 1)),
    claim: async (key, ttlMs) =>
      await link.send("SET", `${KEY_PREFIX}claim:${key}`, 1, "NX", "PX", Math.ceil(ttlMs)) !== null,
    epoch: async () => String(await script(EPOCH, [`${KEY_PREFIX}epoch`], crypto.randomUUID())),
    take: async (key, { capacity, perSecond }) =>
      Number(await script(TAKE, [`${KEY_PREFIX}bucket:${key}`], capacity, perSecond / 1000)),
    async add(list, member, note, ttlMs) {
      await script(ADD, listKeys(list), member, note, Math.ceil(ttlMs));
    },
    async drop(list, member) {
      await script(DROP, listKeys(list), member);
    },
    members: async (list) => listedOf(await script(MEMBERS, listKeys(list))),
    ping: () => link.ping(),
    close: () => link.close(),
    [Symbol.asyncDispose]: () => link.close(),
  };
}
