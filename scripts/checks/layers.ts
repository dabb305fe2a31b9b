/**
 * Checks that every folder of `src/` imports only from itself and from folders before it.
 *
 * @module
 */

/** The folders in the order in which they may build on each other. */
const LAYERS = [
  "core",
  "store",
  "telemetry",
  "config",
  "access",
  "audit",
  "collection",
  "webex",
  "sandbox",
  "tools",
  "server",
  "transport",
  "cli",
];

interface Module {
  specifier: string;
  dependencies?: { specifier: string; code?: { specifier?: string }; type?: { specifier?: string } }[];
}

function layerOf(specifier: string): number | undefined {
  const folder = /\/src\/([^/]+)\//.exec(specifier)?.[1];
  return folder === undefined ? undefined : LAYERS.indexOf(folder);
}

function short(specifier: string): string {
  return specifier.replace(/^.*\/(?=(src|scripts|tests|bench|data)\/|main\.ts)/, "");
}

/**
 * Finds imports that go against the order.
 *
 * @param modules What `deno info --json` lists.
 * @returns One sentence for each.
 */
export function layerProblems(modules: readonly Module[]): string[] {
  return modules.flatMap((module) => {
    const from = layerOf(module.specifier);
    if (from === undefined) return [];
    if (from < 0) return [`"${short(module.specifier)}" is in no layer: expected one of ${LAYERS.join(", ")}`];
    return (module.dependencies ?? []).flatMap((dependency) => {
      const target = dependency.code?.specifier ?? dependency.type?.specifier ?? "";
      if (/\/(tests|scripts|bench)\//.test(target)) return [`"${short(module.specifier)}" imports "${short(target)}"`];
      const to = layerOf(target);
      if (to === undefined || to <= from) return [];
      return [`"${short(module.specifier)}" imports "${short(target)}" of a later layer`];
    });
  });
}
