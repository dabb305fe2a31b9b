import assert from "node:assert/strict";
import { placesOf } from "../../src/audit/places.ts";

Deno.test("placesOf() keeps all parts of a trail beside its file", () => {
  const places = placesOf("/state/audit.jsonl");
  assert.deepEqual([places.directory, places.lock, places.head, places.pending, places.inPending("1.json")], [
    "/state",
    "/state/audit.jsonl.lock",
    "/state/audit.jsonl.head",
    "/state/audit.jsonl.pending",
    "/state/audit.jsonl.pending/1.json",
  ]);
  assert.equal(places.full(Date.UTC(2026, 0, 2, 3, 4, 5, 678), 42), "/state/audit-20260102T030405Z-42.jsonl");
});

Deno.test("placesOf() understands paths of every kind", () => {
  const cases = [
    ["audit.jsonl", ".", "other", "audit.jsonl.pending/x"],
    ["/audit.jsonl", "/", "/other", "/audit.jsonl.pending/x"],
    ["logs/calls", "logs", "logs/other", "logs/calls.pending/x"],
    ["C:\\state\\audit.jsonl", "C:\\state", "C:\\state\\other", "C:\\state\\audit.jsonl.pending\\x"],
    ["/with\\odd/a.b.log", "/with\\odd", "/with\\odd/other", "/with\\odd/a.b.log.pending/x"],
  ] as const;
  for (const [path, directory, beside, inPending] of cases) {
    const places = placesOf(path);
    assert.deepEqual([places.directory, places.beside("other"), places.inPending("x")], [directory, beside, inPending]);
  }
});

Deno.test("placesOf() knows the full files of its trail by their names, and no others", () => {
  const { full, firstOf } = placesOf("/state/au+dit.jsonl");
  assert.equal(firstOf(full(0, 17).slice("/state/".length)), 17);
  for (const name of ["au+dit.jsonl", "auudit-20260102T030405Z-1.jsonl", "au+dit-20260102T030405Z-x.jsonl", "x"]) {
    assert.equal(firstOf(name), undefined, name);
  }
});
