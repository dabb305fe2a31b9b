import assert from "node:assert/strict";
import { effectsOf, questionOf } from "../../../src/tools/confirmation/question.ts";
import { risksOf } from "../../../src/tools/confirmation/risk.ts";
import type { Subject } from "../../../src/tools/confirmation/subject.ts";
import { endpointOf } from "../../support/endpoints.ts";

const CLEAR = endpointOf({ title: "Clear Things", method: "DELETE", path: "/things" }, { kind: "write" });
const SET = endpointOf({ title: "Set Thing", method: "PUT", path: "/things/{id}" }, {
  kind: "write",
  destructive: true,
});

function asked(subject: Subject, endpoint = CLEAR, url = "https://webexapis.com/v1/things"): string[] {
  const matter = { endpoint, risks: risksOf(endpoint), subject, url: new URL(url), place: "Profile acme" };
  return questionOf(matter).split("\n");
}

Deno.test("questionOf() says what is in a collection", () => {
  assert.equal(asked({ count: 7, names: ["a", 'b"c'] })[0], `Clear Things: 7 entries ("a", "b'c", …)?`);
  assert.equal(asked({ count: 1, names: ["a"] })[0], 'Clear Things: 1 entry ("a")?');
  assert.equal(asked({ count: 0 })[0], "Clear Things: 0 entries?");
});

Deno.test("questionOf() says that the object could not be read", () => {
  assert.equal(asked({})[0], "Clear Things?");
  assert.equal(
    asked({ problem: "Webex answered 404: gone" })[0],
    "Clear Things (what it is could not be read: Webex answered 404: gone)?",
  );
});

Deno.test("questionOf() lists what changes", () => {
  assert.deepEqual(asked({ name: "Pump", changes: { size: ["2", "3"] } }, SET), [
    'Set Thing: "Pump"?',
    "Deletes, replaces or interrupts something.",
    "Changes:",
    "  size: 2 → 3",
    "Profile acme: PUT /v1/things",
  ]);
});

Deno.test("questionOf() shows the query and cuts a long address", () => {
  assert.match(asked({}, CLEAR, "https://h/v1/x?all=true").at(-1) ?? "", /\/v1\/x\?all=true$/);
  assert.ok((asked({}, CLEAR, `https://h/${"x".repeat(1000)}`).at(-1) ?? "").length < 350);
});

Deno.test("effectsOf() says what is known of the very operation instead of the general", () => {
  assert.deepEqual(effectsOf({ endpoint: SET, risks: risksOf(SET) }), ["Deletes, replaces or interrupts something"]);
  const known = { ...SET, facts: { ...SET.facts, danger: "Parts are lost" } };
  assert.deepEqual(effectsOf({ endpoint: known, risks: risksOf(known) }), ["Parts are lost"]);
});
