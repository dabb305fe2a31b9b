import assert from "node:assert/strict";
import { at, makeBench } from "./support.ts";

const { call } = makeBench();

async function refusal(path: string, method = "GET"): Promise<[number, string]> {
  const { status, body } = await call(method, path);
  return [status, String(at(body, "message"))];
}

Deno.test("checkParameters() wants required query parameters", async () => {
  assert.deepEqual(await refusal("/telephony/config/queues/agents/availableAgents"), [
    400,
    "Missing required query parameter: locationId",
  ]);
});

Deno.test("checkParameters() refuses values of the wrong type", async () => {
  assert.deepEqual(await refusal("/people?callingData=yes"), [
    400,
    "Invalid value for query parameter callingData: must be true or false",
  ]);
  assert.deepEqual(await refusal("/people?max=many"), [400, "Invalid value for query parameter max: must be a number"]);
  const [status, message] = await refusal("/telephony/config/numbers?state=BUSY");
  assert.equal(status, 400);
  assert.match(message, /must be one of ACTIVE/);
});

Deno.test("checkParameters() lets unknown query parameters through", async () => {
  assert.equal((await call("GET", "/people?whatever=1")).status, 200);
});
