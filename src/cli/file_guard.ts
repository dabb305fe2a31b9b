/**
 * Keeps files that hold secrets from being sent as uploads.
 *
 * @module
 */

import { RefusedError } from "../core/errors.ts";
import type { Secrets } from "../core/secrets.ts";
import type { ReadFile } from "../webex/requests/upload.ts";

/** Where secrets are; what doesn't exist is skipped. */
export interface SecretPlaces {
  readonly files: readonly string[];
  /** Nothing below them is sent. */
  readonly directories: readonly string[];
}

/** What a guard works with. */
export interface FileGuardOptions {
  /** Reads files. */
  readonly readFile: ReadFile;
  /** Follows links. */
  readonly realPath: (path: string) => Promise<string>;
  /** Names the files to keep; asked at every upload, since files come and go. */
  readonly places: () => Promise<SecretPlaces>;
  /** The secrets that no upload may hold. */
  readonly secrets: Pick<Secrets, "areIn">;
}

/** What the system itself shows as files: this process's environment and memory, and what containers are given. */
const SYSTEM_DIRECTORIES = ["/proc", "/dev", "/sys", "/run/secrets", "/var/run/secrets"] as const;
/** What the program keeps is neither deeper nor more. */
const [MAX_DEPTH, MAX_ENTRIES] = [4, 2_000];

/**
 * Tells whether a file may be read without asking anybody: a question would interrupt whoever sits at the terminal, and
 * what may not be read cannot be sent either.
 *
 * @param path The file's path.
 */
export async function mayRead(path: string): Promise<boolean> {
  return (await Deno.permissions.query({ name: "read", path })).state === "granted";
}

function isBelow(path: string, directory: string): boolean {
  const base = directory.replace(/[/\\]+$/, "");
  return path === base || path.startsWith(`${base}/`) || path.startsWith(`${base}\\`);
}

/** The same for all names of a file, hard links included; `undefined` where the system doesn't tell. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await Deno.stat(path);
    return ino === null || ino === 0 ? undefined : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

async function filesBelow(directory: string, found: string[], depth = 0): Promise<void> {
  try {
    for await (const { name, isDirectory } of Deno.readDir(directory)) {
      if (found.length >= MAX_ENTRIES) return;
      const path = `${directory}/${name}`;
      if (!isDirectory) found.push(path);
      else if (depth < MAX_DEPTH) await filesBelow(path, found, depth + 1);
    }
  } catch {
    // It doesn't exist, or somebody has just removed it.
  }
}

function refused(what: string): RefusedError {
  return new RefusedError(`Cannot send this file: ${what}`, {
    code: "secret_file",
    guidance: "Choose another file: what the server keeps for itself is never sent.",
  });
}

/** Decides on one file. */
class Guard {
  readonly #options: FileGuardOptions;

  constructor(options: FileGuardOptions) {
    this.#options = options;
  }

  async check(path: string): Promise<void> {
    const wanted = await this.#options.realPath(path);
    if (SYSTEM_DIRECTORIES.some((directory) => isBelow(wanted, directory))) {
      throw refused("it is not a file on a disk");
    }
    const { files, directories } = await this.#options.places();
    const kept = await this.#real(files);
    const closed = await this.#real(directories);
    const isKept = kept.includes(wanted) || closed.some((directory) => isBelow(wanted, directory));
    if (isKept || await this.#isSameFile(wanted, kept, closed)) throw refused("it holds a secret of the server");
  }

  /** As it was given, and with all links followed. */
  async #real(paths: readonly string[]): Promise<string[]> {
    const real = await Promise.all(paths.map(async (path) => {
      try {
        return await mayRead(path) ? [path, await this.#options.realPath(path)] : [path];
      } catch {
        return [path];
      }
    }));
    return [...new Set(real.flat())];
  }

  async #isSameFile(wanted: string, files: readonly string[], directories: readonly string[]): Promise<boolean> {
    const identity = await identityOf(wanted);
    if (identity === undefined) return false;
    const all = [...files];
    for (const directory of directories) if (await mayRead(directory)) await filesBelow(directory, all);
    for (const path of all) if (await mayRead(path) && await identityOf(path) === identity) return true;
    return false;
  }
}

/**
 * Wraps a file reader so that it never gives out what the server keeps for itself.
 *
 * The permission that lets the server read its token would otherwise let a model send the token to anyone's mailbox as a
 * greeting. Refused are the files named, whatever is below the directories, by whatever path, link or hard link, what the
 * system shows of processes and devices, and any file that holds a secret which this process knows.
 *
 * @param options The reader, and what it must not give out.
 * @returns A reader that throws a {@linkcode RefusedError} for those files.
 */
export function guardFiles(options: FileGuardOptions): ReadFile {
  const guard = new Guard(options);
  return async (path, maxBytes) => {
    await guard.check(path);
    const bytes = await options.readFile(path, maxBytes);
    if (options.secrets.areIn(bytes)) throw refused("a secret of the server is in it");
    return bytes;
  };
}

/**
 * Refuses every file: whoever calls over a network means a file of another machine.
 *
 * @throws {RefusedError} Always.
 */
export const refuseFiles: ReadFile = (): Promise<never> =>
  Promise.reject(
    new RefusedError("Cannot read files by path: the server is another machine, or may be", {
      code: "no_local_files",
      guidance: 'Nothing was sent. Pass the content of the file as "base64", with its "name".',
    }),
  );
