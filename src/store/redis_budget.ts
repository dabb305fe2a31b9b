/**
 * The budget that replicas share, kept by a Redis or Valkey server.
 *
 * @module
 */

import type { Bytes } from "../core/cipher_box.ts";
import { createHiddenNames } from "./hidden_names.ts";
import type { RedisLink } from "./redis_link.ts";
import { ADMIT, HOLD, LEAVE } from "./redis_scripts.ts";
import { KEY_PREFIX } from "./redis_store.ts";
import type { Admission, SharedBudget } from "./shared_budget.ts";

/** Who hasn't asked for so long has left the line, in milliseconds. */
const PATIENCE_MS = 1_000;

function admissionOf(reply: unknown, names: readonly string[]): Admission {
  const [ms = -1, second = 0] = Array.isArray(reply) ? reply.map(Number) : [];
  if (ms === 0) return { kind: "in" };
  const name = names[second - 1];
  return ms < 0 || name === undefined ? { kind: "full", ahead: second } : { kind: "wait", ms, name };
}

/**
 * Makes a budget.
 *
 * @param link The connection; it stays its owner's.
 * @param keys What hides the names, 32 bytes each.
 * @returns The budget.
 */
export function createRedisBudget(link: RedisLink, keys: readonly Bytes[]): SharedBudget {
  const names = createHiddenNames(keys);
  const keyOf = async (kind: string, name: string) => `${KEY_PREFIX}${kind}:${await names.current(name)}`;
  const keysOf = (kind: string, all: readonly string[]) => Promise.all(all.map((name) => keyOf(kind, name)));

  async function laneKeys(lane: string): Promise<readonly string[]> {
    const hidden = await names.current(lane);
    return ["places", "line", "seen"].map((kind) => `${KEY_PREFIX}${kind}:${hidden}`);
  }

  return {
    async admit(lane, holder, { most, leaseMs, pauses = [], windows = [] }) {
      const windowNames = windows.map(({ name }) => name);
      const all = [
        ...await laneKeys(lane),
        ...await keysOf("pause", pauses),
        ...await keysOf("window", windowNames),
      ];
      const rules = windows.flatMap(({ count, spanMs }) => [count, spanMs]);
      const terms = [holder, most, Math.ceil(leaseMs), PATIENCE_MS, pauses.length, ...rules];
      return admissionOf(await link.send("EVAL", ADMIT, all.length, ...all, ...terms), [...pauses, ...windowNames]);
    },
    async leave(lane, holder, uncounted = []) {
      const all = [...await laneKeys(lane), ...await keysOf("window", uncounted)];
      await link.send("EVAL", LEAVE, all.length, ...all, holder);
    },
    async hold(pause, ms) {
      if (ms > 0) await link.send("EVAL", HOLD, 1, await keyOf("pause", pause), Math.ceil(ms));
    },
  };
}
