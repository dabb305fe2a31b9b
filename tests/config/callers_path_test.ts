import assert from "node:assert/strict";
import { callersPath } from "../../src/config/callers_path.ts";
import type { EnvironmentName } from "../../src/config/environment.ts";

function path(typed: string | undefined, variables: Partial<Record<EnvironmentName, string>>, os = "linux" as const) {
  return callersPath(typed, (name) => variables[name], os);
}

Deno.test("callersPath() is the flag's, the variable's, or a file of the state directory", () => {
  const variables = { WEBEX_MCP_CALLERS: "/v.json", HOME: "/home/ada" };
  assert.equal(path("f.json", variables), "f.json");
  assert.equal(path(undefined, variables), "/v.json");
  assert.equal(path(undefined, { HOME: "/home/ada" }), "/home/ada/.local/state/webex-calling-mcp/callers.json");
});

Deno.test("callersPath() says what to set where the environment names no directory", () => {
  assert.throws(() => path(undefined, {}), { code: "no_state_directory", guidance: /--callers, or set HOME/ });
});
