import assert from "node:assert/strict";
import { exampleText, type TextPlace } from "../../../src/tools/discovery/example_texts.ts";

function textFor(name: string, parts: Partial<TextPlace> = {}): string {
  return exampleText({ place: name, name, description: "", format: "", index: 0, path: "/things", ...parts });
}

Deno.test("exampleText() uses only numbers and addresses that belong to nobody", () => {
  for (const name of ["phoneNumber", "number", "destination", "forwardToPhoneNumber", "numbers", "callerId"]) {
    assert.match(textFor(name), /^\+1512555 ?01\d\d$/, name);
  }
  assert.notEqual(textFor("numbers", { index: 1 }), textFor("numbers"));
  for (const name of ["email", "emails", "emailId", "ownerEmail"]) assert.match(textFor(name), /@example\.com$/, name);
  assert.match(textFor("screenPopUrl"), /^https:\/\/example\.com\//);
});

Deno.test("exampleText() writes times in the notation that the format or the description names", () => {
  assert.equal(textFor("startDate"), "2026-03-02");
  assert.equal(textFor("startTime", { description: "HH:mm, 24 h" }), "09:00");
  assert.equal(textFor("endTime", { description: "HH:mm, 24 h" }), "17:00");
  assert.equal(textFor("startTime", { description: "UTC, YYYY-MM-DDTHH:mm:ss.SSSZ" }), "2026-03-02T09:00:00.000Z");
  assert.equal(textFor("to", { description: "Reports before, YYYY-MM-DD" }), "2026-03-06");
  assert.equal(textFor("x", { format: "date-time" }), "2026-03-02T09:00:00.000Z");
  assert.ok(textFor("startTime") < textFor("endTime"));
});

Deno.test("exampleText() calls people and things by fitting names", () => {
  assert.equal(textFor("displayName", { path: "/people" }), "Alex Morgan");
  assert.equal(textFor("displayName", { path: "/workspaces" }), "Support");
  assert.equal(textFor("name"), "Support");
});

Deno.test("exampleText() takes over the values that a description names", () => {
  assert.equal(textFor("operation", { description: "MOVE or NUMBER_USAGE_CHANGE" }), "MOVE");
  assert.equal(textFor("kind", { description: "Address kind, e.g. work" }), "work");
  assert.equal(textFor("primaryOwner", { description: "True: member owns the device" }), "true");
  assert.equal(textFor("kind", { description: "UTC" }), "<kind>");
});

Deno.test("exampleText() puts what nobody can guess into angle brackets", () => {
  assert.equal(textFor("secret", { place: "a[].secret" }), "<a[].secret>");
  assert.equal(textFor("__proto__", { format: "constructor" }), "<__proto__>");
});
