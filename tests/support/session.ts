/**
 * A conversation with the real program over its standard streams, one call after the other or side by side.
 *
 * @module
 */

import { INITIALIZE, serveArgs, TOKEN, UNASKED } from "./process.ts";
import { STATE_ENVIRONMENT } from "./state_home.ts";

/** What a call came to. */
export interface CallOutcome {
  readonly isError: boolean;
  // deno-lint-ignore no-explicit-any -- results are looked into freely by the tests
  readonly value: any;
  /** The result's text as it came. */
  readonly text: string;
}

/** A line of the server. */
interface Reply {
  readonly id?: number;
  readonly method?: string;
  // deno-lint-ignore no-explicit-any -- replies are looked into freely by the tests
  readonly params?: any;
  // deno-lint-ignore no-explicit-any -- replies are looked into freely by the tests
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string };
}

/** How the program is started. */
export interface SessionOptions {
  readonly flags?: readonly string[];
  /** Further environment; a variable that is `undefined` is left out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How Deno starts the program; by default `serve` with all permissions. */
  readonly args?: readonly string[];
}

/** A running conversation; disposed of, the program is ended. */
export interface Session extends AsyncDisposable {
  readonly pid: number;
  /** Everything that the program has written to standard error so far. */
  stderr(): string;
  /** Everything that the program has written to standard output so far. */
  stdout(): string;
  /** Messages of progress, in their order. */
  readonly notes: readonly { readonly progress: number; readonly total?: number; readonly message?: string }[];
  /** Sends any request. */
  request(method: string, params: unknown): Promise<Reply>;
  /** Calls a tool and asks for progress. The id of the request is told at once, for a cancellation. */
  call(tool: string, args?: unknown, onId?: (id: number) => void): Promise<CallOutcome>;
  /** Sends a notification. */
  notify(method: string, params: unknown): Promise<void>;
  /** Ends the program as the end of input does, and gives its exit code. */
  end(): Promise<number>;
  /** Ends the program at once. */
  kill(): Promise<void>;
}

/**
 * Starts the program and opens a conversation.
 *
 * @param url The upstream.
 * @param options How the program is started.
 */
export async function openSession(url: string, { flags = [], env = {}, args }: SessionOptions = {}): Promise<Session> {
  const all = { WEBEX_ACCESS_TOKEN: TOKEN, NO_COLOR: "1", ...STATE_ENVIRONMENT, ...UNASKED, ...env };
  const child = new Deno.Command(Deno.execPath(), {
    args: [...(args ?? serveArgs(url)), ...flags],
    env: Object.fromEntries(Object.entries(all).flatMap(([name, value]) => value === undefined ? [] : [[name, value]])),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const written = { out: "", err: "" };
  const waiting = new Map<number, (reply: Reply) => void>();
  const notes: Session["notes"][number][] = [];
  let id = 0;
  let open = true;

  function receive(line: string): void {
    const reply: Reply = JSON.parse(line);
    if (reply.method === "notifications/progress") notes.push(reply.params);
    if (reply.id === undefined) return;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  }

  async function readOut(): Promise<void> {
    let rest = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      written.out += text;
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) receive(line);
    }
    for (const answer of waiting.values()) answer({ error: { code: 0, message: "The program ended" } });
  }

  async function readErr(): Promise<void> {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) written.err += text;
  }

  const reading = Promise.all([readOut(), readErr()]);
  const write = (message: unknown) => writer.write(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
  const finish = async () => {
    const { code } = await child.status;
    await reading;
    return code;
  };

  const session: Session = {
    pid: child.pid,
    notes,
    stderr: () => written.err,
    stdout: () => written.out,
    async request(method, params) {
      const own = ++id;
      const { promise, resolve } = Promise.withResolvers<Reply>();
      waiting.set(own, resolve);
      await write({ jsonrpc: "2.0", id: own, method, params });
      return await promise;
    },
    async call(name, args = {}, onId = () => {}) {
      onId(id + 1);
      const params = { name, arguments: args, _meta: { progressToken: id + 1 } };
      const { result, error } = await session.request("tools/call", params);
      if (result === undefined) throw new Error(`${name}: ${error?.message}`);
      const text = result.content[0].text;
      return { isError: result.isError === true, value: JSON.parse(text), text };
    },
    notify: (method, params) => write({ jsonrpc: "2.0", method, params }),
    async end() {
      if (open) await writer.close().catch(() => {});
      open = false;
      return await finish();
    },
    async kill() {
      open = false;
      child.kill("SIGKILL");
      await writer.abort().catch(() => {});
      await finish();
    },
    async [Symbol.asyncDispose]() {
      if (open) await session.end();
    },
  };
  await session.request("initialize", INITIALIZE.params);
  await session.notify("notifications/initialized", {});
  return session;
}
