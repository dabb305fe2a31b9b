/**
 * What credentials need, without disk, network or time: everything is in memory, and everything written is kept.
 *
 * @module
 */

import type { Fetch } from "../../src/core/fetch.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import type { GrantOptions } from "../../src/sandbox/grants.ts";
import type { CredentialParts, Run } from "../../src/webex/credential/credential.ts";
import type { CredentialFiles } from "../../src/webex/credential/credential_files.ts";
import { FakeClock } from "./fake_clock.ts";

/** Where the fake network is. */
export const BASE_URL = "https://webexapis.com/v1";

/** Files in memory; a test may change them, and say what cannot be done. */
export interface MemoryFiles extends CredentialFiles {
  readonly texts: Map<string, string>;
  readonly modes: Map<string, number>;
  /** Called before each access; throws where it shall fail. */
  before: (action: "read" | "write" | "lock", path: string) => void;
}

/** Makes files in memory, whose locks are kept as on a disk. */
export function memoryFiles(): MemoryFiles {
  const texts = new Map<string, string>();
  const modes = new Map<string, number>();
  const locks = new Map<string, Promise<unknown>>();
  const files: MemoryFiles = {
    texts,
    modes,
    before: () => {},
    async readTextFile(path) {
      await Promise.resolve();
      files.before("read", path);
      const text = texts.get(path);
      if (text === undefined) throw new Deno.errors.NotFound(path);
      return text;
    },
    stat: (path) => Promise.resolve(texts.has(path) ? { mode: modes.get(path) ?? 0o600 } : undefined),
    async writeAtomically(path, text) {
      await Promise.resolve();
      files.before("write", path);
      texts.set(path, text);
    },
    async withLock(path, work) {
      const earlier = locks.get(path);
      const { promise, resolve } = Promise.withResolvers<void>();
      locks.set(path, promise);
      await earlier;
      try {
        files.before("lock", path);
        return await work();
      } finally {
        resolve();
      }
    },
    remove: (path) => Promise.resolve(texts.delete(path)),
  };
  return files;
}

/** The parts, and what a test looks at. */
export interface FakeParts extends CredentialParts {
  readonly clock: FakeClock;
  readonly files: MemoryFiles;
  readonly sandbox: Sandbox;
  /** The lines of the log. */
  readonly lines: string[];
  /** The paths that were asked for on the network. */
  requests(path: string): number;
}

/** What differs from the usual. */
export interface Differences {
  readonly grants?: GrantOptions;
  readonly run?: Run;
  readonly fetch?: (fetch: Fetch) => Fetch;
}

/**
 * Makes parts around a fresh sandbox that answers nothing but what is about tokens.
 *
 * @param differences What differs from the usual.
 */
export function fakeParts({ grants = {}, run, fetch }: Differences = {}): FakeParts {
  const clock = new FakeClock();
  const sandbox = createSandbox([], { clock, token: "personal-token", grants });
  const lines: string[] = [];
  const note = (text: string) => void lines.push(text);
  return {
    clock,
    sandbox,
    lines,
    fetch: fetch?.(sandbox.fetch) ?? sandbox.fetch,
    secrets: new Secrets(),
    log: { debug: note, info: note, warning: note, error: note },
    baseUrl: BASE_URL,
    files: memoryFiles(),
    run: run ?? (() => Promise.reject(new Error("Expected no program"))),
    requests: (path) => sandbox.requests.entries.filter((entry) => entry.path === path).length,
  };
}
