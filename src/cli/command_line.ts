/**
 * Parses the command line, and answers help, version and completion.
 *
 * @module
 */

import { getDocPageSync } from "@optique/core/parser";
import { runParser } from "@optique/core/facade";
import { formatMessage, type Message, message } from "@optique/core/message";
import { nearestNames } from "../collection/nearest.ts";
import { UsageError } from "../core/errors.ts";
import { PROGRAM, VERSION } from "../core/version.ts";
import type { Command } from "./command.ts";
import { parser } from "./parser.ts";
import type { TextSink } from "./system.ts";

const HELP_WIDTH = 100;

/** Words that stand for themselves in front, where a flag without a command belongs to `serve`. */
const GLOBAL_REGEXP = /^(?:-h|--help|--version)$/;

/** Words that the command line knows at a place: the names of its flags and commands. */
function wordsAt(args: readonly string[]): string[] {
  const [command] = args;
  const entries = (path: readonly string[]) =>
    getDocPageSync(parser, path)?.sections.flatMap(({ entries }) => entries) ?? [];
  const page = command === undefined || command.startsWith("-") ? entries([]) : [...entries([command]), ...entries([])];
  return page.flatMap(({ term }) => {
    if (term.type === "option") return [...term.names];
    return term.type === "command" ? [term.name] : [];
  });
}

function misuse(error: Message, args: readonly string[]): UsageError {
  const wrong = error.flatMap((term) => term.type === "optionName" ? [term.optionName] : [])[0];
  const text = formatMessage(error, { quotes: true }).replaceAll("`", '"')
    .replace(/\s*\n\s*/g, " ").replace(/\.$/, "");
  const nearest = wrong === undefined ? [] : nearestNames(wrong, wordsAt(args)).filter((name) => name !== wrong);
  const guess = nearest.length === 0 || text.includes("Did you mean")
    ? ""
    : `Did you mean ${nearest.map((name) => `"${name}"`).join(" or ")}? `;
  const command = wordsAt([]).includes(args[0] ?? "") ? `${args[0]} ` : "";
  return new UsageError(text, {
    code: "bad_command_line",
    guidance: `${guess}Run "${PROGRAM} ${command}--help" to see what is possible.`,
  });
}

/**
 * Parses the command line.
 *
 * @param args The words after the program's name. Without a command they belong to `serve`.
 * @param stdout Receives help, version and completion.
 * @param colors Help may be coloured at a terminal.
 * @returns The command, or `undefined` when help, version or completion was asked for and printed.
 * @throws {UsageError} If the words make no sense; the message says which.
 */
export function parseCommandLine(
  args: readonly string[],
  stdout: TextSink,
  colors: boolean,
): Command | undefined {
  const [first = ""] = args;
  const bare = first === "" ||
    (first.startsWith("-") && !GLOBAL_REGEXP.test(first));
  const words = bare ? ["serve", ...args] : args;
  const onShow = () => undefined;
  return runParser<typeof parser, undefined, never>(parser, PROGRAM, words, {
    brief: message`Every Webex Calling operation as an MCP tool.`,
    description: message`Without a command, flags belong to serve. Exit codes: 0 done, 1 failed, 2 wrong usage.`,
    help: { command: true, option: { names: ["-h", "--help"] }, onShow },
    version: {
      value: `${PROGRAM} ${VERSION}`,
      command: true,
      option: true,
      onShow,
    },
    completion: { command: true, onShow },
    usageLine: [{ type: "literal", value: "[COMMAND] [FLAGS]" }],
    aboveError: "none",
    showChoices: true,
    termWidth: "auto",
    maxWidth: HELP_WIDTH,
    colors: colors && stdout.isTerminal,
    stdout: (text) => stdout.write(`${text}\n`),
    stderr: () => {},
    onError: (_code, error) => {
      throw misuse(error, words);
    },
  });
}
