/**
 * Checks the files of `deploy/` with the programs that will read them, or that judge them for those.
 *
 * A check whose program isn't installed is left out, and named; with `--all`, as in continuous integration, it fails.
 * `scripts/deploy_tools.sh` installs them.
 *
 * @module
 */

import { CONTAINER_CHECKS } from "./deploy/containers.ts";
import type { DeployCheck } from "./deploy/check.ts";
import { KUBERNETES_CHECKS } from "./deploy/kubernetes.ts";
import { NGINX_CHECKS } from "./deploy/nginx.ts";
import { SERVICE_CHECKS } from "./deploy/services.ts";
import { TEXT_CHECKS } from "./deploy/texts.ts";
import { findTool } from "./deploy/tool.ts";

const CHECKS = [...TEXT_CHECKS, ...CONTAINER_CHECKS, ...SERVICE_CHECKS, ...KUBERNETES_CHECKS, ...NGINX_CHECKS];

async function say(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
}

/** The programs that aren't there, each with those that would do as well. */
async function missingTools({ tools }: DeployCheck): Promise<string[]> {
  const missing: string[] = [];
  for (const tool of tools) {
    const names = typeof tool === "string" ? [tool] : tool;
    const found = await Promise.all(names.map(findTool));
    if (found.every((path) => path === undefined)) missing.push(names.join(" or "));
  }
  return missing;
}

/** A check that breaks off is no reason to leave the others out. */
async function problemsOf(check: DeployCheck): Promise<readonly string[]> {
  try {
    return await check.run();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

const all = Deno.args.includes("--all");
let failed = 0;
let left = 0;
for (const check of CHECKS) {
  const missing = await missingTools(check);
  if (missing.length > 0) {
    const isNeeded = all && check.isExtra !== true;
    left += isNeeded ? 1 : 0;
    await say(`${isNeeded ? "FAILED" : "-     "} ${check.name}: ${missing.join(", ")} is missing`);
    continue;
  }
  const problems = await problemsOf(check);
  failed += problems.length > 0 ? 1 : 0;
  await say(`${problems.length > 0 ? "FAILED" : "ok    "} ${check.name}`);
  for (const problem of problems) await say(problem.replace(/^/gm, "       "));
}
if (left > 0) await say("Run scripts/deploy_tools.sh to install what is missing.");
Deno.exit(failed > 0 || left > 0 ? 1 : 0);
