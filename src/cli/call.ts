/**
 * The command `call`: one tool call from the command line.
 *
 * @module
 */

import { createConfig } from "../config/config.ts";
import { UsageError } from "../core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { createLog, quietLog } from "../core/log.ts";
import { assemble } from "./assembly.ts";
import type { CallCommand, ExitCode } from "./command.ts";
import type { System } from "./system.ts";
import { unknownTool } from "./unknown_tool.ts";

const GUIDANCE = `Write arguments as key=value, or all of them as --json '{"key": "value"}'.`;

function misuse(message: string, cause?: unknown): UsageError {
  return new UsageError(message, { code: "bad_arguments", guidance: GUIDANCE, cause });
}

function parseObject(text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw misuse(`Cannot read --json: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
  if (isJsonObject(value)) return value;
  throw misuse(
    `Cannot read --json: expected an object, got ${Array.isArray(value) ? "an array" : JSON.stringify(value)}`,
  );
}

/**
 * Reads the arguments of a call.
 *
 * @param pairs Arguments as `key=value`; the values stay text, which the tool's schema turns into what it wants.
 * @param json All arguments as a JSON object.
 * @returns The arguments.
 * @throws {UsageError} If both forms are given, or one of them is malformed.
 */
export function readArguments(pairs: readonly string[], json: string | undefined): JsonObject {
  if (json !== undefined) {
    if (pairs.length === 0) return parseObject(json);
    throw misuse(`Cannot use --json together with ${JSON.stringify(pairs[0])}: expected one form`);
  }
  const entries = pairs.map((pair): [string, string] => {
    const end = pair.indexOf("=");
    if (end < 1) throw misuse(`Cannot read argument ${JSON.stringify(pair)}: expected key=value`);
    return [pair.slice(0, end), pair.slice(end + 1)];
  });
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw misuse(`Cannot read argument "${twice}": given twice`);
  return Object.fromEntries(entries);
}

/**
 * Calls a tool and prints its result as JSON.
 *
 * @param command The tool and its arguments.
 * @param system The outside of the program.
 * @returns 1 when the result is an error.
 * @throws {UsageError} If the tool is unknown, or the arguments cannot be read.
 */
export async function runCall({ flags, tool, pairs, json }: CallCommand, system: System): Promise<ExitCode> {
  const config = createConfig(flags, system.environment);
  const args = readArguments(pairs, json);
  const secrets = config.token === undefined ? [] : [config.token];
  const log = quietLog(createLog((line) => system.stderr.write(line), secrets));
  const { catalogue, executor } = await assemble(config, system, log);
  const endpoint = await catalogue.find(tool);
  if (endpoint === undefined) throw unknownTool(tool, catalogue);
  const result = await executor.call(endpoint, args);
  system.stdout.write(`${JSON.stringify(result.value, undefined, 2)}\n`);
  return result.isError ? 1 : 0;
}
