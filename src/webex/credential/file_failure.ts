/**
 * Says why a file of a credential cannot be used.
 *
 * @module
 */

import { UpstreamError } from "../../core/errors.ts";

/** What a person is told. */
export interface FileFailure {
  /** A part of a sentence, for example `there is no such file`. */
  readonly reason: string;
  /** The permission that Deno was started without is what hinders. */
  readonly isPermission: boolean;
}

/**
 * Finds out why a file cannot be used. The text of the error stays out: it could repeat what was read.
 *
 * @param cause What was thrown.
 * @returns The reason.
 */
export function fileFailure(cause: unknown): FileFailure {
  const isPermission = cause instanceof Deno.errors.NotCapable;
  return { isPermission, reason: isPermission ? "the program was started without permission for it" : reasonOf(cause) };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "there is no such file";
  if (cause instanceof Deno.errors.PermissionDenied) return "the system denies access";
  if (cause instanceof Deno.errors.IsADirectory) return "it is a directory";
  // A path that leads through a file.
  if (cause instanceof Deno.errors.NotADirectory) return "there is no such directory";
  return cause instanceof Error ? cause.name : "an unknown reason";
}

/** A file that a setting names. */
export interface NamedFile {
  /** For example `the access token's file`. */
  readonly what: string;
  readonly path: string;
  /** The variable that can name it. */
  readonly variable: string;
  /** The error's code. */
  readonly code: string;
}

/**
 * Makes the error for a file that cannot be read.
 *
 * @param file The file.
 * @param cause What was thrown.
 * @returns The error; it says why, and what to do.
 */
export function unreadableFile({ what, path, variable, code }: NamedFile, cause: unknown): UpstreamError {
  const { reason, isPermission } = fileFailure(cause);
  return new UpstreamError(`Cannot read ${what} "${path}": ${reason}`, {
    code,
    guidance: isPermission
      ? `Start the server with --allow-read=${path}.`
      : `Check that ${variable}, or the profile, names a file that the server may read.`,
    cause,
  });
}
