/**
 * A computer of one's own beside an authorization server, for tests of `auth`.
 *
 * @module
 */

import { runAuth } from "../../../src/cli/auth/auth.ts";
import type { AuthCommand, AuthLoginCommand } from "../../../src/cli/grammar/command.ts";
import type { Input } from "../../../src/cli/input.ts";
import { reportError } from "../../../src/cli/report.ts";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import type { EnvironmentName } from "../../../src/config/environment.ts";
import type { FlagValues } from "../../../src/config/flags.ts";
import { type Clock, systemClock } from "../../../src/core/clock.ts";
import { createSandbox, type Sandbox } from "../../../src/sandbox/sandbox.ts";
import { fakeSystem } from "../../support/fake_system.ts";
import type { Finished } from "../../support/process.ts";

/** What must show up nowhere. */
export const SECRETS = { clientSecret: "planted-client-secret-1234", refreshToken: "planted-refresh-token-5678" };

/** Where calls go in these tests; the sandbox answers them without a socket. */
export const BASE_URL = "https://sandbox.test/v1";

/** A person, and variables. */
export interface Person {
  readonly environment?: Partial<Record<EnvironmentName, string>>;
  /** What is typed in, or piped in where it is no terminal. */
  readonly lines?: readonly string[];
  readonly isTerminal?: boolean;
  /** Interrupts as soon as this is printed. */
  readonly interruptAt?: RegExp;
}

/** A computer with files of its own. */
export interface Place extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly directory: string;
  /** The configuration file's path. */
  readonly config: string;
  /** The path of a profile's tokens. */
  store(profile: string): string;
  write(path: string, text: string): Promise<void>;
  run(command: AuthCommand, person?: Person): Promise<Finished>;
  /** Logs in; by default by device, to profile `acme`. */
  login(command?: Partial<AuthLoginCommand>, person?: Person): Promise<Finished>;
  status(flags?: FlagValues, person?: Person): Promise<Finished>;
  logout(flags?: FlagValues, person?: Person): Promise<Finished>;
}

/** A clock that passes waits in no time. */
function hurried(): Clock {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    monotonic: () => systemClock.monotonic() + ahead,
    sleep(ms, signal) {
      // A time limit is not a wait, and must not pass.
      if (ms >= 30_000) return systemClock.sleep(ms, signal);
      ahead += ms;
      return systemClock.sleep(1, signal);
    },
  };
}

function inputOf({ lines = [], isTerminal = false }: Person): Input {
  const rest = [...lines];
  return { isTerminal, readLine: () => Promise.resolve(rest.shift()) };
}

/**
 * Makes a computer.
 *
 * @param options What can be chosen about the authorization server.
 */
export async function makePlace(options: { readonly partner?: boolean } = {}): Promise<Place> {
  const sandbox = createSandbox(embeddedCollection().endpoints, {
    token: "portal-token",
    grants: { ...SECRETS, clientId: "C1" },
    ...options,
  });
  const directory = await Deno.makeTempDir();
  const home = { XDG_CONFIG_HOME: `${directory}/config`, XDG_STATE_HOME: `${directory}/state` };

  async function run(command: AuthCommand, person: Person = {}): Promise<Finished> {
    const environment = { ...home, WEBEX_CLIENT_ID: "C1", ...person.environment };
    const system = fakeSystem({ environment, fetch: sandbox.fetch });
    let interrupt = () => {};
    const outside = {
      ...system,
      readTextFile: (path: string) => Deno.readTextFile(path),
      realPath: (path: string) => Deno.realPath(path),
      onInterrupt(stop: () => void) {
        interrupt = stop;
        return () => {};
      },
      stderr: {
        isTerminal: person.isTerminal ?? false,
        write(text: string) {
          system.stderr.write(text);
          if (person.interruptAt?.test(text)) queueMicrotask(interrupt);
        },
      },
    };
    let code: number;
    try {
      code = await runAuth(command, outside, { input: inputOf(person), clock: hurried() });
    } catch (error) {
      code = reportError(error, system.stderr);
    }
    return { code, stdout: system.out(), stderr: system.err() };
  }

  return {
    sandbox,
    directory,
    config: `${directory}/config/webex-calling-mcp/config.yaml`,
    store: (profile) => `${directory}/state/webex-calling-mcp/credentials/${profile}.json`,
    async write(path, text) {
      await Deno.mkdir(path.replace(/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(path, text, { mode: 0o600 });
    },
    run,
    login: (command, person) =>
      run(
        {
          command: "auth",
          action: "login",
          port: 8797,
          ...command,
          flags: { baseUrl: BASE_URL, profile: "acme", ...command?.flags },
        },
        { ...person, environment: { WEBEX_CLIENT_SECRET: SECRETS.clientSecret, ...person?.environment } },
      ),
    status: (flags = {}, person = {}) => run({ command: "auth", action: "status", flags, json: false }, person),
    logout: (flags = {}, person = {}) => run({ command: "auth", action: "logout", flags }, person),
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}
