import assert from "node:assert/strict";
import { readExpectations } from "../../scripts/conformance/expectations.ts";
import { REVISIONS } from "../../scripts/conformance/revisions.ts";

const FOLDER = new URL("../conformance/", import.meta.url);

Deno.test("readExpectations() reads a check and its reason from each line", () => {
  const text = "# A head\n\nserver:\n  - ping:ping # No ping\n  - auth/a-b:sep-1-x # A reason # in two parts\n";
  assert.deepEqual([...readExpectations(text)], [
    ["ping:ping", "No ping"],
    ["auth/a-b:sep-1-x", "A reason # in two parts"],
  ]);
});

Deno.test("readExpectations() refuses a whole scenario, a check without a reason, and a check that comes again", () => {
  const lines = ["  - ping # All of it", "  - ping:ping", "  - ping:ping #", "  - ping: ping # Space", "client:"];
  for (const line of lines) assert.throws(() => readExpectations(`server:\n${line}\n`), /Cannot read the expected/);
  const twice = "server:\n  - ping:ping # One\n  - ping:ping # Two\n";
  assert.throws(() => readExpectations(twice), /Cannot expect a failure twice: "ping:ping"/);
});

Deno.test("readExpectations() reads the list of every revision", async () => {
  for (const { expectedFailures } of REVISIONS) {
    const text = await Deno.readTextFile(new URL(expectedFailures, FOLDER));
    assert.ok(readExpectations(text).size > 0);
  }
});
