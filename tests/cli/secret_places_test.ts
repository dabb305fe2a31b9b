import assert from "node:assert/strict";
import { secretPlaces } from "../../src/cli/secret_places.ts";
import type { CredentialSource } from "../../src/config/credential_source.ts";
import { UsageError } from "../../src/core/errors.ts";

const NONE: CredentialSource = { type: "none" };
const AUDIT = { off: true, values: false };

Deno.test("secretPlaces() names state and configuration directory whatever credential is in use", () => {
  const variables: Record<string, string> = { HOME: "/home/ada", WEBEX_ACCESS_TOKEN: "x" };
  const { files, directories } = secretPlaces({ credential: NONE, audit: AUDIT }, (name) => variables[name], "linux");
  assert.deepEqual(directories, [
    "/home/ada/.local/state/webex-calling-mcp",
    "/home/ada/.config/webex-calling-mcp",
  ]);
  assert.deepEqual(files, []);
  const given = { credential: NONE, audit: AUDIT, stateDirectory: "/state" };
  assert.equal(secretPlaces(given, (name) => variables[name], "linux").directories[0], "/state");
});

Deno.test("secretPlaces() names the credential's own files, the trail, and those of variables", () => {
  const variables: Record<string, string> = {
    HOME: "/home/ada",
    WEBEX_ACCESS_TOKEN_FILE: "~/token",
    WEBEX_MCP_CONFIG: "/etc/webex.yaml",
    WEBEX_CLIENT_SECRET_FILE: " ",
  };
  const credential: CredentialSource = { type: "service_app", store: "/s/acme.json", clientSecretFile: "/s/secret" };
  const audit = { ...AUDIT, path: "/var/log/audit.jsonl" };
  assert.deepEqual(secretPlaces({ credential, audit }, (name) => variables[name], "linux").files, [
    "/s/acme.json",
    "/s/acme.json.tmp",
    "/s/secret",
    "/var/log/audit.jsonl",
    "/home/ada/token",
    "/etc/webex.yaml",
  ]);
  const file: CredentialSource = { type: "file", path: "/run/token" };
  assert.deepEqual(secretPlaces({ credential: file, audit: AUDIT }, () => undefined, "linux"), {
    files: ["/run/token"],
    directories: [],
  });
});

Deno.test("secretPlaces() goes without variables that may not be read", () => {
  const denied = () => {
    throw new UsageError("Cannot read", { code: "missing_permission" });
  };
  assert.deepEqual(secretPlaces({ credential: NONE, audit: AUDIT }, denied, "linux"), { files: [], directories: [] });
});
