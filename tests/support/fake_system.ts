/**
 * A stand-in for everything outside the program.
 *
 * @module
 */

import { auditFiles } from "../../src/cli/audit_files.ts";
import { credentialFiles } from "../../src/cli/credential_files.ts";
import type { System } from "../../src/cli/system.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";
import type { Fetch } from "../../src/core/fetch.ts";

/** What the outside holds. */
export interface Outside {
  readonly environment?: Partial<Record<EnvironmentName, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly fetch?: Fetch;
}

/** A system, and what was written to it. */
export interface FakeSystem extends System {
  out(): string;
  err(): string;
}

/**
 * Makes a system without network, whose files and variables are given.
 *
 * @param outside What it holds; everything else is absent.
 * @returns The system.
 */
export function fakeSystem({ environment = {}, files = {}, fetch }: Outside = {}): FakeSystem {
  const written = { out: "", err: "" };
  function read(path: string): Promise<string> {
    const text = files[path];
    return text === undefined ? Promise.reject(new Deno.errors.NotFound(path)) : Promise.resolve(text);
  }
  return {
    environment: (name) => environment[name],
    fetch: fetch ?? ((request) => Promise.reject(new TypeError(`no network for ${request.url}`))),
    stdout: { write: (text) => void (written.out += text), isTerminal: false },
    stderr: { write: (text) => void (written.err += text), isTerminal: false },
    colors: false,
    readTextFile: read,
    realPath: (path) => Promise.resolve(path),
    credentialFiles,
    auditFiles,
    run: () => Promise.reject(new Deno.errors.NotFound("Expected no program")),
    pid: 1,
    readFile: async (path) => new TextEncoder().encode(await read(path)),
    mayUse: () => Promise.resolve(true),
    onInterrupt: () => () => {},
    onTermination: () => () => {},
    onHangup: () => () => {},
    out: () => written.out,
    err: () => written.err,
  };
}
