/**
 * Checks the alerts, and the form of YAML and shell files.
 *
 * @module
 */

import type { DeployCheck } from "./check.ts";
import { problemsOf, runTool } from "./tool.ts";

const ALERTS: DeployCheck = {
  name: "Prometheus alerts and their tests (promtool)",
  tools: ["promtool"],
  async run() {
    const cwd = "deploy/prometheus";
    return [
      ...problemsOf(await runTool("promtool", ["check", "rules", "alerts.yml"], { cwd })),
      ...problemsOf(await runTool("promtool", ["test", "rules", "alerts_test.yml"], { cwd })),
      ...problemsOf(await runTool("promtool", ["check", "config", "--syntax-only", "scrape.yml"], { cwd })),
    ];
  },
};

/** Deno formats the files; this is about what is ambiguous, as a key that is there twice. */
const YAML_RULES = JSON.stringify({
  extends: "default",
  rules: {
    "line-length": { max: 180 },
    "document-start": "disable",
    "braces": { "max-spaces-inside": 1 },
    "comments": { "min-spaces-from-content": 1 },
    // Kubernetes reads modes of files as octal.
    "octal-values": "disable",
  },
});

const YAML: DeployCheck = {
  name: "YAML (yamllint)",
  tools: ["yamllint"],
  run: async () => problemsOf(await runTool("yamllint", ["--strict", "-d", YAML_RULES, "deploy"])),
};

const SHELL: DeployCheck = {
  name: "shell scripts (shellcheck)",
  tools: ["shellcheck"],
  run: async () => problemsOf(await runTool("shellcheck", ["scripts/deploy_tools.sh", ".ci/run"])),
};

/** What is text. */
export const TEXT_CHECKS: readonly DeployCheck[] = [ALERTS, YAML, SHELL];
