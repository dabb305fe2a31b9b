/**
 * A team's server as it is deployed: replicas of the real program that share a real Redis and a file of callers.
 *
 * @module
 */

import { type CallerEntry, formatCallers } from "../../src/access/caller_file.ts";
import { mintToken } from "../../src/access/caller_token.ts";
import type { CallerPolicy } from "../../src/config/caller_policy.ts";
import { freePort } from "./free_port.ts";
import { type HttpProcess, startHttp } from "./http_process.ts";
import { type RedisServer, startRedis } from "./redis.ts";

/** A place for a process, which may end and be started again. */
export interface Replica {
  /** As `127.0.0.1:8081`. */
  readonly address: string;
  /** The address of `/mcp`. */
  readonly url: string;
  /** Its audit trail. */
  readonly audit: string;
  /** The process that is, or was, there. */
  readonly process: HttpProcess;
  /** Starts a process there, after the one before has ended. */
  start(): Promise<void>;
}

/** The server of a team. */
export interface TeamServer extends AsyncDisposable {
  readonly redis: RedisServer;
  readonly replicas: readonly [Replica, Replica];
  /** The callers' tokens, in the order of the policies. */
  readonly tokens: readonly string[];
}

/** How it is started. */
export interface TeamOptions {
  readonly upstream: string;
  /** One caller each. */
  readonly policies: readonly CallerPolicy[];
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

async function makeCallers(path: string, policies: readonly CallerPolicy[]): Promise<string[]> {
  const minted = policies.map(() => mintToken(random));
  const entries = policies.map((policy, index): CallerEntry => {
    const { id = "", hash = "" } = minted[index] ?? {};
    return { name: `caller-${index}`, id, hash, createdAt: Date.now(), policy };
  });
  await Deno.writeTextFile(path, formatCallers(entries), { mode: 0o600 });
  return minted.map(({ token }) => token);
}

async function startReplica(audit: string, options: TeamOptions, flags: readonly string[]): Promise<Replica> {
  const address = `127.0.0.1:${freePort()}`;
  const { upstream, env = {} } = options;
  const start = () => startHttp({ upstream, env, listen: address, flags: [...flags, "--audit", audit] });
  let process = await start();
  return {
    address,
    url: process.url,
    audit,
    get process() {
      return process;
    },
    async start() {
      process = await start();
    },
  };
}

/**
 * Starts it.
 *
 * @param options How it is started.
 * @returns The server; dispose of it.
 */
export async function startTeamServer(options: TeamOptions): Promise<TeamServer> {
  await using stack = new AsyncDisposableStack();
  const directory = await Deno.makeTempDir();
  stack.defer(() => Deno.remove(directory, { recursive: true }));
  const redis = stack.use(await startRedis());
  const [callers, key] = [`${directory}/callers.json`, `${directory}/key`];
  await Deno.writeTextFile(key, `${random(32).toBase64()}\n`, { mode: 0o600 });
  const tokens = await makeCallers(callers, options.policies);
  const shared = ["--store", redis.url, "--key-file", key, "--callers", callers, "--trusted-proxies", "127.0.0.1"];
  const flags = [...shared, ...options.flags ?? []];
  const startAt = async (name: string) => {
    const replica = await startReplica(`${directory}/${name}/audit.jsonl`, options, flags);
    stack.defer(async () => void await replica.process.end());
    return replica;
  };
  const replicas = [await startAt("one"), await startAt("other")] as const;
  const owned = stack.move();
  return { redis, replicas, tokens, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
