import assert from "node:assert/strict";
import { tableText } from "../../scripts/conformance/table.ts";

Deno.test("tableText() shows the scenarios that count side by side, and how many don't", () => {
  const ping = { scenario: "ping", passed: 2, failed: 0, counts: true };
  const call = { scenario: "tools-call", passed: 1, failed: 1, counts: true };
  const tasks = { scenario: "tasks", passed: 0, failed: 9, counts: false };
  const text = tableText("2026-07-28", [
    { name: "fixture", tallies: [ping, { ...call, passed: 2, failed: 0 }, tasks] },
    { name: "shipped", tallies: [call, tasks] },
  ]);
  assert.deepEqual(text.split("\n"), [
    "2026-07-28  fixture             shipped",
    "ping        2 passed, 0 failed  did not run",
    "tools-call  2 passed, 0 failed  1 passed, 1 failed",
    "1 more scenarios ran, and don't count",
    "",
  ]);
});
