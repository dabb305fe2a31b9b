/**
 * The command `auth logout`: forgets the tokens of a profile.
 *
 * @module
 */

import type { CredentialSource } from "../../config/credential_source.ts";
import { commandFor } from "../../core/command.ts";
import { UpstreamError, UsageError } from "../../core/errors.ts";
import { Secrets } from "../../core/secrets.ts";
import type { CredentialFiles } from "../../webex/credential/credential_files.ts";
import { createTokenStore, type StoredTokens, type TokenStore } from "../../webex/credential/token_store.ts";
import { lockFileOf } from "../credential_files.ts";
import { removeLockFile } from "./lock_file.ts";
import type { AuthOutside } from "./outside.ts";
import { whenText } from "./report.ts";
import type { AuthLogoutCommand, ExitCode } from "../grammar/command.ts";
import { loadConfig } from "../config_file.ts";

const REVOKE = {
  integration:
    'To end them sooner, remove the integration at https://idbroker.webex.com/idb/profile under "My Apps", ' +
    "or have an administrator delete the authorization.",
  service_app: "To end them sooner, have a full administrator switch the service app off in Control Hub " +
    "(Apps, Service Apps), or make a new client secret in the developer portal.",
};

const NOTHING_KEPT = {
  none: "there is no credential",
  token: "its token comes from WEBEX_ACCESS_TOKEN",
  file: "its token comes from a file",
  command: "its token comes from a command",
};

function guidanceFor(credential: CredentialSource): string {
  if (credential.type === "none" && credential.reason !== undefined) return credential.reason;
  const login = commandFor("auth login");
  return `Only tokens of "${login}" are kept here; take the credential away where it comes from.`;
}

/** Whoever wants to forget tokens must be able to, even where they cannot be read. */
async function readStored(store: TokenStore): Promise<StoredTokens | undefined> {
  try {
    return await store.read();
  } catch {
    return undefined;
  }
}

/** A process that renews the tokens at this moment would write them back. */
async function removeLocked(store: TokenStore, files: CredentialFiles): Promise<boolean> {
  const found = await Promise.all([store.path, lockFileOf(store.path)].map((path) => files.stat(path)));
  // Where there is nothing, nothing is locked: that would make a directory.
  if (found.every((facts) => facts === undefined)) return false;
  return await store.withLock(async () => {
    const existed = await store.remove();
    await removeLockFile(store.path, files);
    return existed;
  });
}

async function remove(store: TokenStore, files: CredentialFiles): Promise<boolean> {
  try {
    return await removeLocked(store, files);
  } catch (error) {
    const cause = error instanceof UpstreamError ? error.cause : error;
    const missing = cause instanceof Deno.errors.NotCapable;
    const reason = missing ? "the permission is missing" : cause instanceof Error ? cause.name : "unknown reason";
    const directory = store.path.replace(/[\\/][^\\/]*$/, "");
    throw new UsageError(`Cannot remove token store ${JSON.stringify(store.path)}: ${reason}`, {
      code: "unwritable_file",
      guidance: missing
        ? `Add --allow-read=${directory} --allow-write=${directory} to the deno command.`
        : "Remove the file yourself.",
      cause,
    });
  }
}

/** Without their file nobody here has the tokens, but Webex still accepts them. */
function validity(stored: StoredTokens | undefined, now: number): string {
  if (stored === undefined) return "Webex still accepts the tokens until they expire.";
  const { expiresAt, refreshExpiresAt } = stored;
  const refresh = refreshExpiresAt === undefined ? "" : `, the refresh token until ${whenText(refreshExpiresAt, now)}`;
  return `Webex still accepts the access token until ${whenText(expiresAt, now)}${refresh}.`;
}

/**
 * Forgets the tokens of a profile; the profile stays.
 *
 * @param command Which profile.
 * @param outside The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the profile keeps no tokens, or they cannot be removed.
 */
export async function runLogout({ flags }: AuthLogoutCommand, outside: AuthOutside): Promise<ExitCode> {
  const { credential, profile } = await loadConfig(flags, outside);
  if (!("store" in credential)) {
    throw new UsageError(`Cannot log out of profile "${profile.name}": ${NOTHING_KEPT[credential.type]}`, {
      code: "no_login",
      guidance: guidanceFor(credential),
    });
  }
  const store = createTokenStore(credential.store, { files: outside.credentialFiles, secrets: new Secrets() });
  const stored = await readStored(store);
  const existed = await remove(store, outside.credentialFiles);
  const lines = existed
    ? [
      `Logged out of profile "${profile.name}": removed ${store.path}`,
      validity(stored, outside.clock.now()),
      REVOKE[credential.type],
    ]
    : [`Profile "${profile.name}" has no tokens: there is no ${store.path}`];
  outside.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}
