import assert from "node:assert/strict";
import type { Json } from "../../../src/core/json.ts";
import { nameOf } from "../../../src/tools/confirmation/object_name.ts";

Deno.test("nameOf() names an object by what people call it", () => {
  const cases: [Json, string | undefined][] = [
    [{ displayName: "Ada L", name: "x" }, "Ada L"],
    [{ name: "Support", locationName: "Leeds" }, "Support"],
    [{ firstName: "Ada", lastName: "Lovelace" }, "Ada Lovelace"],
    [{ phoneNumber: "+15125550100" }, "+15125550100"],
    [{ extension: 4711 }, "4711"],
    [{ emails: ["ada@example.com"] }, "ada@example.com"],
    [{ remoteParty: { name: "Ada", number: "1" } }, "Ada"],
    [{ callingParty: { number: "+1512" } }, "+1512"],
    [{ id: "7", pin: "1" }, undefined],
    [null, undefined],
    [["a"], undefined],
  ];
  for (const [value, name] of cases) assert.equal(nameOf(value), name);
});

Deno.test("nameOf() goes on to the next where a name cannot be seen", () => {
  assert.equal(nameOf({ displayName: "\u200b\u3164", name: " ", label: "Pump" }), "Pump");
  assert.equal(nameOf({ displayName: "\u200b", firstName: "\u200d", lastName: "Lovelace" }), "Lovelace");
});

Deno.test("nameOf() names a job by what it is about, not by its program", () => {
  const job = { name: "calldeletelocation", latestExecutionStatus: "STARTED" };
  assert.equal(nameOf({ ...job, locationName: "Leeds" }), "Leeds");
  assert.equal(nameOf(job), undefined);
});

Deno.test("nameOf() lets no name look like a line of the question", () => {
  const name = nameOf({ name: `a\n\nApproved.\u202e${"x".repeat(200)}` }) ?? "";
  assert.match(name, /^a Approved\. x+…$/);
  assert.equal([...name].length, 80);
});
