/**
 * The command `tools`: lists the tools, shows one, or counts their tokens.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import type { Config } from "../config/config.ts";
import type { JsonObject } from "../core/json.ts";
import type { ListedTool } from "../tools/definitions/definition.ts";
import { assembleCatalogue, type AssembledCatalogue } from "./assembled_catalogue.ts";
import { columns } from "./columns.ts";
import { loadConfig } from "./config_file.ts";
import type { ExitCode, ToolsCommand } from "./grammar/command.ts";
import { listedTools, type Listing } from "./listed_tools.ts";
import type { System } from "./system.ts";
import { unknownTool } from "./unknown_tool.ts";

/** An endpoint as `tools --json` prints it; the members are a contract. */
function summary({ tool, title, feature, method, path, facts }: Endpoint): JsonObject {
  return { name: tool, title, feature, method, path, kind: facts.kind, scopes: [...facts.scopes] };
}

function byName(endpoints: readonly Endpoint[]): Endpoint[] {
  return endpoints.toSorted((a, b) => (a.tool < b.tool ? -1 : 1));
}

function counted(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

/**
 * With `--tools discover` the endpoints are there, and not listed: whoever reads this must not look for them in a client.
 * They are shown all the same, for they are what a call, a pattern and a feature name; but what clients list comes first.
 */
function listText(all: readonly Endpoint[], own: readonly ListedTool[], { tools }: Listing): string {
  const groups = Map.groupBy(all, ({ feature }) => feature);
  const blocks = [...groups].map(([feature, endpoints]) =>
    `${feature} (${endpoints.length})\n${columns(endpoints.map(({ tool, title }) => [tool, title]), "  ")}`
  );
  const rows = own.map(({ name, annotations: { title = "" } }) => [name, title]);
  const itself = `The server itself (${own.length})\n${columns(rows, "  ")}`;
  const found = `${counted(all.length, "tool")} in ${counted(groups.size, "feature")}`;
  if (tools === "all") return [...blocks, itself, `${found}, and ${own.length} of the server itself\n`].join("\n");
  const listed =
    `Clients list only the ${own.length} tools of the server itself, and find and call the others through them\n`;
  const total = `${found}, found and called through the ${own.length} of the server itself: clients list only those\n`;
  return [listed, itself, ...blocks, total].join("\n");
}

async function costOutput(
  json: boolean,
  config: Config,
  { catalogue, collections }: AssembledCatalogue,
): Promise<string> {
  const [{ costText, measureCost }, { choicesText, measureChoices }, { exceededLimits, limitsText }, counter] =
    await Promise.all([
      import("./token_cost.ts"),
      import("./surface_choices.ts"),
      import("./client_limits.ts"),
      import("./token_counter.ts"),
    ]);
  const count = await counter.loadTokenCounter();
  const definitions = listedTools(catalogue, config);
  const cost = measureCost(definitions, await catalogue.endpoints(), count);
  const choices = measureChoices(config, await collections(), count);
  const warnings = exceededLimits({ definitions, tokens: cost.tokens, schema: config.schema, choices });
  return json
    ? print({ ...cost, choices, warnings })
    : [costText(cost), choicesText(choices), limitsText(warnings)].join("\n");
}

function print(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

async function output(command: ToolsCommand, config: Config, assembled: AssembledCatalogue): Promise<string> {
  const { name, tokens, json } = command;
  const { catalogue } = assembled;
  if (name !== undefined) {
    const endpoint = await catalogue.find(name);
    if (endpoint === undefined) throw await unknownTool(name, catalogue);
    const { describeTool, toolPage } = await import("./tool_page.ts");
    return json
      ? print({ ...summary(endpoint), ...await describeTool(endpoint, catalogue) })
      : await toolPage(endpoint, catalogue);
  }
  if (tokens) return await costOutput(json, config, assembled);
  const endpoints = await catalogue.endpoints();
  if (json) return print(byName(endpoints).map(summary));
  const selected = new Set(endpoints.map(({ tool }) => tool));
  return listText(endpoints, listedTools(catalogue, config).filter((one) => !selected.has(one.name)), config);
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
  const config = await loadConfig(command.flags, system);
  system.stdout.write(await output(command, config, await assembleCatalogue(config, system)));
  return 0;
}
