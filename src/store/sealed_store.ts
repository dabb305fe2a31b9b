/**
 * Wraps a store that others can read: what goes there is sealed, under names that tell nothing.
 *
 * @module
 */

import { type Bytes, createCipherBox } from "../core/cipher_box.ts";
import { createHiddenNames } from "./hidden_names.ts";
import type { Listed, Rate, Store } from "./store.ts";

/**
 * Seals what goes into a store.
 *
 * Each value is bound to its name, so that nobody can put one in the place of another. What doesn't open counts as absent.
 *
 * @param store Where everything is kept.
 * @param keys At least one, 32 bytes each: the first seals, all open.
 * @returns The store as it is used.
 */
export function sealedStore(store: Store, keys: readonly Bytes[]): Store {
  const box = createCipherBox(keys, "store");
  const names = createHiddenNames(keys);
  const valueContext = (key: string) => JSON.stringify(["value", key]);
  const noteContext = (list: string) => JSON.stringify(["note", list]);

  async function read(key: string): Promise<Bytes | undefined> {
    for (const name of await names.all(key)) {
      const sealed = await store.read(name);
      const value = sealed === undefined ? undefined : await box.open(sealed, valueContext(key));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  async function anywhere(key: string, work: (name: string) => Promise<boolean>): Promise<boolean> {
    const done = await Promise.all((await names.all(key)).map(work));
    return done.includes(true);
  }

  /** While a key is exchanged, replicas with the old keys and with the new ones must not both be the first. */
  async function claim(key: string, ttlMs: number): Promise<boolean> {
    for (const name of await names.all(key)) if (!await store.claim(name, ttlMs)) return false;
    return true;
  }

  async function members(list: string): Promise<readonly Listed[]> {
    const found = await Promise.all((await names.all(list)).map((name) => store.members(name)));
    const opened = found.flat().map(async ({ note, leftMs }) => {
      const plain = await box.open(note, noteContext(list));
      return plain === undefined ? [] : [{ note: plain, leftMs }];
    });
    return (await Promise.all(opened)).flat().sort((a, b) => a.leftMs - b.leftMs);
  }

  return {
    isShared: store.isShared,
    read,
    async write(key, value, ttlMs) {
      await store.write(await names.current(key), await box.seal(value, valueContext(key)), ttlMs);
    },
    extend: (key, ttlMs) => anywhere(key, (name) => store.extend(name, ttlMs)),
    async remove(key) {
      await Promise.all((await names.all(key)).map((name) => store.remove(name)));
    },
    present: (keys) =>
      Promise.all(keys.map((key) => anywhere(key, async (name) => (await store.present([name]))[0] === true))),
    claim,
    epoch: () => store.epoch(),
    take: async (key: string, rate: Rate) => await store.take(await names.current(key), rate),
    async add(list, member, note, ttlMs) {
      const sealed = await box.seal(note, noteContext(list));
      await store.add(await names.current(list), await names.current(`${list} ${member}`), sealed, ttlMs);
    },
    async drop(list, member) {
      const [lists, members] = [await names.all(list), await names.all(`${list} ${member}`)];
      await Promise.all(lists.map((name, index) => store.drop(name, members[index] ?? "")));
    },
    members,
    ping: () => store.ping(),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store.close(),
  };
}
