/**
 * The leanest client there is: JSON-RPC lines to a child process, so that the client's own cost stays small.
 *
 * @module
 */

interface Reply {
  readonly id: number;
  readonly result?: { readonly tools?: readonly unknown[]; readonly isError?: boolean };
  readonly error?: unknown;
}

const encoder = new TextEncoder();

/** Where the server writes its audit trail: it is part of what a call costs, and none of the user's business. */
const STATE = Deno.makeTempDirSync({ prefix: "webex-calling-mcp-bench-" });
addEventListener("unload", () => Deno.removeSync(STATE, { recursive: true }));

/** A running server and the requests that wait for its answers. */
export class LineClient {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #reading: Promise<void>;
  #id = 0;

  /** @param args The arguments of Deno that start the server. */
  constructor(args: readonly string[]) {
    const command = new Deno.Command(Deno.execPath(), {
      args: [...args],
      env: { WEBEX_ACCESS_TOKEN: "bench", XDG_STATE_HOME: STATE },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    });
    this.#child = command.spawn();
    this.#writer = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  /** Resident memory of the server, in MiB, as `ps` tells it: on Linux and macOS. */
  async residentMiB(): Promise<number> {
    const ps = new Deno.Command("ps", { args: ["-o", "rss=", "-p", String(this.#child.pid)], stdout: "piped" });
    const { stdout } = await ps.output();
    return Number(new TextDecoder().decode(stdout)) / 1024;
  }

  /** Opens the session as clients of 2025 do. */
  async initialize(): Promise<void> {
    await this.request("initialize", {
      protocolVersion: "2025-11-25",
      capabilities: {},
      clientInfo: { name: "bench", version: "0" },
    });
    await this.#write({ jsonrpc: "2.0", method: "notifications/initialized" });
  }

  /**
   * Sends a request.
   *
   * @param method The method.
   * @param params Its parameters.
   * @returns The reply.
   */
  async request(method: string, params: unknown): Promise<Reply> {
    const id = ++this.#id;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    this.#waiting.set(id, resolve);
    await this.#write({ jsonrpc: "2.0", id, method, params });
    return await promise;
  }

  /** Ends the server and waits for it. */
  async close(): Promise<void> {
    await this.#writer.close();
    await this.#reading;
    await this.#child.status;
  }

  async #write(message: unknown): Promise<void> {
    await this.#writer.write(encoder.encode(`${JSON.stringify(message)}\n`));
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    let parts: string[] = [];
    for await (const chunk of this.#child.stdout) {
      const lines = decoder.decode(chunk, { stream: true }).split("\n");
      for (const [index, line] of lines.entries()) {
        parts.push(line);
        if (index === lines.length - 1) break;
        this.#receive(parts.join(""));
        parts = [];
      }
    }
  }

  #receive(line: string): void {
    const reply: Reply = JSON.parse(line);
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }
}
