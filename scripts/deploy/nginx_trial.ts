/**
 * Runs a real nginx with the configuration of `deploy/nginx/` before two replicas, and tries what it promises.
 *
 * @module
 */

import { type FakeReplica, startFakeReplica } from "./fake_replica.ts";
import { layNginx } from "./nginx_place.ts";
import { findTool } from "./tool.ts";

const START_MS = 5_000;
const PAUSE_MS = 20;
const MANY = 20;
const TOO_LARGE = 17 * 1024 * 1024;

interface Bench {
  readonly url: string;
  readonly replicas: readonly [FakeReplica, FakeReplica];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is so. */
async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; waited < START_MS; waited += PAUSE_MS) {
    if (await isSo()) return;
    await pause(PAUSE_MS);
  }
  throw new Error(`Waited ${START_MS} ms in vain: ${what}`);
}

/** A port that nobody has now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function total(replicas: readonly FakeReplica[]): number {
  return replicas.reduce((sum, { requests }) => sum + requests.length, 0);
}

async function post(url: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { method: "POST", body: "{}", signal: AbortSignal.timeout(START_MS), ...init });
  return { status: response.status, text: await response.text() };
}

async function passesHeaders({ url, replicas }: Bench): Promise<string[]> {
  const sent = {
    "authorization": "Bearer wmcp_trial",
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": "tools/call",
    "mcp-name": "people_list_people",
    "x-request-id": "trial-1",
  };
  const before = replicas.map(({ requests }) => requests.length);
  await post(url, { headers: { ...sent, "x-forwarded-for": "198.51.100.7", "forwarded": "for=198.51.100.7" } });
  const seen = replicas.flatMap(({ requests }, index) => requests.slice(before[index]))[0] ?? {};
  const expected: Record<string, string> = { ...sent, "host": new URL(url).host, "x-forwarded-for": "127.0.0.1" };
  const wrong = Object.entries(expected).filter(([name, value]) => seen[name] !== value)
    .map(([name, value]) => `Header "${name}" was ${JSON.stringify(seen[name])}: expected "${value}"`);
  return seen.forwarded === undefined ? wrong : [...wrong, "A client's own Forwarded got through"];
}

async function hidesTheRest({ url, replicas }: Bench): Promise<string[]> {
  const before = total(replicas);
  const problems: string[] = [];
  for (const path of ["/metrics", "/readyz", "/", "/mcp/", "/mcp/../metrics"]) {
    const response = await fetch(new URL(path, url));
    await response.body?.cancel();
    if (response.status !== 404) problems.push(`${path} was answered ${response.status}: expected 404`);
  }
  const large = await post(url, { body: new Uint8Array(TOO_LARGE) }).then(({ status }) => status, () => 413);
  if (large !== 413) problems.push(`A body of 17 MiB was answered ${large}: expected 413`);
  return total(replicas) === before ? problems : [...problems, "A replica saw what nginx should have refused"];
}

async function streams({ url, replicas }: Bench): Promise<string[]> {
  for (const replica of replicas) replica.behaviour = "stream";
  const response = await fetch(url, { method: "POST", body: "{}", signal: AbortSignal.timeout(START_MS) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  // Would nginx hold it back, nothing came before the replica is told to finish, and the request would time out.
  const first = (await reader?.read())?.value;
  for (const replica of replicas) replica.finish();
  const last = (await reader?.read())?.value;
  await reader?.cancel();
  return first?.includes("first") === true && last?.includes("last") === true
    ? []
    : [`The stream was ${JSON.stringify([first, last])}: expected its two pieces one by one`];
}

async function cancels({ url, replicas }: Bench): Promise<string[]> {
  for (const replica of replicas) replica.behaviour = "stream";
  const givenUp = () => replicas.reduce((sum, replica) => sum + replica.givenUp, 0);
  const before = givenUp();
  const client = new AbortController();
  const response = await fetch(url, { method: "POST", body: "{}", signal: client.signal });
  const read = response.text().catch(() => "");
  client.abort();
  await read;
  await until(() => givenUp() > before, "a client that hung up ends the call at the replica");
  return [];
}

/**
 * The heart of it: a replica takes the request and dies. It may have made the change. One request alone: after a failure
 * nginx leaves a replica alone for a while, and would seem to behave.
 */
async function neverSendsTwice({ url, replicas }: Bench): Promise<string[]> {
  for (const replica of replicas) replica.behaviour = "drop";
  const { status } = await post(url);
  const seen = total(replicas);
  return status === 502 && seen === 1 ? [] : [`The answer was ${status}, and the request was sent ${seen} times`];
}

async function passesOverTheDead({ url, replicas }: Bench): Promise<string[]> {
  const [dead, alive] = replicas;
  alive.behaviour = "answer";
  await dead[Symbol.asyncDispose]();
  const before = alive.requests.length;
  const answers: { status: number; text: string }[] = [];
  for (let count = 0; count < MANY; count++) answers.push(await post(url));
  const good = answers.filter(({ status, text }) => status === 200 && text === alive.address).length;
  const seen = alive.requests.length - before;
  return good === MANY && seen === MANY ? [] : [`Of ${MANY} requests ${good} were answered, and ${seen} arrived`];
}

/** In order: the last two leave the replicas marked as failed, or gone. */
const TRIALS: readonly (readonly [string, (bench: Bench) => Promise<string[]>])[] = [
  ["passes headers on", passesHeaders],
  ["shows nothing but /mcp", hidesTheRest],
  ["streams", streams],
  ["cancels", cancels],
];
const AFTERWARDS: typeof TRIALS = [["never sends a POST twice", neverSendsTwice]];
const AT_LAST: typeof TRIALS = [["passes over a replica that is gone", passesOverTheDead]];

/** Runs some trials with an nginx of their own: it remembers which replicas failed. */
async function runTrials(trials: typeof TRIALS): Promise<string[]> {
  const nginx = await findTool("nginx");
  if (nginx === undefined) throw new Error('Cannot run "nginx": it isn\'t installed');
  const directory = await Deno.makeTempDir({ prefix: "nginx-trial-" });
  await using first = await startFakeReplica();
  await using second = await startFakeReplica();
  const listen = `127.0.0.1:${freePort()}`;
  const args = await layNginx({ directory, listen, replicas: [first.address, second.address] });
  const child = new Deno.Command(nginx, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
  try {
    const url = `http://${listen}/mcp`;
    const isUp = () =>
      Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) }).then(closed, () => false);
    await until(isUp, "nginx listens");
    const problems: string[] = [];
    for (const [name, trial] of trials) {
      problems.push(...(await trial({ url, replicas: [first, second] })).map((problem) => `${name}: ${problem}`));
    }
    return problems;
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(directory, { recursive: true });
  }
}

function closed(connection: Deno.Conn): boolean {
  connection.close();
  return true;
}

/**
 * Tries the configuration.
 *
 * @returns One sentence for each promise that wasn't kept.
 */
export async function tryNginx(): Promise<string[]> {
  return [...await runTrials(TRIALS), ...await runTrials(AFTERWARDS), ...await runTrials(AT_LAST)];
}
