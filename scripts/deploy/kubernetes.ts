/**
 * Checks what `deploy/kubernetes/` makes, as it would be applied.
 *
 * @module
 */

import { type DeployCheck, withPlace } from "./check.ts";
import { findTool, problemsOf, runTool, type ToolOutcome } from "./tool.ts";

/** The oldest and the newest version that the manifests are for, as `kubernetes-validate` knows them. */
const VERSIONS = ["1.34", "1.37"];

const FOLDER = "deploy/kubernetes";

async function kustomize(directory: string): Promise<ToolOutcome> {
  return await findTool("kustomize") === undefined
    ? await runTool("kubectl", ["kustomize", directory])
    : await runTool("kustomize", ["build", directory]);
}

async function wrongSchema(path: string): Promise<string[]> {
  const problems: string[] = [];
  for (const version of VERSIONS) {
    const args = ["--strict", "--quiet", "--no-warn", "-k", version, path];
    problems.push(...problemsOf(await runTool("kubernetes-validate", args)));
  }
  return problems;
}

async function badScore(path: string): Promise<string[]> {
  const score = await runTool("kube-score", ["score", "-o", "ci", "--kubernetes-version", `v${VERSIONS[0]}`, path]);
  const bad = score.text.split("\n").filter((line) => /^\[(?:WARNING|CRITICAL)\]/.test(line));
  return score.code === 0 || bad.length > 0 ? bad : [score.text];
}

/** Makes the manifests, and has each file of them looked at. */
async function lookAt(problemsIn: (path: string) => Promise<string[]>): Promise<string[]> {
  return await withPlace(async (place) => {
    const problems: string[] = [];
    for (const name of ["base", "example"]) {
      const made = await kustomize(`${FOLDER}/${name}`);
      if (made.code !== 0) {
        problems.push(made.text);
        continue;
      }
      const path = `${place}/${name}.yaml`;
      await Deno.writeTextFile(path, made.stdout);
      problems.push(...(await problemsIn(path)).map((problem) => `${name}: ${problem}`));
    }
    return problems;
  });
}

const KUSTOMIZE = ["kustomize", "kubectl"];

const SCHEMA: DeployCheck = {
  name: "Kubernetes (kustomize, kubernetes-validate)",
  tools: [KUSTOMIZE, "kubernetes-validate"],
  run: () => lookAt(wrongSchema),
};

/** An extra, because it takes minutes to build; `tests/deploy/` looks for the settings that are worth most. */
const SCORE: DeployCheck = {
  name: "Kubernetes (kube-score)",
  tools: [KUSTOMIZE, "kube-score"],
  isExtra: true,
  run: () => lookAt(badScore),
};

/** The component alone can't be built, and its kind isn't one of Kubernetes' own: that it can be added is what's tried. */
const MONITOR: DeployCheck = {
  name: "Kubernetes with the service monitor (kustomize)",
  tools: [KUSTOMIZE],
  run: () =>
    withPlace(async (place) => {
      for await (const { name } of Deno.readDir(FOLDER)) {
        await Deno.mkdir(`${place}/tree`, { recursive: true });
        await copyTree(`${FOLDER}/${name}`, `${place}/tree/${name}`);
      }
      const path = `${place}/tree/example/kustomization.yaml`;
      const text = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, text.replace("components:\n", "components:\n  - ../components/service-monitor\n"));
      const made = await kustomize(`${place}/tree/example`);
      if (made.code !== 0) return [made.text];
      return made.stdout.includes("kind: ServiceMonitor") ? [] : ["The service monitor isn't in what is made"];
    }),
};

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    await (isDirectory ? copyTree : Deno.copyFile)(`${from}/${name}`, `${to}/${name}`);
  }
}

/** What runs in a cluster. */
export const KUBERNETES_CHECKS: readonly DeployCheck[] = [SCHEMA, SCORE, MONITOR];
