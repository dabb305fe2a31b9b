import assert from "node:assert/strict";
import { PROGRAM, VERSION } from "../../src/core/version.ts";

Deno.test("PROGRAM and VERSION are those of the project file", () => {
  assert.equal(PROGRAM, "webex-calling-mcp");
  assert.match(VERSION, /^\d+\.\d+\.\d+/);
});
