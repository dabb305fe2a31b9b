/**
 * The command `search`: finds tools by what they do.
 *
 * @module
 */

import { RefusedError, UsageError } from "../core/errors.ts";
import { isJsonObject, type JsonObject } from "../core/json.ts";
import { searchTools } from "../tools/discovery/search_tool.ts";
import { createToolSearch } from "../tools/discovery/tool_search.ts";
import { assembleCatalogue } from "./assembled_catalogue.ts";
import { columns } from "./columns.ts";
import { loadConfig } from "./config_file.ts";
import type { ExitCode, SearchCommand } from "./grammar/command.ts";
import type { System } from "./system.ts";

function text({ results, total }: JsonObject): string {
  const found = Array.isArray(results) ? results.filter(isJsonObject) : [];
  if (found.length === 0) return "No tool fits: say it in other words\n";
  const rows = found.map(({ tool, kind, title, feature }) => [String(tool), String(kind), `${title} (${feature})`]);
  return `${columns(rows)}${found.length} of ${total} that fit\n`;
}

/**
 * Prints the tools that fit, the best first.
 *
 * @param command What is looked for.
 * @param system The outside of the program.
 * @returns 1 when nothing fits.
 * @throws {UsageError} If the configuration is wrong, or the feature is unknown.
 */
export async function runSearch(command: SearchCommand, system: System): Promise<ExitCode> {
  const { flags, words, json, ...wish } = command;
  const { catalogue, collections } = await assembleCatalogue(await loadConfig(flags, system), system);
  const search = createToolSearch(catalogue, collections);
  const value = await searchTools(search, { ...wish, query: words.join(" ") }).catch((error) => {
    if (!(error instanceof RefusedError)) throw error;
    const { message, code, guidance } = error;
    throw new UsageError(message, { code, ...(guidance === undefined ? {} : { guidance }), cause: error });
  });
  system.stdout.write(json ? `${JSON.stringify(value, undefined, 2)}\n` : text(value));
  return Array.isArray(value.results) && value.results.length === 0 ? 1 : 0;
}
