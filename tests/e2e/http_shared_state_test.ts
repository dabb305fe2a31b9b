import assert from "node:assert/strict";
import { HTTP_CLIENTS, type HttpClient } from "../support/http_clients.ts";
import { modernMessage } from "../support/http_messages.ts";
import { startUpstream } from "../support/process.ts";
import { startTeamServer } from "../support/team_server.ts";

const DELETE = "hunt_group_delete_a_hunt_group";
const TRIES = 20;
const BURST = 10;
const ASKS = { WEBEX_MCP_CONFIRM: "destructive" };

async function connect(url: string, token: string | undefined): Promise<HttpClient> {
  const [, modern] = HTTP_CLIENTS;
  assert.ok(modern !== undefined && token !== undefined);
  return await modern.connect(url, { token });
}

Deno.test("what one replica hands out is good at the other: plans once, pages, results and the caller's rate", async () => {
  await using upstream = await startUpstream();
  const policies = [{}, { ratePerMinute: 1, burst: BURST }];
  const flags = ["--max-result", "3000"];
  await using team = await startTeamServer({ upstream: upstream.url, policies, flags, env: ASKS });
  const { replicas: [one, other], tokens: [token, limited] } = team;
  await using here = await connect(one.url, token);
  await using there = await connect(other.url, token);

  const { value: { body: { huntGroups: [group] } } } = await here.call("hunt_group_read_the_list_of_hunt_groups", {
    max: 1,
  });
  const args = { locationId: group.locationId, huntGroupId: group.id };
  const planned = await here.call(DELETE, args);
  assert.equal(typeof planned.value.plan_id, "string", JSON.stringify(planned.value));
  const consented = { ...args, plan_id: planned.value.plan_id };
  const tries = Array.from({ length: TRIES }, (_, index) => [here, there][index % 2]?.call(DELETE, consented));
  const values = (await Promise.all(tries)).map((outcome) => outcome?.value);
  assert.equal(values.filter(({ status_code: status }) => status === 204).length, 1, JSON.stringify(values));
  assert.equal(values.filter(({ error }) => error?.code === "used_plan").length, TRIES - 1, JSON.stringify(values));

  const page = await here.call("people_list_people", { max: 1 });
  const next = await there.call("webex_next_page", { next: page.value.next });
  assert.equal(next.value.status_code, 200, JSON.stringify(next.value));
  assert.notDeepEqual(next.value.body, page.value.body);

  const items = Array.from({ length: 500 }, (_, index) => ({ id: `person-${index}`, displayName: `Person ${index}` }));
  upstream.sandbox.faults.add({ path: "/people", body: { items } });
  const { value: { body: shown, truncated } } = await here.call("people_list_people");
  const { tool, arguments: rest } = truncated.read_with;
  const more = await there.call(tool, rest);
  assert.deepEqual(more.value.body.items[0], items[shown.items.length], JSON.stringify(more.value));

  const headers = { authorization: `Bearer ${limited}` };
  const asked = Array.from({ length: BURST * 3 }, async (_, index) => {
    const response = await fetch([one, other][index % 2]?.url ?? "", modernMessage("tools/list", {}, headers));
    await response.body?.cancel();
    return [response.status, response.headers.has("retry-after")];
  });
  const answers = await Promise.all(asked);
  assert.equal(answers.filter(([status]) => status === 200).length, BURST);
  assert.equal(answers.filter(([status, tellsWhen]) => status === 429 && tellsWhen).length, BURST * 2);
});
