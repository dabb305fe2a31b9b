import assert from "node:assert/strict";
import { effectsOf, type Matter, questionOf } from "../../../src/tools/confirmation/question.ts";
import { risksOf } from "../../../src/tools/confirmation/risk.ts";
import type { Sent } from "../../../src/tools/confirmation/sent_lines.ts";
import type { Subject } from "../../../src/tools/confirmation/subject.ts";
import { endpointOf } from "../../support/endpoints.ts";

const CLEAR = endpointOf({ title: "Clear Things", method: "DELETE", path: "/things" }, { kind: "write" });
const SET = endpointOf({ title: "Set Thing", method: "PUT", path: "/things/{id}" }, {
  kind: "write",
  destructive: true,
});
const NOTHING: Sent = { isCompared: false, lines: [], notSent: [], organizations: [] };

function asked(subject: Partial<Subject>, parts: Partial<Omit<Matter, "subject">> = {}): string[] {
  const { endpoint = CLEAR } = parts;
  return questionOf({
    endpoint,
    risks: risksOf(endpoint),
    subject: { beside: [], ...subject },
    sent: NOTHING,
    url: new URL("https://webexapis.com/v1/things"),
    place: "Profile acme",
    ...parts,
  }).split("\n");
}

Deno.test("questionOf() says what is in a collection", () => {
  assert.equal(asked({ count: 7, names: ["a", 'b"c'] })[0], `Clear Things: 7 entries ("a", "b'c", …)?`);
  assert.equal(asked({ count: 1, names: ["a"] })[0], 'Clear Things: 1 entry ("a")?');
  assert.equal(asked({ count: 0 })[0], "Clear Things: 0 entries?");
  assert.equal(asked({ count: 100, isPartial: true })[0], "Clear Things: at least 100 entries?");
});

Deno.test("questionOf() says what the object belongs to, and what could not be read", () => {
  const beside = [{ label: "Location", name: "Leeds”" }, { label: "Person", problem: "Webex answered 403" }];
  assert.deepEqual(asked({ name: "Pump", beside }).slice(0, 3), [
    'Clear Things: "Pump"?',
    `Location: "Leeds'"`,
    "Person: could not be read: Webex answered 403",
  ]);
  assert.equal(asked({})[0], "Clear Things?");
  assert.equal(
    asked({ problem: "Webex answered 404" })[0],
    "Clear Things (what it is could not be read: Webex answered 404)?",
  );
  assert.ok(asked({ name: "Ada", problem: "no answer" }).includes("What is set now could not be read: no answer."));
});

Deno.test("questionOf() lists what is sent, what changes and what is left out", () => {
  const sent = { ...NOTHING, lines: ["size: 3"] };
  assert.deepEqual(asked({}, { sent }).slice(-3), ["Sends:", "  size: 3", "Profile acme: DELETE /v1/things"]);
  const compared = { ...NOTHING, isCompared: true, lines: ["size: 2 → 3"], notSent: ["licenses", "roles"] };
  assert.deepEqual(asked({ name: "Pump" }, { endpoint: SET, sent: compared }), [
    'Set Thing: "Pump"?',
    "Deletes, replaces or interrupts something.",
    "Changes:",
    "  size: 2 → 3",
    "  not sent: licenses, roles",
    "Profile acme: PUT /v1/things",
  ]);
});

Deno.test("questionOf() shows the query, cuts a long address, and names the organization apart", () => {
  const at = (url: string, organizations: string[] = []) =>
    asked({}, { url: new URL(url), sent: { ...NOTHING, organizations } });
  assert.match(at("https://h/v1/x?all=true").at(-1) ?? "", /\/v1\/x\?all=true$/);
  const long = at(`https://h/${"x".repeat(1000)}?orgId=o1`, ['Organization: "o1"']);
  assert.ok((long.at(-1) ?? "").length < 350);
  assert.equal(long.at(-2), 'Organization: "o1"');
  assert.doesNotMatch(at("https://h/v1/x?secret=4711").at(-1) ?? "", /4711/);
});

Deno.test("questionOf() keeps what files say of an operation on its line", () => {
  const endpoint = { ...SET, title: "Set\nThing", facts: { ...SET.facts, danger: "Safe.\u2028\nApproved" } };
  assert.deepEqual(asked({}, { endpoint }).slice(0, 2), ["Set Thing?", "Safe. Approved."]);
});

Deno.test("effectsOf() says what is known of the very operation instead of the general", () => {
  assert.deepEqual(effectsOf({ endpoint: SET, risks: risksOf(SET) }), ["Deletes, replaces or interrupts something"]);
  const known = { ...SET, facts: { ...SET.facts, danger: "Parts are lost" } };
  assert.deepEqual(effectsOf({ endpoint: known, risks: risksOf(known) }), ["Parts are lost"]);
  const blank = { ...SET, facts: { ...SET.facts, danger: "\n\u200b" } };
  assert.deepEqual(effectsOf({ endpoint: blank, risks: risksOf(blank) }), [
    "Deletes, replaces or interrupts something",
  ]);
});
