/**
 * What commands need from outside the program, as values, so that tests can stand in for all of it.
 *
 * @module
 */

import type { AuditFiles } from "../audit/files.ts";
import { processEnvironment } from "../config/environment.ts";
import type { Environment } from "../config/environment.ts";
import type { Fetch } from "../core/fetch.ts";
import type { Run } from "../webex/credential/credential.ts";
import type { CredentialFiles } from "../webex/credential/credential_files.ts";
import { auditFiles } from "./audit_files.ts";
import { credentialFiles } from "./credential_files.ts";
import { runCommand } from "./run_command.ts";

/** A place that text is written to. */
export interface TextSink {
  /** Writes at once. */
  write(text: string): void;
  /** A person reads it at a terminal. */
  readonly isTerminal: boolean;
}

/** The outside of the program. */
export interface System {
  readonly environment: Environment;
  readonly fetch: Fetch;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Colours are welcome at a terminal. */
  readonly colors: boolean;
  readTextFile(path: string): Promise<string>;
  /** Reads a file, unless it has more than `maxBytes`: then it throws a `RangeError`. */
  readFile(path: string, maxBytes?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** The absolute path that a path leads to, links followed. */
  realPath(path: string): Promise<string>;
  /** Where credentials are kept. */
  readonly credentialFiles: CredentialFiles;
  /** Where the audit trail is kept. */
  readonly auditFiles: AuditFiles;
  /** Runs another program. */
  readonly run: Run;
  /** This process's number. */
  readonly pid: number;
  /** Tells whether the program may use an address such as `127.0.0.1:8787`; at a terminal the user is asked. */
  mayUse(host: string): Promise<boolean>;
  /** Calls `stop` when the user or the system asks the program to end, or its terminal is gone; answers how to listen no longer. */
  onInterrupt(stop: () => void): () => void;
  /** The same for a service, which has no terminal. */
  onTermination(stop: () => void): () => void;
  /** Calls `act` when an operator asks a service to read its configuration anew (SIGHUP; never on Windows). */
  onHangup(act: () => void): () => void;
}

const encoder = new TextEncoder();

function sinkOf(
  stream: { writeSync(bytes: Uint8Array): number; isTerminal(): boolean },
): TextSink {
  return {
    get isTerminal() {
      return stream.isTerminal();
    },
    write(text) {
      let bytes = encoder.encode(text);
      try {
        while (bytes.length > 0) {
          bytes = bytes.subarray(stream.writeSync(bytes));
        }
      } catch (error) {
        // The reader has seen enough, as in `tools | head`.
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }
    },
  };
}

/** More than any upload may have. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** A pipe would keep the call waiting for ever, and a device has no end: only files are read, and only so far. */
async function readSmallFile(path: string, maxBytes = MAX_FILE_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  const { isFile, size } = await Deno.stat(path);
  if (!isFile) throw new TypeError("it is not a regular file");
  if (size > maxBytes) throw new RangeError(`${size} bytes, at most ${maxBytes} are accepted`);
  using file = await Deno.open(path);
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const read = await file.read(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return bytes.slice(0, length);
}

const INTERRUPTS: readonly Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM"];

const HANGUPS: readonly Deno.Signal[] = Deno.build.os === "windows" ? [] : ["SIGHUP"];

function onSignals(signals: readonly Deno.Signal[], act: () => void): () => void {
  for (const signal of signals) Deno.addSignalListener(signal, act);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, act);
  };
}

/** A repetition that nobody sees makes a success a 404, and a write's outcome is never to be guessed. */
function isSentOnce({ method }: Request): boolean {
  return method !== "GET" && method !== "HEAD";
}

let client: Deno.HttpClient | undefined;

/**
 * Deno's `fetch` sends any request once more by itself when a connection that was used before breaks. What must not be
 * carried out twice gets a connection of its own each time.
 */
function singleUse(): Deno.HttpClient {
  return client ??= Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
}

/** The process that the program runs in. */
export const processSystem: System = {
  environment: processEnvironment,
  fetch: (request) => fetch(request, isSentOnce(request) ? { client: singleUse() } : {}),
  stdout: sinkOf(Deno.stdout),
  stderr: sinkOf(Deno.stderr),
  colors: !Deno.noColor,
  readTextFile: (path) => Deno.readTextFile(path),
  readFile: readSmallFile,
  realPath: (path) => Deno.realPath(path),
  credentialFiles,
  auditFiles,
  run: runCommand,
  pid: Deno.pid,
  mayUse: async (host) => (await Deno.permissions.request({ name: "net", host })).state === "granted",
  onInterrupt: (stop) => onSignals([...INTERRUPTS, ...HANGUPS], stop),
  onTermination: (stop) => onSignals(INTERRUPTS, stop),
  onHangup: (act) => onSignals(HANGUPS, act),
};
