/**
 * A token that a program prints, such as the command of a secrets manager.
 *
 * @module
 */

import { DeadlineReached } from "../../core/context.ts";
import { UpstreamError, WebexMcpError } from "../../core/errors.ts";
import { bareToken } from "./bare_token.ts";
import type { Credential, CredentialParts } from "./credential.ts";
import { SingleFlight, TimeLimitReached, withinTime } from "./waiting.ts";

/** How long a token is kept before the program is asked again, in milliseconds. */
const KEEP_MS = 15 * 60_000;
/** How long the program may run, in milliseconds. */
const RUN_LIMIT_MS = 30_000;
/** A token that is refused right after it was printed is no reason to run the program for each call. */
const PAUSE_MS = 10_000;

interface Printed {
  readonly token: string;
  /** When it was printed, in monotonic milliseconds. */
  readonly at: number;
}

/** The arguments stay out of every message: they can hold a secret. */
function failure(program: string, what: string, cause?: unknown): UpstreamError {
  return new UpstreamError(`Cannot get the access token: command "${program}" ${what}`, {
    code: "token_command_failed",
    guidance: "Run the command by hand as the user that runs the server: it must print the token alone, on one line.",
    cause,
  });
}

/** It may well wait for a password that nobody can type in. */
function silence(program: string, ms: number): UpstreamError {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return new UpstreamError(
    `Cannot get the access token: command "${program}" has not answered after ${seconds} s, and was stopped`,
    {
      code: "token_command_timeout",
      guidance: "Run the command by hand as the user that runs the server: it must end by itself, without " +
        `asking anything, within ${RUN_LIMIT_MS / 1_000} s and before the call's deadline (--deadline).`,
    },
  );
}

async function print(
  command: readonly string[],
  { run, clock, secrets }: CredentialParts,
  ends: AbortSignal,
): Promise<Printed> {
  const [program = ""] = command;
  const { code, stdout } = await withinTime(
    { clock, ms: RUN_LIMIT_MS, signal: ends },
    (signal) => run(command, signal),
  ).catch((cause: unknown) => {
    if (cause instanceof WebexMcpError) throw cause;
    throw cause instanceof TimeLimitReached
      ? silence(program, RUN_LIMIT_MS)
      : failure(program, "could not be run", cause);
  });
  const token = stdout.trim();
  if (code !== 0) throw failure(program, `ended with code ${code}`);
  if (token === "") throw failure(program, "printed nothing");
  if (/[\r\n]/.test(token)) throw failure(program, "printed more than one line");
  return { token: bareToken(token, `command "${program}"`, secrets), at: clock.monotonic() };
}

/**
 * Makes a credential of a command. It runs when the first token is needed, after 15 minutes, and after a 401; never twice at
 * the same time. It is stopped when no call waits for it any more.
 *
 * @param command The program and its arguments; no shell is involved.
 * @param parts What runs it.
 * @returns The credential.
 */
export function createTokenCommand(command: readonly string[], parts: CredentialParts): Credential {
  const { clock, log } = parts;
  const [program = ""] = command;
  const flight = new SingleFlight<Printed>({ endsAlone: true });
  let printed: Printed | undefined;
  /** When the program was last run, in monotonic milliseconds. */
  let ranAt = Number.NEGATIVE_INFINITY;

  async function run(signal: AbortSignal | undefined): Promise<Printed> {
    try {
      return await flight.run(async (ends) => {
        ranAt = clock.monotonic();
        return printed = await print(command, parts, ends);
      }, signal);
    } catch (error) {
      // The end of the call's time is nobody's fault but the program's.
      throw error instanceof DeadlineReached ? silence(program, clock.monotonic() - ranAt) : error;
    }
  }
  /** A locked secrets manager is no reason to stop while the old token may well be good. */
  async function again(old: Printed, signal: AbortSignal | undefined): Promise<string> {
    if (clock.monotonic() - ranAt < PAUSE_MS) return old.token;
    try {
      return (await run(signal)).token;
    } catch (error) {
      if (signal?.aborted) throw error;
      log.warning(
        `Using the old access token for now: ${error instanceof Error ? error.message : "its command failed"}`,
      );
      return old.token;
    }
  }
  return {
    kind: "command",
    id: "command",
    renewal: `Make sure that command "${program}" prints a valid access token (unlock or sign in to what it asks); ` +
      "the server runs it again at the next call.",
    async token(signal) {
      if (printed === undefined) return (await run(signal)).token;
      return clock.monotonic() - printed.at < KEEP_MS ? printed.token : await again(printed, signal);
    },
    async renew(rejected, signal) {
      if (printed !== undefined && printed.token !== rejected) return printed.token;
      if (printed !== undefined && clock.monotonic() - printed.at < PAUSE_MS) return undefined;
      const { token } = await run(signal);
      return token === rejected ? undefined : token;
    },
    scopes: () => Promise.resolve(undefined),
  };
}
