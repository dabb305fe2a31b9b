/**
 * The command `tools`: lists the tools, shows one, or counts their tokens.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import type { JsonObject } from "../core/json.ts";
import { BUILT_IN_DEFINITIONS } from "../tools/definitions/built_in_definitions.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import { assembleCatalogue } from "./assembled_catalogue.ts";
import type { ExitCode, ToolsCommand } from "./grammar/command.ts";
import { loadConfig } from "./config_file.ts";
import type { System } from "./system.ts";
import { columns } from "./columns.ts";
import { unknownTool } from "./unknown_tool.ts";

/** An endpoint as `tools --json` prints it; the members are a contract. */
function summary({ tool, title, feature, method, path, facts }: Endpoint): JsonObject {
  return { name: tool, title, feature, method, path, kind: facts.kind, scopes: [...facts.scopes] };
}

function byName(endpoints: readonly Endpoint[]): Endpoint[] {
  return endpoints.toSorted((a, b) => (a.tool < b.tool ? -1 : 1));
}

function listText(all: readonly Endpoint[]): string {
  const groups = Map.groupBy(all, ({ feature }) => feature);
  const blocks = [...groups].map(([feature, endpoints]) =>
    `${feature} (${endpoints.length})\n${columns(endpoints.map(({ tool, title }) => [tool, title]), "  ")}`
  );
  const features = groups.size === 1 ? "1 feature" : `${groups.size} features`;
  const own = columns(BUILT_IN_DEFINITIONS.map(({ name, annotations }) => [name, annotations.title]), "  ");
  blocks.push(`The server itself (${BUILT_IN_DEFINITIONS.length})\n${own}`);
  const tools = all.length === 1 ? "1 tool" : `${all.length} tools`;
  blocks.push(`${tools} in ${features}, and ${BUILT_IN_DEFINITIONS.length} of the server itself\n`);
  return blocks.join("\n");
}

async function output({ name, tokens, json }: ToolsCommand, catalogue: Catalogue): Promise<string> {
  const print = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  if (name !== undefined) {
    const endpoint = await catalogue.find(name);
    if (endpoint === undefined) throw await unknownTool(name, catalogue);
    const { describeTool, toolPage } = await import("./tool_page.ts");
    return json
      ? print({ ...summary(endpoint), ...await describeTool(endpoint, catalogue) })
      : await toolPage(endpoint, catalogue);
  }
  if (tokens) {
    const { costText, measureCost } = await import("./token_cost.ts");
    const cost = await measureCost(catalogue);
    return json ? print(cost) : costText(cost);
  }
  const endpoints = await catalogue.endpoints();
  return json ? print(byName(endpoints).map(summary)) : listText(endpoints);
}

/**
 * Prints the tools of the current selection.
 *
 * @param command What to print.
 * @param system The outside of the program.
 * @returns The exit code.
 * @throws {UsageError} If the configuration is wrong, or the tool is unknown.
 */
export async function runTools(command: ToolsCommand, system: System): Promise<ExitCode> {
  const { catalogue } = await assembleCatalogue(await loadConfig(command.flags, system), system);
  system.stdout.write(await output(command, catalogue));
  return 0;
}
