import assert from "node:assert/strict";
import { factsOfArguments } from "../../src/audit/arguments.ts";

const PERSON = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x";

Deno.test("factsOfArguments() tells ids and names, and no other values", () => {
  const args = { personId: PERSON, id: "8f4c-1b22", displayName: "Ada", org_id: crypto.randomUUID(), max: 5 };
  assert.deepEqual(factsOfArguments(args, ["personId"], false), {
    ids: { personId: PERSON, id: "8f4c-1b22", org_id: args.org_id },
    argumentNames: ["displayName", "id", "max", "org_id", "personId"],
  });
});

Deno.test("factsOfArguments() tells that something called an id is none, and not what it is", () => {
  const values = [
    "priya.raman@northwind.example.com",
    "Priya Raman",
    "PriyaRaman",
    "../../people",
    "+4930123456789012",
    "4930123456789012",
    "1234-5678",
    "a1",
    "",
    7,
    "Y2lzY29zcGFyazovL3Vz\u0000MS8x",
  ];
  for (const personId of values) {
    for (const inPath of [["personId"], []]) {
      assert.deepEqual(
        factsOfArguments({ personId }, inPath, false).ids,
        { personId: "[not an id]" },
        String(personId),
      );
    }
  }
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
  assert.deepEqual([Object.entries(ids), argumentNames], [[["constructorId", "[not an id]"]], [
    "__proto__",
    "constructorId",
  ]]);
});
