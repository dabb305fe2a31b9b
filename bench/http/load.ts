/**
 * Sends requests over a number of connections and measures each; a process of its own, so that it shares nothing with
 * what it measures.
 *
 * Reads one job as JSON from standard input, and prints what came of it as JSON. The tokens are among what it reads, not
 * among its arguments, which every user of a machine can see.
 *
 * @module
 */

/** What to send. */
export interface Job {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Requests at a time; each has a connection of its own. */
  readonly connections: number;
  /** Requests altogether. */
  readonly requests: number;
  /** The connections take these in turn. */
  readonly tokens?: readonly string[];
  /** No request begins later than this, in milliseconds. */
  readonly withinMs?: number;
}

/** What came of it. */
export interface Measured {
  /** Answers a second, of whatever status. */
  readonly perSecond: number;
  /** Milliseconds by percentile, of all answers. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Answers by status; what never came counts as 0. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How many said when to come back. */
  readonly retryAfter: number;
}

/** No measurement takes longer. */
const LIMIT_MS = 60_000;

/** @returns What is greater than that share of the values. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function run(job: Job): Promise<Measured> {
  const { url, method, headers, body, connections, requests, tokens = [], withinMs = LIMIT_MS } = job;
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  const signal = AbortSignal.timeout(LIMIT_MS);
  let [left, retryAfter] = [requests, 0];
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, async (_, index) => {
    const token = tokens[index % tokens.length];
    const all = token === undefined ? headers : { ...headers, authorization: `Bearer ${token}` };
    while (left-- > 0 && performance.now() - begin < withinMs) {
      const begun = performance.now();
      let status = 0;
      try {
        const response = await fetch(url, { method, headers: all, body, signal });
        await response.arrayBuffer();
        status = response.status;
        if (response.headers.has("retry-after")) retryAfter++;
      } catch {
        // Counted below.
      }
      statuses[status] = (statuses[status] ?? 0) + 1;
      times.push(performance.now() - begun);
    }
  }));
  const seconds = (performance.now() - begin) / 1000;
  const sorted = times.sort((a, b) => a - b);
  return {
    perSecond: times.length / seconds,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    statuses,
    retryAfter,
  };
}

/**
 * Runs a job in a process of its own.
 *
 * @param job What to send.
 * @returns What came of it.
 */
export async function load(job: Job): Promise<Measured> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", `--allow-net=${new URL(job.url).host}`, import.meta.filename ?? ""],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(JSON.stringify(job)));
  await writer.close();
  const { stdout, success } = await child.output();
  if (!success) throw new Error("The load could not be made");
  return JSON.parse(new TextDecoder().decode(stdout));
}

/**
 * Insists that everything was served.
 *
 * @param measured What came of a job.
 * @returns What came of it.
 * @throws {Error} If anything else than 200 was answered.
 */
export function allServed(measured: Measured): Measured {
  const others = Object.keys(measured.statuses).filter((status) => status !== "200");
  if (others.length > 0) throw new Error(`Not all was served: ${JSON.stringify(measured)}`);
  return measured;
}

/**
 * Words what came of a job.
 *
 * @param measured What came of it.
 */
export function figures({ perSecond, p50, p95, p99 }: Measured): string {
  return `${perSecond.toFixed(0)}/s, p50/p95/p99 ${[p50, p95, p99].map((ms) => ms.toFixed(1)).join("/")} ms`;
}

if (import.meta.main) {
  const job: Job = await new Response(Deno.stdin.readable).json();
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await run(job))));
}
