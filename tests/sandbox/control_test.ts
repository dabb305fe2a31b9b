import assert from "node:assert/strict";
import { at, listAt, makeBench } from "./support.ts";

const RULES = "https://webexapis.com/sandbox/faults";
const REQUESTS = "https://webexapis.com/sandbox/requests";

Deno.test("control() takes, shows and removes rules", async () => {
  const { call } = makeBench();
  assert.equal((await call("POST", RULES, [{ path: "/people", status: 503 }])).status, 201);
  assert.deepEqual(at((await call("GET", RULES)).body, "rules"), [{ path: "/people", status: 503 }]);
  assert.equal((await call("GET", "/people")).status, 503);
  assert.equal((await call("DELETE", RULES)).status, 204);
  assert.equal((await call("GET", "/people")).status, 200);
});

Deno.test("control() refuses rules that it doesn't understand", async () => {
  const { call } = makeBench();
  for (const rules of [{ stauts: 500 }, { status: "500" }, [1], "{", { pattern: "(" }]) {
    assert.equal((await call("POST", RULES, rules)).status, 400, JSON.stringify(rules));
  }
});

Deno.test("control() shows what was received, without the token and without itself", async () => {
  const { call } = makeBench();
  await call("GET", "/people?max=2&max=3");
  await call("PUT", "/telephony/config/callCaptions", { orgClosedCaptionsEnabled: true });
  const seen = listAt((await call("GET", REQUESTS)).body, "requests");
  assert.equal(seen.length, 2);
  assert.deepEqual(at(seen, 0, "query"), { max: ["2", "3"] });
  assert.equal(at(seen, 0, "headers", "authorization"), "Bearer");
  assert.deepEqual(at(seen, 1, "body"), { orgClosedCaptionsEnabled: true });
  await call("DELETE", REQUESTS);
  assert.deepEqual(listAt((await call("GET", REQUESTS)).body, "requests"), []);
});
