import assert from "node:assert/strict";
import { parseCommandLine } from "../../src/cli/grammar/command_line.ts";
import { ENVIRONMENT_NAMES } from "../../src/config/environment.ts";
import { FLAGS } from "../../src/config/flags.ts";
import { fakeSystem } from "../support/fake_system.ts";
import { COMMANDS } from "./commands.ts";
import { DEPLOY_FILES, readProjectFile } from "./deploy_files.ts";

/** Which version of the image is run: for `compose.yaml` alone, the program doesn't read it. */
const OF_COMPOSE = "WEBEX_MCP_VERSION";

const PAGE = { path: "docs/operations.md", text: readProjectFile("docs/operations.md") };

Deno.test("ENVIRONMENT_NAMES has every variable that deploy/ and docs/operations.md name", () => {
  const known = new Set<string>([...ENVIRONMENT_NAMES, OF_COMPOSE]);
  const unknown = [...DEPLOY_FILES, PAGE].flatMap(({ path, text }) =>
    [...text.matchAll(/\bWEBEX_[A-Z_]+\b/g)].filter(([name]) => !known.has(name)).map(([name]) => `${path}: ${name}`)
  );
  assert.deepEqual(unknown, []);
});

Deno.test("FLAGS has every flag that the prose of docs/operations.md names", () => {
  const known = new Set<string>(Object.values(FLAGS).map(({ name }) => name));
  const prose = PAGE.text.replaceAll(/^```[\s\S]*?^```$/gm, "");
  const named = [...prose.matchAll(/`(--[a-z][a-z-]*)/g)].map(([, name = ""]) => name)
    .filter((name) => !["--outcome", "--since", "--kind", "--allow-read"].includes(name));
  assert.deepEqual(named.filter((name) => !known.has(name)), []);
  assert.ok(named.length > 10);
});

Deno.test("COMMANDS finds the command lines of every way to run the server, and of the page", () => {
  assert.ok(COMMANDS.every(([place, args]) => args.length > 0 || assert.fail(place)));
  assert.equal(COMMANDS.filter(([, args]) => args[0] === "serve").length, 7);
  assert.ok(COMMANDS.some(([, args]) => args[0] === "token"));
});

Deno.test("parseCommandLine() takes every command line of deploy/ and docs/operations.md", () => {
  const refused = COMMANDS.flatMap(([place, args]) => {
    try {
      const command = parseCommandLine(args, fakeSystem().stdout, false);
      return command?.command === args[0] ? [] : [`${place}: it is no "${args[0]}"`];
    } catch (error) {
      return [`${place}: ${error instanceof Error ? error.message : error}`];
    }
  });
  assert.deepEqual(refused, []);
});
