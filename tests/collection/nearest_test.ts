import assert from "node:assert/strict";
import fc from "fast-check";
import { nearestByWords, nearestNames } from "../../src/collection/nearest.ts";

const NAMES = ["personId", "orgId", "locationId", "max", "start", "extension"];

Deno.test("nearestNames() finds a name in another case, with other punctuation, or with a slip", () => {
  for (const wrong of ["person_id", "PersonID", "PERSON-ID", "persnId", "person id"]) {
    assert.equal(nearestNames(wrong, NAMES)[0], "personId", wrong);
  }
});

Deno.test("nearestNames() finds a name that contains the wrong one or is contained in it", () => {
  assert.deepEqual(nearestNames("location", NAMES), ["locationId"]);
  assert.equal(nearestNames("extensionNumber", NAMES)[0], "extension");
});

Deno.test("nearestNames() puts the closest first and the rest in the order of the alphabet", () => {
  assert.deepEqual(nearestNames("abcd", ["abce", "abcd_", "abcf", "xabcd"]).slice(0, 2), ["abcd_", "xabcd"]);
  assert.deepEqual(nearestNames("abcd", ["abcf", "abce"]), ["abce", "abcf"]);
});

Deno.test("nearestNames() finds nothing where nothing is similar", () => {
  assert.deepEqual(nearestNames("zzz", NAMES), []);
  assert.deepEqual(nearestNames("", NAMES), []);
  assert.deepEqual(nearestNames("x", []), []);
  assert.deepEqual(nearestNames("a", NAMES), []);
});

Deno.test("nearestNames() does not guess what shares only letters with the wrong name", () => {
  assert.deepEqual(nearestNames("nope", ["People", "operating_modes_list", "location_operating_modes"]), []);
});

Deno.test("nearestNames() finds a short name in which two letters changed places", () => {
  assert.deepEqual(nearestNames("sevre", ["serve", "search"]), ["serve"]);
  assert.deepEqual(nearestNames("clal", ["call", "tools"]), ["call"]);
});

Deno.test("nearestNames() finds a name of several words of which one is right", () => {
  assert.deepEqual(nearestNames("hunt_lst", ["hunt_create", "user_put"]), ["hunt_create"]);
});

Deno.test("nearestNames() tells a name once, however often it is known", () => {
  assert.deepEqual(nearestNames("peple", ["People", "People", "People"]), ["People"]);
});

Deno.test("nearestNames() finds names in other alphabets", () => {
  assert.deepEqual(nearestNames("Größ", ["Größe", "Name"]), ["Größe"]);
  assert.deepEqual(nearestNames("名", ["名前", "番号"]), ["名前"]);
});

Deno.test("nearestNames() answers at most three of the known names, each once, in the same order for any order", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "b", "B", "_", "é"), maxLength: 5 });
  fc.assert(fc.property(name, fc.array(name, { maxLength: 8 }), (wrong, known) => {
    const found = nearestNames(wrong, known);
    assert.ok(found.length <= 3 && found.every((one) => known.includes(one)));
    assert.equal(new Set(found).size, found.length);
    assert.deepEqual(nearestNames(wrong, known.toReversed()), found);
  }));
});

Deno.test("nearestByWords() finds names by their words, whatever the order", () => {
  const names = ["hunt_group_read_the_list_of_hunt_groups", "call_queue_delete_a_call_queue", "people_list_people"];
  assert.equal(nearestByWords("hunt_group_list", names)[0], names[0]);
  assert.equal(nearestByWords("delete_queues", names)[0], names[1]);
  assert.deepEqual(nearestByWords("frobnicate", names), []);
  assert.deepEqual(nearestByWords("", names), []);
  assert.equal(nearestByWords("people_list_peple", names)[0], names[2]);
});
