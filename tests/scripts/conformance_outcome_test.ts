import assert from "node:assert/strict";
import { readOutcome, requiredScenarios } from "../../scripts/conformance/outcome.ts";

const OUTPUT = `Running requirements 2026-07-28 (3 scenarios) against http://127.0.0.1:1/mcp

=== SUMMARY ===
✓ ping: 1 passed, 0 failed
✗ tools-call: 1 passed, 1 failed
✗ broken: 0 passed, 1 failed

Total: 2 passed, 2 failed

Not scored for 2026-07-28: 1 scenario(s) run, 1 failing. These do not affect conformance.
  ✗ broken (extension)
`;

const LISTING = `
Required for 2026-07-28 (3 scenarios, frozen; run at the 2026-07-28 wire):

Server scenarios (test against a server):
  - ping
  - auth/a_b

Client scenarios (test against a client):
  - tools_call

Run and reported, but never scored:
  extension (1):
    - broken [server]
`;

function fileOf(scenario: string, checks: unknown) {
  return { folder: `server-${scenario}-2026-11-27T23-10-54-398Z`, text: JSON.stringify(checks) };
}

Deno.test("readOutcome() tells the checks of every scenario of the summary, in its order", () => {
  const files = [
    fileOf("tools-call", [
      { id: "a", status: "SUCCESS", name: "A" },
      { id: "b", status: "FAILURE", name: "B", errorMessage: "No answer" },
    ]),
    fileOf("ping", [{ id: "ping", status: "SUCCESS", name: "Ping" }]),
  ];
  const [ping, call, ...more] = readOutcome(OUTPUT, files);
  assert.deepEqual(ping, { name: "ping", checks: [{ id: "ping", status: "SUCCESS", message: "" }] });
  assert.deepEqual(call?.name, "tools-call");
  assert.deepEqual(call?.checks[1], { id: "b", status: "FAILURE", message: "No answer" });
  assert.equal(more.length, 1);
});

Deno.test("readOutcome() counts a scenario that left nothing as one that failed", () => {
  const broken = readOutcome(OUTPUT, []).find(({ name }) => name === "broken");
  assert.deepEqual(broken?.checks, [{ id: "broken", status: "FAILURE", message: "The scenario broke off" }]);
});

Deno.test("readOutcome() finds nothing where the tool said nothing", () => {
  assert.deepEqual(readOutcome("", [fileOf("ping", [])]), []);
});

Deno.test("requiredScenarios() names those of servers alone that count", () => {
  assert.deepEqual(requiredScenarios(LISTING), ["ping", "auth/a_b"]);
  assert.deepEqual(requiredScenarios("Unknown requirements"), []);
});
