/**
 * Where the program's files are, by the conventions of each system.
 *
 * @module
 */

import { PROGRAM } from "../core/version.ts";
import type { Environment, EnvironmentName } from "./environment.ts";

/** The systems that Deno runs on. */
export type OperatingSystem = typeof Deno.build.os;

const ABSOLUTE_REGEXP = /^(?:[/\\]|[A-Za-z]:[/\\])/;

/**
 * Joins the parts of a path as the system writes it.
 *
 * @param os The system.
 * @param parts A directory and what is below it.
 * @returns The path.
 */
export function joinPath(os: OperatingSystem, ...parts: readonly string[]): string {
  const separator = os === "windows" ? "\\" : "/";
  return parts.map((part, index) => index === parts.length - 1 ? part : part.replace(/[/\\]+$/, "")).join(separator);
}

/**
 * Tells whether a path means the same file from every directory.
 *
 * @param path A path of any system.
 * @returns Whether it is absolute.
 */
export function isAbsolutePath(path: string): boolean {
  return ABSOLUTE_REGEXP.test(path);
}

/** The XDG Base Directory Specification has relative paths ignored. */
function absolute(environment: Environment, name: EnvironmentName): string | undefined {
  const path = environment(name)?.trim();
  return path !== undefined && isAbsolutePath(path) ? path : undefined;
}

function below(
  environment: Environment,
  os: OperatingSystem,
  names: { readonly windows: EnvironmentName; readonly xdg: EnvironmentName; readonly home: readonly string[] },
): string | undefined {
  if (os === "windows") {
    const base = absolute(environment, names.windows);
    return base === undefined ? undefined : joinPath(os, base, PROGRAM);
  }
  const base = absolute(environment, names.xdg);
  if (base !== undefined) return joinPath(os, base, PROGRAM);
  const home = absolute(environment, "HOME");
  return home === undefined ? undefined : joinPath(os, home, ...names.home, PROGRAM);
}

/**
 * Finds the configuration file that is read when none is named.
 *
 * @param environment Reads variables.
 * @param os The system.
 * @returns Its path, or `undefined` where the environment names no home.
 */
export function configFileOf(environment: Environment, os: OperatingSystem): string | undefined {
  const names = { windows: "APPDATA", xdg: "XDG_CONFIG_HOME", home: [".config"] } as const;
  const directory = below(environment, os, names);
  return directory === undefined ? undefined : joinPath(os, directory, "config.yaml");
}

/**
 * Finds the directory for what the program itself writes: the audit trail and the token stores.
 *
 * @param environment Reads variables.
 * @param os The system.
 * @returns Its path, or `undefined` where the environment names no home.
 */
export function stateDirectoryOf(environment: Environment, os: OperatingSystem): string | undefined {
  return below(environment, os, { windows: "LOCALAPPDATA", xdg: "XDG_STATE_HOME", home: [".local", "state"] });
}

/**
 * Names the file of the audit trail.
 *
 * @param stateDirectory The directory for what the program writes.
 * @param os The system.
 * @returns The path.
 */
export function auditFileOf(stateDirectory: string, os: OperatingSystem): string {
  return joinPath(os, stateDirectory, "audit.jsonl");
}

/**
 * Names the file of callers of the HTTP server.
 *
 * @param stateDirectory The directory for what the program writes.
 * @param os The system.
 * @returns The path.
 */
export function callersFileOf(stateDirectory: string, os: OperatingSystem): string {
  return joinPath(os, stateDirectory, "callers.json");
}

/**
 * Names the file that keeps a profile's tokens.
 *
 * @param stateDirectory The directory for what the program writes.
 * @param profile The profile's name.
 * @param os The system.
 * @returns The path.
 */
export function tokenStoreOf(stateDirectory: string, profile: string, os: OperatingSystem): string {
  return joinPath(os, stateDirectory, "credentials", `${profile}.json`);
}
