/**
 * The command `call`: one tool call from the command line.
 *
 * @module
 */

import type { ProgressNote } from "../core/context.ts";
import { UsageError } from "../core/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import { Secrets } from "../core/secrets.ts";
import type { Consent } from "../tools/confirmation/gate.ts";
import type { Question } from "../tools/results/result.ts";
import { assemble } from "./assembly.ts";
import { type Input, processInput } from "./input.ts";
import type { CallCommand, ExitCode } from "./grammar/command.ts";
import { loadConfig } from "./config_file.ts";
import { openLog } from "./program_log.ts";
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

/** No plan is made here, and that of a server is worth nothing in another process. */
function refusePlan(args: JsonObject): void {
  if (!Object.hasOwn(args, "plan_id")) return;
  throw new UsageError('Cannot use "plan_id": a plan holds only in the server process that made it', {
    code: "bad_arguments",
    guidance: "Leave it out: at a terminal the command asks before the change; elsewhere it wants --confirm never.",
  });
}

/** Only a clear yes is one; the end of the input is a no. */
async function agrees({ message }: Question, input: Input, system: System): Promise<boolean> {
  system.stderr.write(`${message}\nType yes to go on: `);
  const answer = await input.readLine(false);
  return answer?.trim().toLowerCase() === "yes";
}

/**
 * Calls a tool and prints its result as JSON. Whoever sits at a terminal is asked before a change that can do harm.
 *
 * @param command The tool and its arguments.
 * @param system The outside of the program.
 * @param input Where the answer to a question comes from.
 * @returns 1 when the result is an error.
 * @throws {UsageError} If the tool is unknown, or the arguments cannot be read or hold a plan's id.
 */
export async function runCall(
  { flags, tool, pairs, json }: CallCommand,
  system: System,
  input: Input = processInput,
): Promise<ExitCode> {
  // A command names an endpoint's own tool, whatever clients are shown.
  const config = { ...await loadConfig(flags, system), tools: "all" } as const;
  const args = readArguments(pairs, json);
  refusePlan(args);
  const secrets = new Secrets();
  const log = openLog(config, system, secrets, true);
  const { catalogue, dispatcher, audit } = await assemble({ config, system, log, secrets, once: true });
  const stop = new AbortController();
  const stopListening = system.onInterrupt(() => stop.abort());
  const canAsk = input.isTerminal && system.stderr.isTerminal;
  const progress = ({ message }: ProgressNote) => {
    if (system.stderr.isTerminal) system.stderr.write(`${message}\n`);
  };
  const dispatch = (consent?: Consent) =>
    dispatcher.call(tool, args, { client: "cli", signal: stop.signal, progress, canAsk, consent });
  try {
    const first = await dispatch();
    const question = first?.question;
    const result = question === undefined ? first : await dispatch({
      state: question.state,
      action: await agrees({ ...question, message: secrets.hide(question.message) }, input, system)
        ? "accept"
        : "decline",
    });
    if (result === undefined) throw await unknownTool(tool, catalogue);
    system.stdout.write(secrets.hide(`${JSON.stringify(result.value, undefined, 2)}\n`));
    return result.isError ? 1 : 0;
  } finally {
    stopListening();
    await audit.close();
    await log.close();
  }
}
