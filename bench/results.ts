/**
 * Measures what long results cost: making them fit, keeping them, and reading on in them.
 *
 * @module
 */

import { systemClock } from "../src/core/clock.ts";
import { beginCall } from "../src/core/context.ts";
import type { Json, JsonObject } from "../src/core/json.ts";
import { createMemoryStore } from "../src/store/memory_store.ts";
import { DEFAULT_LIMIT, fit } from "../src/tools/results/fit.ts";
import { createResultStore } from "../src/tools/results/result_store.ts";
import { createResultTool } from "../src/tools/results/result_tool.ts";
import { estimateTokens } from "../src/tools/results/token_estimate.ts";

const RUNS = 7;
const MIB = 1024 * 1024;

/** Call records, as the calling history has them. */
function records(count: number): Json[] {
  return Array.from({ length: count }, (_, index) => ({
    "Answer time": new Date(1_780_000_000_000 + index * 1_000).toISOString(),
    "Call ID": `SSE${(index * 2_654_435_761 % 4_294_967_296).toString(16).padStart(18, "0")}@10.177.4.29`,
    "Called number": `+1408555${String(index % 10_000).padStart(4, "0")}`,
    "Call outcome": index % 5 === 0 ? "Refusal" : "Success",
    Duration: index % 900,
    Location: "San Jose",
    User: `Person ${index}`,
  }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return median(times);
}

async function measure(name: string, value: JsonObject): Promise<string[]> {
  const store = createResultStore({
    store: createMemoryStore({ clock: systemClock }),
    owner: "bench",
    clock: systemClock,
  });
  const tool = createResultTool({ store, limit: DEFAULT_LIMIT });
  const text = JSON.stringify(value);
  const before = Deno.memoryUsage().rss;
  const estimate = await timed(() => estimateTokens(text));
  const fitting = await timed(() => fit(value, DEFAULT_LIMIT, () => Promise.resolve(undefined)));
  const keeping = await timed(() => fit(value, DEFAULT_LIMIT, (whole) => store.put(whole, "bench")));
  const result = (await store.list())[0]?.id ?? "";
  const read = async (args: JsonObject) => {
    using context = beginCall({ clock: systemClock, deadlineMs: 60_000 });
    await tool.call({ result, ...args }, context);
  };
  const page = await timed(() => read({ start: 5_000 }));
  const words = await timed(() => read({ filter: "person 777" }));
  const condition = await timed(() => read({ filter: "contains(User, '777') && Duration > `100`" }));
  const fields = await timed(() => read({ fields: "items[].{user: User, seconds: Duration}" }));
  const grown = (Deno.memoryUsage().rss - before) / MIB;
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  return [
    `Result of ${name}, ${(text.length / 1_000_000).toFixed(1)} MB: estimate ${ms(estimate)}, fit ${ms(fitting)}, ` +
    `fit and keep ${ms(keeping)}`,
    `  Reading on: a page ${ms(page)}, by words ${ms(words)}, by a condition ${ms(condition)}, fields ${ms(fields)}; ` +
    `${RUNS * 6} runs grew the process by ${grown.toFixed(0)} MiB`,
  ];
}

/**
 * Measures a result of ten megabytes and one of a hundred thousand rows.
 *
 * @returns Lines to show.
 */
export async function measureResults(): Promise<string[]> {
  const ten = await measure("40,000 records", { status_code: 200, body: { items: records(40_000) } });
  const many = await measure("100,000 records", { status_code: 200, body: { items: records(100_000) } });
  return [...ten, ...many];
}
