/**
 * Checks the services of systemd and Windows.
 *
 * @module
 */

import { type DeployCheck, withPlace } from "./check.ts";
import { problemsOf, runTool } from "./tool.ts";

const UNIT = "deploy/systemd/webex-calling-mcp.service";
const DROP_INS = ["deploy/systemd/store.conf", "deploy/systemd/network.conf"];

/** The most exposure that the unit may have by `systemd-analyze security`, times ten: it had 1.1 with systemd 252. */
const MAX_EXPOSURE = 12;

/** The program isn't installed where this is checked; one that is there stands in for it. */
async function standIn(directory: string): Promise<string> {
  const path = `${directory}/webex-calling-mcp.service`;
  const unit = (await Deno.readTextFile(UNIT)).replaceAll("/usr/local/bin/webex-calling-mcp", "/bin/true");
  await Deno.mkdir(`${path}.d`);
  for (const file of DROP_INS) await Deno.copyFile(file, `${path}.d/${file.replace(/^.*\//, "")}`);
  await Deno.writeTextFile(path, unit);
  return path;
}

const SYSTEMD: DeployCheck = {
  name: "systemd unit (systemd-analyze verify, security)",
  tools: ["systemd-analyze"],
  run: () =>
    withPlace(async (place) => {
      const path = await standIn(place);
      // It ends with 0 for a line that it doesn't know, and says so.
      const verified = await runTool("systemd-analyze", ["verify", "--man=no", path]);
      const own = verified.text.split("\n").filter((line) => line.includes(place) || verified.code !== 0);
      const secure = await runTool("systemd-analyze", [
        "security",
        "--offline=true",
        "--no-pager",
        `--threshold=${MAX_EXPOSURE}`,
        path,
      ]);
      return [...own.filter((line) => line !== ""), ...problemsOf(secure)];
    }),
};

const WINDOWS: DeployCheck = {
  name: "Windows service (xmllint)",
  tools: ["xmllint"],
  run: async () => problemsOf(await runTool("xmllint", ["--noout", "deploy/windows/webex-calling-mcp.xml"])),
};

/** What runs as a service of the system. */
export const SERVICE_CHECKS: readonly DeployCheck[] = [SYSTEMD, WINDOWS];
