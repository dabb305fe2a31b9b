/**
 * Processes that are measured, or that what is measured needs. None outlives the measurement.
 *
 * @module
 */

/** A process that has said that it is ready. */
export interface Started extends AsyncDisposable {
  readonly pid: number;
  /** What it said of itself: the first group of the expression. */
  readonly said: string;
}

/** How a process is started. */
export interface StartOptions {
  /** Arguments of Deno. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Finds in its standard error that it is ready, and where. */
  readonly ready: RegExp;
}

const START_MS = 20_000;
const END_MS = 5_000;
const MOST_TEXT = 100_000;

async function within<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Waited ${ms} ms in vain: ${what}`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Starts a process, and waits until it is ready.
 *
 * @param options How it is started.
 * @returns The process; disposed of, it is asked to end, and killed if it does not.
 * @throws {Error} If it is not ready in time.
 */
export async function startProcess({ args, env = {}, ready }: StartOptions): Promise<Started> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { WEBEX_ACCESS_TOKEN: "bench", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  const reading = (async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      if (text.length < MOST_TEXT) text += part;
      const found = ready.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    }
    reject(new Error(`A process ended before it was ready:\n${text}`));
  })();
  const end = async () => {
    child.kill("SIGTERM");
    const over = Promise.all([child.status, reading]);
    await within(over, END_MS, "a process ends").catch(async () => {
      child.kill("SIGKILL");
      await over;
    });
  };
  try {
    const said = await within(promise, START_MS, "a process is ready");
    return { pid: child.pid, said, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end().catch(() => {});
    throw error;
  }
}
