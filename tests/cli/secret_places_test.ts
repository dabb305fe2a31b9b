import assert from "node:assert/strict";
import { secretPlaces, type SecretPlacesOptions } from "../../src/cli/secret_places.ts";
import type { SecretPlaces } from "../../src/cli/file_guard.ts";
import { UsageError } from "../../src/core/errors.ts";

const HOME = { HOME: "/home/ada" };

/** Variables and files that a test names; there are no others. */
function placesOf(
  config: Partial<SecretPlacesOptions["config"]>,
  variables: Readonly<Record<string, string>> = HOME,
  files: Readonly<Record<string, string>> = {},
): Promise<SecretPlaces> {
  return secretPlaces({
    config: { credential: { type: "none" }, audit: { off: true, values: false }, ...config },
    environment: (name) => variables[name],
    readTextFile: (path) => {
      const text = files[path];
      return text === undefined ? Promise.reject(new Deno.errors.NotFound(path)) : Promise.resolve(text);
    },
    os: "linux",
  });
}

Deno.test("secretPlaces() names state and configuration directory whatever credential is in use", async () => {
  const { files, directories } = await placesOf({});
  assert.deepEqual(directories, [
    "/home/ada/.local/state/webex-calling-mcp",
    "/home/ada/.config/webex-calling-mcp",
  ]);
  assert.deepEqual(files, []);
  assert.equal((await placesOf({ stateDirectory: "/state" })).directories[0], "/state");
});

Deno.test("secretPlaces() names the credential's own files, the trail, and those of variables", async () => {
  const variables = {
    ...HOME,
    WEBEX_ACCESS_TOKEN_FILE: "~/token",
    WEBEX_MCP_CONFIG: "/etc/webex.yaml",
    WEBEX_MCP_CALLERS: "/etc/callers.json",
    WEBEX_CLIENT_SECRET_FILE: " ",
  };
  const { files } = await placesOf({
    credential: { type: "service_app", store: "/s/acme.json", clientSecretFile: "/s/secret" },
    audit: { off: false, values: false, path: "/var/log/audit.jsonl" },
  }, variables);
  assert.deepEqual(files, [
    "/s/acme.json",
    "/s/acme.json.tmp",
    "/s/secret",
    "/var/log/audit.jsonl",
    "/home/ada/token",
    "/etc/webex.yaml",
    "/etc/callers.json",
  ]);
  assert.deepEqual(await placesOf({ credential: { type: "file", path: "/run/token" } }, {}), {
    files: ["/run/token"],
    directories: [],
  });
});

Deno.test("secretPlaces() names the files of all profiles, and the configuration file itself", async () => {
  const text = `profiles:
  acme: { credential: { type: token_file, path: tokens/acme } }
  app: { credential: { type: service_app, client_id: C1, client_secret_file: /s/app } }
  plain: { credential: { type: environment } }
`;
  const { files } = await placesOf({ configFile: "/etc/webex/c.yaml" }, HOME, { "/etc/webex/c.yaml": text });
  assert.deepEqual(files, ["/etc/webex/c.yaml", "/etc/webex/tokens/acme", "/s/app"]);
  const standard = "/home/ada/.config/webex-calling-mcp/config.yaml";
  assert.deepEqual((await placesOf({}, HOME, { [standard]: text })).files, [
    "/home/ada/.config/webex-calling-mcp/tokens/acme",
    "/s/app",
  ]);
  assert.deepEqual((await placesOf({}, HOME, { [standard]: "profiles: [" })).files, []);
});

Deno.test("secretPlaces() goes without variables that may not be read", async () => {
  const places = await secretPlaces({
    config: { credential: { type: "none" }, audit: { off: true, values: false } },
    environment: () => {
      throw new UsageError("Cannot read", { code: "missing_permission" });
    },
    readTextFile: () => Promise.reject(new Error("Expected no file")),
    os: "linux",
  });
  assert.deepEqual(places, { files: [], directories: [] });
});
