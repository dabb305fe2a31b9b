import assert from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { commandFor } from "../../src/core/command.ts";

Deno.test("commandFor() writes what can be typed in a checkout, with a permission set that exists", () => {
  assert.equal(commandFor("auth login --profile acme"), "deno run -P=auth main.ts auth login --profile acme");
  assert.equal(commandFor("token list"), "deno run -P=auth main.ts token list");
  assert.equal(commandFor("tools --tokens"), "deno run -P=serve main.ts tools --tokens");
  for (const command of ["auth", "token", "demo", "sandbox", "tools", "audit", "call"]) {
    const [, set = ""] = /-P=(\w+)/.exec(commandFor(command)) ?? [];
    assert.ok(Object.hasOwn(project.permissions, set), command);
  }
});
