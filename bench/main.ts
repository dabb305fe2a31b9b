/**
 * Measures the server beside the floor in one run: time from spawn to the complete list, memory after it, latency of a
 * call beside a bare `fetch`, and calls per second; and how well the search finds.
 *
 * Figures of one run compare with each other; those of different machines or days do not.
 *
 * @module
 */

import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { embeddedCollection } from "../src/collection/embedded.ts";
import { createCatalogue, type SchemaDetail } from "../src/tools/catalogue.ts";
import { measureHttp } from "./http/main.ts";
import { startUpstream } from "./http/upstream.ts";
import { LineClient } from "./line_client.ts";
import { measureMemory } from "./memory.ts";
import { measureResults } from "./results.ts";
import { measureSearch } from "./search.ts";
import { measureStorm } from "./storm.ts";

const STARTS = 11;
const SEQUENTIAL_CALLS = 1_000;
const WARM_UP_CALLS = 200;
const PARALLEL_CALLS = 8_000;
const IN_FLIGHT = 32;
const CALL = { name: "people_list_people", arguments: { max: 10 } };

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function say(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

interface Start {
  readonly ms: number;
  readonly mib: number;
}

async function start(args: readonly string[]): Promise<Start> {
  const begin = performance.now();
  const client = new LineClient(args);
  await client.initialize();
  const { result } = await client.request("tools/list", {});
  const ms = performance.now() - begin;
  const mib = await client.residentMiB();
  if ((result?.tools?.length ?? 0) < 1000) throw new Error("The list is not complete");
  await client.close();
  return { ms, mib };
}

/** The two in turn, so that both see the same machine. */
async function compareStarts(ours: readonly string[], floor: readonly string[]): Promise<void> {
  const pairs: { ours: Start; floor: Start }[] = [];
  await start(ours);
  await start(floor);
  for (let run = 0; run < STARTS; run++) pairs.push({ ours: await start(ours), floor: await start(floor) });
  const row = (name: string, unit: string, pick: (value: Start) => number) => {
    const [a, b] = [median(pairs.map((pair) => pick(pair.ours))), median(pairs.map((pair) => pick(pair.floor)))];
    const ratio = median(pairs.map((pair) => pick(pair.ours) / pick(pair.floor)));
    return say(`${name}: ${a.toFixed(0)} ${unit}, floor ${b.toFixed(0)} ${unit}, ratio ${ratio.toFixed(2)}`);
  };
  await row("Spawn to complete tools/list", "ms", (value) => value.ms);
  await row("Resident memory after it", "MiB", (value) => value.mib);
}

async function sequential(call: () => Promise<unknown>): Promise<number> {
  for (let index = 0; index < WARM_UP_CALLS; index++) await call();
  const times: number[] = [];
  for (let index = 0; index < SEQUENTIAL_CALLS; index++) {
    const begin = performance.now();
    await call();
    times.push(performance.now() - begin);
  }
  return median(times);
}

async function parallel(call: () => Promise<unknown>): Promise<number> {
  let left = PARALLEL_CALLS;
  const begin = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (left-- > 0) await call();
  }));
  return PARALLEL_CALLS / (performance.now() - begin) * 1000;
}

interface CallCost {
  /** Milliseconds of a call, one after the other. */
  readonly latency: number;
  /** Calls per second with {@linkcode IN_FLIGHT} at a time. */
  readonly rate: number;
}

async function measureCalls(name: string, args: readonly string[]): Promise<CallCost> {
  const client = new LineClient(args);
  await client.initialize();
  const call = async () => {
    const { result, error } = await client.request("tools/call", CALL);
    if (error !== undefined || result?.isError === true) {
      throw new Error(`${name} failed: ${JSON.stringify(error ?? result)}`);
    }
  };
  const latency = await sequential(call);
  const rate = await parallel(call);
  await client.close();
  return { latency, rate };
}

async function compareCalls(ours: readonly string[], floor: readonly string[], url: string): Promise<void> {
  const fetchOnce = async () => await (await fetch(url)).text();
  const bare = { latency: await sequential(fetchOnce), rate: await parallel(fetchOnce) };
  const least = await measureCalls("The floor", floor);
  await say(
    `A call, one after the other: bare fetch ${bare.latency.toFixed(2)} ms, floor ${least.latency.toFixed(2)} ms`,
  );
  await say(
    `Calls per second, ${IN_FLIGHT} in flight: bare fetch ${bare.rate.toFixed(0)}, floor ${least.rate.toFixed(0)}`,
  );
  const variants: [string, string[]][] = [
    ["As it comes", []],
    [`With --concurrency ${IN_FLIGHT}`, ["--concurrency", String(IN_FLIGHT)]],
    [`With --concurrency ${IN_FLIGHT} --no-audit`, ["--concurrency", String(IN_FLIGHT), "--no-audit"]],
  ];
  for (const [name, flags] of variants) {
    const { latency, rate } = await measureCalls("The server", [...ours, ...flags]);
    await say(
      `${name}: ${latency.toFixed(2)} ms, ${(latency - bare.latency).toFixed(2)} ms more than bare fetch; ${
        rate.toFixed(0)
      } calls per second, ${(rate / least.rate).toFixed(2)} of the floor, ${
        (rate / bare.rate).toFixed(2)
      } of bare fetch`,
    );
  }
}

async function countTokens(detail: SchemaDetail): Promise<void> {
  const { endpoints } = embeddedCollection();
  const tokens = encode(JSON.stringify(createCatalogue(endpoints, detail).definitions())).length;
  await say(
    `Tokens of the list (o200k, --schema ${detail}): ${tokens}, ${(tokens / endpoints.length).toFixed(0)} a tool`,
  );
}

async function measureServer(): Promise<void> {
  await using upstream = await startUpstream();
  const { url } = upstream;
  const toolsFile = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const definitions = createCatalogue(embeddedCollection().endpoints, "full").definitions();
    await Deno.writeTextFile(toolsFile, JSON.stringify(definitions));
    const path = (name: string) => new URL(name, import.meta.url).pathname;
    const serve = ["run", "-A", path("../main.ts"), "serve", "--base-url"];
    const ours = [...serve, url];
    const floor = ["run", "-A", path("floor_server.ts"), toolsFile, url];
    await compareStarts(ours, floor);
    await compareCalls(ours, floor, url);
    for (const line of await measureStorm((base) => [...serve, base])) await say(line);
    for (const line of await measureResults()) await say(line);
    await say(await measureMemory("the server", ours));
    await say(await measureMemory("the floor", floor));
    await countTokens("full");
    await countTokens("compact");
  } finally {
    await Deno.remove(toolsFile);
  }
}

// "deno task bench search" leaves the rest out; "--misses" lists what the tuning half misses.
if (!Deno.args.includes("search")) {
  await measureServer();
  await measureHttp(say);
}
for (const line of await measureSearch({ misses: Deno.args.includes("--misses") })) await say(line);
