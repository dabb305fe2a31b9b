/**
 * Checks the Dockerfile, `compose.yaml` and the configuration of Valkey.
 *
 * @module
 */

import { type DeployCheck, withPlace } from "./check.ts";
import { problemsOf, runTool } from "./tool.ts";

const DOCKERFILE: DeployCheck = {
  name: "Dockerfile (hadolint)",
  tools: ["hadolint"],
  run: async () => problemsOf(await runTool("hadolint", ["--no-color", "deploy/Dockerfile"])),
};

const COMPOSE: DeployCheck = {
  name: "compose.yaml (compose-go)",
  tools: ["compose-validate"],
  // The reference implementation; it takes no variables from the environment, and a version isn't what is checked.
  run: async () => problemsOf(await runTool("compose-validate", ["-no-interpolation", "deploy/compose.yaml"])),
};

/** How long the server may take to read its configuration, in seconds: it would go on serving. */
const READING_SECONDS = "2";
const TIMED_OUT = 124;

/** Valkey took over Redis' format; a line that is wrong in either ends the start at once. */
const VALKEY: DeployCheck = {
  name: "valkey.conf (a start of redis-server)",
  tools: ["redis-server", "timeout"],
  run: () =>
    withPlace(async (place) => {
      await Deno.writeTextFile(`${place}/auth`, "requirepass checked\n");
      const problems: string[] = [];
      for (const path of ["deploy/compose/valkey.conf", "deploy/kubernetes/components/valkey/valkey.conf"]) {
        const text = (await Deno.readTextFile(path)).replace(/^include .*$/m, `include ${place}/auth`);
        // On no port: what is tried is whether it reads the file.
        const tried = text.replace(/^port .*$/m, "port 0").replace(/^dir .*$/m, `dir ${place}`);
        await Deno.writeTextFile(`${place}/valkey.conf`, `${tried}\nunixsocket ${place}/socket\n`);
        const outcome = await runTool("timeout", [READING_SECONDS, "redis-server", `${place}/valkey.conf`]);
        if (!outcome.text.includes("Ready to accept connections") && outcome.code !== TIMED_OUT) {
          problems.push(`${path}: ${outcome.text}`);
        }
      }
      return problems;
    }),
};

/** What runs in containers. */
export const CONTAINER_CHECKS: readonly DeployCheck[] = [DOCKERFILE, COMPOSE, VALKEY];
