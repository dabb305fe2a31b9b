/**
 * Sends requests over a number of connections and measures each; a process of its own, so that it shares nothing with
 * what it measures.
 *
 * Reads one job as JSON from standard input: `{url, init, connections, requests}`; prints what came of it as JSON.
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
}

/** What came of it. */
export interface Measured {
  readonly perSecond: number;
  /** Milliseconds by percentile. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Answers by status; what never came counts as 0. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly bytes: number;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function run({ url, method, headers, body, connections, requests }: Job): Promise<Measured> {
  const times: number[] = [];
  const statuses: Record<string, number> = {};
  let left = requests;
  let bytes = 0;
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, async () => {
    while (left-- > 0) {
      const begun = performance.now();
      let status = 0;
      try {
        const response = await fetch(url, { method, headers, body });
        bytes = (await response.arrayBuffer()).byteLength;
        status = response.status;
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
    perSecond: requests / seconds,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    statuses,
    bytes,
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

if (import.meta.main) {
  const job: Job = await new Response(Deno.stdin.readable).json();
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await run(job))));
}
