import assert from "node:assert/strict";
import { HTTP_CLIENTS } from "../support/http_clients.ts";
import { startUpstream } from "../support/process.ts";
import { type Replica, startTeamServer } from "../support/team_server.ts";

const DELETE = "hunt_group_delete_a_hunt_group";
const RECOVERY_MS = 10_000;
/** Each command to a store that hangs takes two seconds at the most, and the next ones fail at once. */
const HANGING_MS = 8_000;

interface Readiness {
  readonly status: number;
  readonly checks: Readonly<Record<string, { readonly ok: boolean }>>;
}

async function readiness({ url }: Replica): Promise<Readiness> {
  const response = await fetch(new URL("/readyz", url));
  const { checks } = await response.json();
  return { status: response.status, checks };
}

/** Nothing but time brings the store back: whoever asks it fails for a moment, and then doesn't. */
async function readyAgain(replica: Replica): Promise<void> {
  const over = performance.now() + RECOVERY_MS;
  while ((await readiness(replica)).status !== 200) {
    assert.ok(performance.now() < over, "The replica did not become ready");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

Deno.test("while the store is away calls go on, plans are refused, and /readyz tells; when it is back all is well", async () => {
  await using upstream = await startUpstream();
  await using team = await startTeamServer({
    upstream: upstream.url,
    policies: [{}],
    env: { WEBEX_MCP_CONFIRM: "destructive" },
  });
  const { redis, replicas, replicas: [one], tokens: [token = ""] } = team;
  const [, modern] = HTTP_CLIENTS;
  assert.ok(modern !== undefined);
  await using client = await modern.connect(one.url, { token });
  const list = () => client.call("people_list_people", { max: 1 });
  const { value: { body: { huntGroups: [group] } } } = await client.call("hunt_group_read_the_list_of_hunt_groups", {
    max: 1,
  });
  const args = { locationId: group.locationId, huntGroupId: group.id };
  const remove = (plan?: string) => client.call(DELETE, plan === undefined ? args : { ...args, plan_id: plan });
  const deletions = () => upstream.sandbox.requests.entries.filter(({ method }) => method === "DELETE").length;
  const { value: { plan_id: plan } } = await remove();
  assert.equal(typeof plan, "string");

  await redis.kill();
  assert.equal((await list()).value.status_code, 200);
  assert.equal((await remove(plan)).value.error.code, "store_unavailable");
  assert.equal((await remove()).value.error.code, "store_unavailable");
  assert.equal(deletions(), 0);
  for (const replica of replicas) {
    const { status, checks: { store } } = await readiness(replica);
    assert.deepEqual([status, store?.ok], [503, false]);
  }
  await one.process.logged("Cannot use the store of the replicas");

  await redis.restart();
  for (const replica of replicas) await readyAgain(replica);
  assert.equal((await list()).value.status_code, 200);
  await one.process.logged("The store of the replicas can be used again");
  // It remembers nothing, so nobody knows whether the plan was used.
  assert.equal((await remove(plan)).isError, true);
  assert.equal(deletions(), 0);
  const { value: { plan_id: fresh } } = await remove();

  redis.signal("SIGSTOP");
  const since = performance.now();
  assert.equal((await list()).value.status_code, 200);
  assert.ok(performance.now() - since < HANGING_MS);
  redis.signal("SIGCONT");
  await readyAgain(one);
  assert.equal((await remove(fresh)).value.status_code, 204);
  assert.equal(deletions(), 1);
});
