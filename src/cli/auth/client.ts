/**
 * Finds out which integration or service app a login is made with.
 *
 * @module
 */

import type { Environment } from "../../config/environment.ts";
import { isAbsolutePath, joinPath } from "../../config/paths.ts";
import { readVariable } from "../../config/settings.ts";
import { UsageError } from "../../core/errors.ts";
import type { OAuthClient } from "../../webex/credential/oauth.ts";
import type { StoredTokens } from "../../webex/credential/token_store.ts";
import type { AuthOutside, LoginParts } from "./outside.ts";
import type { LoginTarget } from "./target.ts";
import { readTextFile } from "../text_file.ts";

/** A client, and where its secret stays. */
export interface FoundClient extends OAuthClient {
  /** The secret comes from this file at each start too, so that it needs no second place. */
  readonly clientSecretFile?: string;
}

/** A question to the person. */
export interface Question {
  /** What is asked for, for example `client secret`. */
  readonly what: string;
  /** The variables that answer it too. */
  readonly variables: string;
  readonly hidden: boolean;
}

/**
 * Asks the person, or takes the next line that was piped in.
 *
 * @param question The question.
 * @param parts The person, and the secrets, which a hidden answer becomes known to.
 * @returns The answer, not empty.
 * @throws {UsageError} If there is none.
 */
export async function ask(
  { what, variables, hidden }: Question,
  { outside, secrets, signal }: Pick<LoginParts, "outside" | "secrets" | "signal">,
): Promise<string> {
  const { input, stderr } = outside;
  if (input.isTerminal) stderr.write(`${what[0]?.toUpperCase()}${what.slice(1)}${hidden ? " (not shown)" : ""}: `);
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    const line = (await Promise.race([input.readLine(hidden), stopped.promise]))?.trim() ?? "";
    if (hidden) secrets.add(line);
    if (line !== "") return line;
  } finally {
    signal.removeEventListener("abort", stop);
    if (input.isTerminal && (hidden || signal.aborted)) stderr.write("\n");
  }
  throw new UsageError(`Cannot log in: expected the ${what}`, {
    code: "missing_input",
    guidance: `Set ${variables}, type it in when asked, or pass it as a line of standard input.`,
  });
}

/** A profile's paths mean the same from every directory. */
async function absolute(path: string, { realPath }: AuthOutside): Promise<string> {
  return isAbsolutePath(path) ? path : joinPath(Deno.build.os, await realPath("."), path);
}

async function secretOf(
  clientId: string,
  target: LoginTarget,
  stored: StoredTokens | undefined,
  parts: LoginParts,
): Promise<Omit<FoundClient, "clientId">> {
  const { environment, readTextFile: read } = parts.outside;
  const variable = readVariable(environment, "WEBEX_CLIENT_SECRET");
  if (variable !== undefined) return { clientSecret: variable };
  const credential = target.profile?.credential;
  const own = credential !== undefined && "clientSecretFile" in credential ? credential.clientSecretFile : undefined;
  const file = readVariable(environment, "WEBEX_CLIENT_SECRET_FILE") ?? own;
  if (file !== undefined) {
    const clientSecret = (await readTextFile(file, read)).trim();
    // A profile that is there already is left as it is, so that another file would be forgotten.
    const stays = credential === undefined || file === own;
    if (clientSecret !== "" && !stays) return { clientSecret };
    if (clientSecret !== "") return { clientSecret, clientSecretFile: await absolute(file, parts.outside) };
    throw new UsageError(`Cannot use ${JSON.stringify(file)}: expected the client secret, got an empty file`, {
      code: "missing_input",
      guidance: "Write the client secret into the file.",
    });
  }
  if (stored?.clientId === clientId && stored.clientSecret !== undefined) return { clientSecret: stored.clientSecret };
  const variables = "WEBEX_CLIENT_SECRET or WEBEX_CLIENT_SECRET_FILE";
  return { clientSecret: await ask({ what: "client secret", variables, hidden: true }, parts) };
}

/**
 * Finds the client id without asking.
 *
 * @param named The client id of the command line.
 * @param target The profile.
 * @param stored The tokens that are kept so far.
 * @param environment Reads variables.
 * @returns The client id, or `undefined` where the person must be asked.
 */
export function knownClientId(
  named: string | undefined,
  { profile }: LoginTarget,
  stored: StoredTokens | undefined,
  environment: Environment,
): string | undefined {
  const credential = profile?.credential;
  const own = credential !== undefined && "clientId" in credential ? credential.clientId : undefined;
  return named ?? readVariable(environment, "WEBEX_CLIENT_ID") ?? own ?? stored?.clientId;
}

/**
 * Finds the client id and the client secret: in flags, variables, the profile, the tokens kept so far, or by asking.
 *
 * @param named The client id of the command line.
 * @param target The profile.
 * @param stored The tokens that are kept so far.
 * @param parts The person, files and variables.
 * @returns The client.
 * @throws {UsageError} If something is missing.
 */
export async function findClient(
  named: string | undefined,
  target: LoginTarget,
  stored: StoredTokens | undefined,
  parts: LoginParts,
): Promise<FoundClient> {
  const known = knownClientId(named, target, stored, parts.outside.environment);
  const question = { what: "client id", variables: "WEBEX_CLIENT_ID or --client-id", hidden: false };
  const clientId = known ?? await ask(question, parts);
  const found = await secretOf(clientId, target, stored, parts);
  parts.secrets.add(found.clientSecret);
  return { clientId, ...found };
}
