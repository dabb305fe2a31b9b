import assert from "node:assert/strict";
import { runMain } from "../support/process.ts";
import { startNginx } from "../support/nginx.ts";
import { startTallyingUpstream, type TallyingUpstream } from "../support/tallying_upstream.ts";
import { type Attempt, CLIENTS, startTeamLoad, type TeamLoad } from "../support/team_load.ts";
import { type Replica, startTeamServer } from "../support/team_server.ts";

const CONCURRENCY = 8;
/** So many answers make a phase. */
const ENOUGH = 150;
const PHASE_MS = 20_000;

/** Lets the load go on in a phase until enough was served in it. */
async function enough(load: TeamLoad, phase: string): Promise<void> {
  load.phase = phase;
  const over = performance.now() + PHASE_MS;
  while (load.served(phase) < ENOUGH) {
    assert.ok(performance.now() < over, `Only ${load.served(phase)} requests were served: ${phase}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What no client may ever see, whatever happens to a replica. */
function checkAttempts(attempts: readonly Attempt[], { changes }: TallyingUpstream): void {
  for (const { name, isError, text } of attempts) {
    if (name.startsWith("read")) continue;
    const times = changes.get(name) ?? 0;
    if (isError === false) assert.equal(times, 1, `${name} was answered, and arrived ${times} times: ${text}`);
  }
  const doubled = [...changes].filter(([, times]) => times > 1);
  assert.deepEqual(doubled, [], "no change arrived twice");
  const unclean = attempts.filter(({ status }) => status !== undefined && ![200, 502, 503, 504].includes(status));
  assert.deepEqual(unclean, [], "a client is told nothing but to try again");
}

/** A client that was told nothing, or that it failed. */
function failuresOf(attempts: readonly Attempt[], ...phases: readonly string[]): Attempt[] {
  return attempts.filter(({ phase, isError }) => phases.includes(phase) && isError !== false);
}

async function checkTrails(replicas: readonly Replica[], { changes }: TallyingUpstream): Promise<void> {
  const calls: string[] = [];
  for (const { audit } of replicas) {
    const { code, stdout, stderr } = await runMain(["audit", "verify", "--audit", audit]);
    assert.equal(code, 0, `${stdout}${stderr}`);
    const lines = (await Deno.readTextFile(audit)).split("\n").filter((line) => line !== "");
    calls.push(...lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === "write").map(({ call }) => call));
  }
  assert.equal(new Set(calls).size, calls.length, "no change has two lines");
  assert.ok(calls.length >= changes.size, `${calls.length} lines of ${changes.size} changes`);
}

Deno.test("of two replicas behind nginx one may be killed and one ended under load: no answered change is lost or doubled", async () => {
  await using upstream = await startTallyingUpstream();
  await using team = await startTeamServer({
    upstream: upstream.url,
    policies: [{}, {}, {}, {}],
    flags: ["--rate", "1000000", "--concurrency", `${CONCURRENCY}`],
  });
  const { replicas, replicas: [one, other] } = team;
  await using nginx = await startNginx(replicas.map(({ address }) => address));
  const load = startTeamLoad(nginx.url, team.tokens);
  try {
    await enough(load, "both");
    load.phase = "killing";
    await one.process.end("SIGKILL");
    await enough(load, "one killed");
    await one.start();
    // nginx tries a replica that failed again after five seconds; the load tells when.
    await one.process.logged("HTTP: 200 POST /mcp");
    await enough(load, "both again");
    load.phase = "ending";
    assert.equal(await other.process.end("SIGTERM"), 0);
    await enough(load, "one ended");
  } finally {
    await load.end();
  }
  const { attempts } = load;
  checkAttempts(attempts, upstream);
  const unharmed = failuresOf(attempts, "start", "one killed", "one ended");
  assert.deepEqual(unharmed.slice(0, 3), [], "the replica that is left serves everything");
  const killed = failuresOf(attempts, "both", "killing");
  assert.ok(killed.length > 0 && killed.length <= CLIENTS, `${killed.length} requests were under way`);
  const ended = failuresOf(attempts, "both again", "ending");
  assert.ok(ended.length < CLIENTS / 4, `${ended.length} requests met a connection that was being closed`);
  assert.deepEqual(ended.filter(({ name }) => upstream.changes.has(name)), [], "what began is answered");
  assert.ok(upstream.most <= CONCURRENCY, `${upstream.most} requests were under way together`);
  for (const { process } of replicas) assert.equal(process.log().includes("the client left"), false);
  assert.match(one.process.log(), /Changes that were interrupted/);
  await one.process.end();
  await checkTrails(replicas, upstream);
});
