/**
 * A directory for what the program under test writes, so that no test touches the user's own.
 *
 * @module
 */

const directory = Deno.makeTempDirSync({ prefix: "webex-calling-mcp-test-" });
addEventListener("unload", () => Deno.removeSync(directory, { recursive: true }));

/** The variables that lead the program there. */
export const STATE_ENVIRONMENT: Readonly<Record<string, string>> = {
  XDG_STATE_HOME: `${directory}/state`,
  XDG_CONFIG_HOME: `${directory}/config`,
};
