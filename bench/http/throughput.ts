/**
 * Measures requests per second and latency of calls and lists, beside a bare handler that answers the same bytes.
 *
 * @module
 */

import { allServed, figures, load, type Measured } from "./load.ts";
import { type Asked, CALL, LIST } from "./messages.ts";
import { type Served, serveFloor, serveOurs } from "./served.ts";

const ROUNDS = 3;

interface Case {
  readonly name: string;
  readonly flags: readonly string[];
  readonly asked: Asked;
  readonly connections: number;
  readonly requests: number;
}

const MANY = { connections: 32, requests: 4_000 };

const CASES: readonly Case[] = [
  { name: "tools/call, 1 connection", flags: [], asked: CALL, connections: 1, requests: 1_000 },
  { name: "tools/call, 32 connections", flags: ["--concurrency", "50"], asked: CALL, ...MANY },
  { name: "tools/list of 1,180 tools, 4 connections", flags: [], asked: LIST, connections: 4, requests: 200 },
  { name: "tools/list of discovery, 32 connections", flags: ["--tools", "discover"], asked: LIST, ...MANY },
];

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function typical(of: readonly Measured[]): Measured {
  const at = (pick: (one: Measured) => number) => median(of.map(pick));
  return {
    perSecond: at(({ perSecond }) => perSecond),
    p50: at(({ p50 }) => p50),
    p95: at(({ p95 }) => p95),
    p99: at(({ p99 }) => p99),
    statuses: {},
    retryAfter: 0,
  };
}

async function compare({ name, flags, asked, connections, requests }: Case): Promise<string> {
  await using ours = await serveOurs({ flags });
  const response = await fetch(ours.url, asked);
  const type = response.headers.get("content-type") ?? "";
  await using floor = await serveFloor(await response.text(), type);
  const of = async ({ url }: Served) => allServed(await load({ url, ...asked, connections, requests }));
  await of(ours);
  await of(floor);
  const rounds: { ours: Measured; floor: Measured }[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push({ ours: await of(ours), floor: await of(floor) });
  const ratio = median(rounds.map((one) => one.ours.perSecond / one.floor.perSecond));
  return `${name}: ${figures(typical(rounds.map((one) => one.ours)))}; bare Hono ${
    figures(typical(rounds.map((one) => one.floor)))
  }; ratio ${ratio.toFixed(3)}`;
}

/**
 * Measures all cases, ours and the bare handler in turn.
 *
 * @param say Prints a line.
 */
export async function measureThroughput(say: (text: string) => Promise<void>): Promise<void> {
  for (const one of CASES) await say(await compare(one));
}
