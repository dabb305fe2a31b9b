/**
 * A computer of one's own on which the real program runs: its directories, its profiles, and the Webex that it calls.
 *
 * @module
 */

import { embeddedCollection } from "../../src/collection/embedded.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { SandboxOptions } from "../../src/sandbox/reception.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { type Finished, MAIN, serveArgs, start, TOKEN, until } from "./process.ts";
import { type CallOutcome, openSession, type Session } from "./session.ts";

const CLOCK = new URL("../fixtures/moving_clock.ts", import.meta.url).pathname;

/** A request as it arrived, with what the sandbox's own log leaves out. */
export interface Received {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  /** The bearer token. */
  readonly token: string | undefined;
}

/** Tokens as the program keeps them; times are relative to now, in minutes. */
export interface KeptTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly kind?: "integration" | "service_app";
  readonly minutesLeft?: number;
}

/** How the server is started. */
export interface OpenOptions {
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Lets {@linkcode moveClock} move the program's clocks by this much. */
  readonly clockStepMs?: number;
}

/** The computer. */
export interface Installation extends AsyncDisposable {
  readonly directory: string;
  readonly sandbox: Sandbox;
  readonly url: string;
  /** Everything that arrived, in order. */
  readonly received: Received[];
  /** Called with each request before it is answered; may answer it in the sandbox's place. */
  before: (received: Received, request: Request) => void | Response | Promise<void | Response>;
  /** The variables that lead the program to this computer's directories; there is no credential among them. */
  readonly env: Readonly<Record<string, string>>;
  readonly config: string;
  readonly audit: string;
  store(profile: string): string;
  /** Writes a file below the directory, by default for its owner only. */
  write(name: string, text: string, mode?: number): Promise<string>;
  /** Writes the configuration file. */
  configure(file: JsonObject): Promise<void>;
  keepTokens(profile: string, tokens: KeptTokens): Promise<void>;
  /** The requests for a path, such as `/access_token`. */
  askedFor(path: string): Received[];
  open(options?: OpenOptions): Promise<Session>;
  /** Runs a command to its end, with all permissions. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished>;
  /** The lines of the audit trail. */
  lines(): Promise<Record<string, unknown>[]>;
}

/** The client that {@linkcode install} makes the tokens of. */
export const CLIENT = { clientId: "C1234", clientSecret: "planted-client-secret-1234" } as const;

/**
 * Makes a computer.
 *
 * @param options What can be chosen about the simulated organization.
 */
export async function install(options: SandboxOptions = {}): Promise<Installation> {
  const { grants, ...rest } = options;
  const sandbox = createSandbox(embeddedCollection().endpoints, {
    token: TOKEN,
    grants: { ...CLIENT, deviceInterval: 0.05, ...grants },
    ...rest,
  });
  const received: Received[] = [];
  const served = await serveSandbox({
    ...sandbox,
    async fetch(request) {
      const path = new URL(request.url).pathname.replace(/^\/v1(?=\/)/, "");
      const token = /^Bearer (.*)$/.exec(request.headers.get("authorization") ?? "")?.[1];
      const entry = { method: request.method, path, token };
      received.push(entry);
      return await here.before(entry, request) ?? await sandbox.fetch(request);
    },
  });
  const directory = await Deno.makeTempDir({ prefix: "webex-calling-mcp-test-" });
  const env = { XDG_CONFIG_HOME: `${directory}/config`, XDG_STATE_HOME: `${directory}/state` };
  const state = `${env.XDG_STATE_HOME}/webex-calling-mcp`;
  const here: Installation = {
    directory,
    sandbox,
    url: served.url,
    received,
    before: () => {},
    env,
    config: `${env.XDG_CONFIG_HOME}/webex-calling-mcp/config.yaml`,
    audit: `${state}/audit.jsonl`,
    store: (profile) => `${state}/credentials/${profile}.json`,
    async write(name, text, mode = 0o600) {
      const path = name.startsWith("/") ? name : `${directory}/${name}`;
      await Deno.mkdir(path.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
      await Deno.writeTextFile(path, text, { mode });
      return path;
    },
    configure: async (file) => void await here.write(here.config, JSON.stringify(file, undefined, 2)),
    async keepTokens(profile, { accessToken, refreshToken, kind = "integration", minutesLeft = 600 }) {
      const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
      const kept = {
        version: 1,
        kind,
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        access_token: accessToken,
        refresh_token: refreshToken,
        issued_at: at(-10_000),
        expires_at: at(minutesLeft),
      };
      await here.write(here.store(profile), JSON.stringify(kept));
    },
    askedFor: (path) => received.filter((request) => request.path === path),
    open({ flags = [], env: more = {}, clockStepMs } = {}) {
      const given = { WEBEX_ACCESS_TOKEN: undefined, ...env, ...more };
      if (clockStepMs === undefined) return openSession(served.url, { flags, env: given });
      const [run = "", ...others] = serveArgs(served.url);
      const args = [run, "--preload", CLOCK, ...others];
      return openSession(served.url, { flags, args, env: { ...given, CLOCK_STEP_MS: String(clockStepMs) } });
    },
    run: (args, more = {}) =>
      start(["run", "--quiet", "-A", MAIN, ...args], { WEBEX_ACCESS_TOKEN: "", ...env, ...more }).finish(),
    async lines() {
      const text = await Deno.readTextFile(here.audit);
      return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
  return here;
}

/** Moves the clocks of a program that was opened with `clockStepMs`. */
export async function moveClock({ pid, stderr }: Session): Promise<void> {
  const count = () => stderr().split("The clock moved").length;
  const before = count();
  Deno.kill(pid, "SIGUSR2");
  await until(() => count() > before);
}

/** Makes the same call many times at once. */
export async function callAtOnce(
  session: Session,
  count: number,
  tool = "people_list_people",
): Promise<CallOutcome[]> {
  return await Promise.all(Array.from({ length: count }, () => session.call(tool, { max: 1 })));
}
