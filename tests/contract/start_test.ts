import assert from "node:assert/strict";

interface Module {
  readonly specifier: string;
  readonly dependencies?: readonly { readonly isDynamic?: boolean; readonly code?: { readonly specifier?: string } }[];
}

/** What the program is made of. */
async function modulesOf(entry: string): Promise<readonly Module[]> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    stdout: "piped",
    stderr: "null",
  });
  const { stdout } = await command.output();
  return JSON.parse(new TextDecoder().decode(stdout)).modules;
}

/** What is loaded with some modules: with late imports, or without. */
function loadedWith(modules: readonly Module[], ends: readonly string[], late: boolean): string[] {
  const known = new Map(modules.map((module) => [module.specifier, module]));
  const open = [...known.keys()].filter((specifier) => ends.some((end) => specifier.endsWith(end)));
  const loaded = new Set(open);
  for (let specifier = open.pop(); specifier !== undefined; specifier = open.pop()) {
    for (const { isDynamic = false, code } of known.get(specifier)?.dependencies ?? []) {
      if (code?.specifier === undefined || (isDynamic && !late) || loaded.has(code.specifier)) continue;
      loaded.add(code.specifier);
      open.push(code.specifier);
    }
  }
  return [...loaded].map((specifier) => specifier.replace(/^.*\/(?=(?:src|data)\/)/, ""));
}

/** What only some calls need, and what would make every start slower; the prepared definitions are for the start. */
const LATE: readonly RegExp[] = [
  /^data\/(?!webex_tools\.json$)/,
  /^src\/collection\/(?:search\/|embedded_speech\.ts)/,
  /^src\/(?:access|sandbox|cli\/http|transport\/http)\//,
  /^src\/store\/(?:redis_(?!address)|sealed_store|shared_state|key_file)/,
  /^src\/telemetry\/(?:otel|prometheus|gauges|metered_store)\.ts/,
  /^src\/tools\/workflows\/workflows\.ts/,
];

Deno.test("a start loads neither the search nor its texts, no collection, no workflow, no sandbox and nothing that exports; a call can", async () => {
  const modules = await modulesOf(new URL("../../main.ts", import.meta.url).href);
  const start = loadedWith(modules, ["/main.ts", "/src/cli/serve.ts"], false);
  assert.ok(start.includes("src/tools/dispatcher.ts") && start.includes("src/tools/discovery/tool_search.ts"));
  assert.deepEqual(start.filter((path) => LATE.some((late) => late.test(path))), []);
  const all = loadedWith(modules, ["/main.ts"], true);
  for (
    const path of [
      "data/search_sayings.txt",
      "src/collection/search/search_index.ts",
      "src/sandbox/sandbox.ts",
      "src/telemetry/otel.ts",
    ]
  ) {
    assert.ok(all.includes(path), path);
  }
});
