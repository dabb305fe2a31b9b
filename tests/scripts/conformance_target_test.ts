import assert from "node:assert/strict";
import { startTarget } from "../../scripts/conformance/target.ts";

/** A program that says something on standard error, then waits. */
function talker(text: string, after = "setInterval(() => {}, 1000)"): string[] {
  return ["eval", `console.error(${JSON.stringify(text)}); ${after}`];
}

Deno.test("startTarget() finds the address in the log, and ends the server", async () => {
  const target = await startTarget(talker("INFO: Loaded\nINFO: Serving MCP at http://127.0.0.1:4711/mcp"));
  assert.equal(target.url, "http://127.0.0.1:4711/mcp");
  await target[Symbol.asyncDispose]();
});

Deno.test("startTarget() keeps the caller's own configuration from the server", async () => {
  Deno.env.set("WEBEX_OF_A_TEST", "own");
  try {
    const program = 'console.error("Serving MCP at http://" + (Deno.env.get("WEBEX_OF_A_TEST") ?? "nobody"))';
    await using target = await startTarget(["eval", `${program}; setInterval(() => {}, 1000)`]);
    assert.equal(target.url, "http://nobody");
  } finally {
    Deno.env.delete("WEBEX_OF_A_TEST");
  }
});

Deno.test("startTarget() shows the log of a server that ends before it serves", async () => {
  await assert.rejects(
    startTarget(talker("ERROR: No port", "Deno.exit(1)")),
    /ended before it served:\nERROR: No port/,
  );
});
