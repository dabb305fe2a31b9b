import assert from "node:assert/strict";
import { factsOfArguments } from "../../src/audit/arguments.ts";

const PERSON = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x";

Deno.test("factsOfArguments() tells ids and names, and no other values", () => {
  const args = { personId: PERSON, id: "7", templateId: 7, displayName: "Ada", org_id: "o", max: 5 };
  assert.deepEqual(factsOfArguments(args, ["personId"], false), {
    ids: { personId: PERSON, id: "7", templateId: "7", org_id: "o" },
    argumentNames: ["displayName", "id", "max", "org_id", "personId", "templateId"],
  });
});

Deno.test("factsOfArguments() tells of a path's other parts only what looks like an id", () => {
  const args = { phoneNumber: "+4930123456789012", accessCode: "12345678", user: PERSON, mail: "ada@example.com" };
  assert.deepEqual(factsOfArguments(args, Object.keys(args), false).ids, { user: PERSON });
  assert.deepEqual(factsOfArguments(args, [], false).ids, {});
});

Deno.test("factsOfArguments() takes neither what phones show nor objects for ids", () => {
  const args = {
    selectedCallerId: "+49301234",
    callingLineId: { name: "Ada" },
    personIds: ["a"],
    valid: "x",
    paid: "y",
  };
  assert.deepEqual(factsOfArguments(args, [], false).ids, {});
});

Deno.test("factsOfArguments() gives the values where they are asked for", () => {
  const args = { displayName: "Ada" };
  assert.deepEqual(factsOfArguments(args, [], true).values, args);
});

Deno.test("factsOfArguments() treats a hostile name like any other", () => {
  const args = JSON.parse('{"__proto__":"x","constructorId":"y"}');
  const { ids, argumentNames } = factsOfArguments(args, [], false);
  assert.deepEqual([Object.entries(ids), argumentNames], [[["constructorId", "y"]], ["__proto__", "constructorId"]]);
});
