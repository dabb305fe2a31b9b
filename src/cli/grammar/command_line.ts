/**
 * Parses the command line, and answers help, version and completion.
 *
 * @module
 */

import { getDocPageSync } from "@optique/core/parser";
import { runParser } from "@optique/core/facade";
import { formatMessage, type Message, message } from "@optique/core/message";
import { nearestNames } from "../../collection/nearest.ts";
import { commandFor } from "../../core/command.ts";
import { UsageError } from "../../core/errors.ts";
import { PROGRAM, VERSION } from "../../core/version.ts";
import type { Command } from "./command.ts";
import { parser } from "./parser.ts";
import type { TextSink } from "../system.ts";

const HELP_WIDTH = 100;

/** Words that stand for themselves in front, where a flag without a command belongs to `serve`. */
const GLOBAL_REGEXP = /^(?:-h|--help|--version)$/;

/** The names of the flags and of the commands that are known after some commands. */
function namesAt(path: readonly string[]): { readonly flags: string[]; readonly commands: string[] } {
  const terms = getDocPageSync(parser, path)?.sections.flatMap(({ entries }) => entries.map(({ term }) => term)) ?? [];
  return {
    flags: terms.flatMap((term) => term.type === "option" ? [...term.names] : []),
    commands: terms.flatMap((term) => term.type === "command" ? [term.name] : []),
  };
}

/** The commands that a command line begins with, for example `auth login`. */
function commandsOf(args: readonly string[]): string[] {
  const path: string[] = [];
  for (const arg of args) {
    if (!namesAt(path).commands.includes(arg)) break;
    path.push(arg);
  }
  return path;
}

/** Words that the command line knows at a place, and those that it knows in front. */
function wordsAt(path: readonly string[]): string[] {
  return [path, []].flatMap((place) => {
    const { flags, commands } = namesAt(place);
    return [...flags, ...commands];
  });
}

function misuse(error: Message, args: readonly string[]): UsageError {
  const wrong = error.flatMap((term) => term.type === "optionName" ? [term.optionName] : [])[0];
  const text = formatMessage(error, { quotes: true }).replaceAll("`", '"')
    .replace(/\s*\n\s*/g, " ").replace(/\.$/, "");
  const path = commandsOf(args);
  const nearest = wrong === undefined ? [] : nearestNames(wrong, wordsAt(path)).filter((name) => name !== wrong);
  const guess = nearest.length === 0 || text.includes("Did you mean")
    ? ""
    : `Did you mean ${nearest.map((name) => `"${name}"`).join(" or ")}? `;
  const command = path.map((word) => `${word} `).join("");
  return new UsageError(text, {
    code: "bad_command_line",
    guidance: `${guess}Run "${commandFor(`${command}--help`)}" to see what is possible.`,
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
