/**
 * Keeps what a login gave: the tokens in their store, and a new profile in the configuration file.
 *
 * @module
 */

import { UsageError } from "../../core/errors.ts";
import type { Identity } from "../../webex/credential/identity.ts";
import { createTokenStore, type StoredTokens, type TokenStore } from "../../webex/credential/token_store.ts";
import { removeLockFile } from "./lock_file.ts";
import type { FoundClient } from "./client.ts";
import type { AuthOutside, LoginParts } from "./outside.ts";
import type { LoginTarget } from "./target.ts";
import { addToProfile, type ProfileAddition } from "./profile_edit.ts";

function unwritable(path: string, what: string, advice: string, cause: unknown): UsageError {
  const missing = cause instanceof Deno.errors.NotCapable;
  const reason = missing ? "the permission is missing" : cause instanceof Error ? cause.message : String(cause);
  const directory = path.replace(/[\\/][^\\/]*$/, "");
  return new UsageError(`Cannot write ${what} ${JSON.stringify(path)}: ${reason}`, {
    code: "unwritable_file",
    guidance: missing ? `Add --allow-read=${directory} --allow-write=${directory} to the deno command.` : advice,
    cause,
  });
}

/** What a token store works with. */
export type StoreParts = Pick<LoginParts, "outside" | "secrets">;

async function withStore(
  { store: path }: LoginTarget,
  { outside, secrets }: StoreParts,
  work: (store: TokenStore) => Promise<void>,
): Promise<void> {
  const store = createTokenStore(path, { files: outside.credentialFiles, secrets });
  try {
    await store.withLock(() => work(store));
  } catch (cause) {
    const system = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw unwritable(path, "token store", "Check that the directory belongs to you, then log in again.", system);
  }
}

/**
 * Finds out whether tokens could be kept.
 *
 * @param target The profile.
 * @param parts The disk, and the secrets.
 * @throws {UsageError} If the store cannot be written.
 */
export async function checkStore(target: LoginTarget, parts: StoreParts): Promise<void> {
  const files = parts.outside.credentialFiles;
  await withStore(target, parts, async ({ path }) => {
    if (await files.stat(path) === undefined) await removeLockFile(path, files);
  });
}

/**
 * Keeps the tokens, while no other process renews those before them.
 *
 * @param target The profile.
 * @param tokens The tokens.
 * @param parts The disk, and the secrets.
 * @throws {UsageError} If the store cannot be written.
 */
export async function keepTokens(target: LoginTarget, tokens: StoredTokens, parts: StoreParts): Promise<void> {
  await withStore(target, parts, (store) => store.write(tokens));
}

function additionOf(
  { kind, profile, config }: LoginTarget,
  { clientId, clientSecretFile }: FoundClient,
  { partner }: Identity,
): ProfileAddition {
  const file = clientSecretFile === undefined ? {} : { client_secret_file: clientSecretFile };
  const { baseUrl } = config;
  return {
    credential: { type: kind, client_id: clientId, ...file },
    ...(partner ? { partner } : {}),
    // The tokens belong to this address, and must go to no other.
    ...(profile === undefined && baseUrl !== undefined ? { base_url: baseUrl } : {}),
  };
}

async function currentText(path: string, outside: AuthOutside): Promise<string | undefined> {
  try {
    return await outside.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/**
 * Adds the profile to the configuration file, or what it lacks.
 *
 * @param target The profile.
 * @param client The integration or service app.
 * @param identity Whose tokens they are.
 * @param outside The disk.
 * @returns Whether the file was changed.
 * @throws {UsageError} If it cannot be written.
 */
export async function keepProfile(
  target: LoginTarget,
  client: FoundClient,
  identity: Identity,
  outside: AuthOutside,
): Promise<boolean> {
  const { profile, name, configPath: path } = target;
  const isComplete = profile?.credential !== undefined && (!identity.partner || profile.partner !== undefined);
  if (isComplete) return false;
  const addition = additionOf(target, client, identity);
  try {
    const text = await currentText(path, outside);
    // A link to a file elsewhere stays a link.
    const real = text === undefined ? path : await outside.realPath(path);
    await outside.credentialFiles.writeAtomically(real, await addToProfile(text, name, addition));
    return true;
  } catch (cause) {
    const advice = `The tokens are kept; add the profile yourself: profiles: {${name}: ${JSON.stringify(addition)}}`;
    throw unwritable(path, "configuration file", advice, cause);
  }
}
