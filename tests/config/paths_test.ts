import assert from "node:assert/strict";
import type { EnvironmentName } from "../../src/config/environment.ts";
import {
  auditFileOf,
  callersFileOf,
  configFileOf,
  isAbsolutePath,
  joinPath,
  stateDirectoryOf,
  tokenStoreOf,
} from "../../src/config/paths.ts";

type Variables = Partial<Record<EnvironmentName, string>>;

const of = (variables: Variables) => (name: EnvironmentName) => variables[name];

Deno.test("configFileOf() follows the conventions of each system", () => {
  const home = of({ HOME: "/home/ada", APPDATA: "C:\\Users\\Ada\\AppData\\Roaming" });
  assert.equal(configFileOf(home, "linux"), "/home/ada/.config/webex-calling-mcp/config.yaml");
  assert.equal(configFileOf(home, "darwin"), "/home/ada/.config/webex-calling-mcp/config.yaml");
  assert.equal(
    configFileOf(home, "windows"),
    "C:\\Users\\Ada\\AppData\\Roaming\\webex-calling-mcp\\config.yaml",
  );
  assert.equal(
    configFileOf(of({ HOME: "/h", XDG_CONFIG_HOME: "/etc/x/" }), "linux"),
    "/etc/x/webex-calling-mcp/config.yaml",
  );
});

Deno.test("stateDirectoryOf() follows the conventions of each system", () => {
  const home = of({ HOME: "/home/ada", LOCALAPPDATA: "C:\\Local" });
  assert.equal(stateDirectoryOf(home, "linux"), "/home/ada/.local/state/webex-calling-mcp");
  assert.equal(stateDirectoryOf(home, "windows"), "C:\\Local\\webex-calling-mcp");
  assert.equal(stateDirectoryOf(of({ XDG_STATE_HOME: "/s" }), "linux"), "/s/webex-calling-mcp");
});

Deno.test("stateDirectoryOf() ignores relative paths, and knows none without a home", () => {
  assert.equal(
    stateDirectoryOf(of({ HOME: "/h", XDG_STATE_HOME: "state" }), "linux"),
    "/h/.local/state/webex-calling-mcp",
  );
  assert.equal(stateDirectoryOf(of({ HOME: "~" }), "linux"), undefined);
  assert.equal(stateDirectoryOf(of({}), "linux"), undefined);
  assert.equal(stateDirectoryOf(of({ HOME: "/h" }), "windows"), undefined);
});

Deno.test("auditFileOf(), callersFileOf() and tokenStoreOf() are below the state directory", () => {
  assert.equal(auditFileOf("/s", "linux"), "/s/audit.jsonl");
  assert.equal(callersFileOf("/s", "linux"), "/s/callers.json");
  assert.equal(tokenStoreOf("/s", "acme", "linux"), "/s/credentials/acme.json");
  assert.equal(tokenStoreOf("C:\\s", "acme", "windows"), "C:\\s\\credentials\\acme.json");
});

Deno.test("joinPath() and isAbsolutePath() know both kinds of paths", () => {
  assert.equal(joinPath("linux", "/", "a"), "/a");
  assert.deepEqual(["/a", "C:\\a", "c:/a", "\\\\server\\a"].map(isAbsolutePath), [true, true, true, true]);
  assert.deepEqual(["a", "./a", "~/a", "C:a", ""].map(isAbsolutePath), [false, false, false, false, false]);
});
