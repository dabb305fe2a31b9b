/**
 * The grammar of the command line.
 *
 * @module
 */

import { object, or } from "@optique/core/constructs";
import { type Message, message, text } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import type { NonEmptyString } from "@optique/core/nonempty";
import { argument, command, constant, flag, option } from "@optique/core/primitives";
import { choice, integer, string } from "@optique/core/valueparser";
import { type Flag, FLAGS } from "../config/flags.ts";

/** A flag's line in the help, with its variable. */
function about({ summary, environment }: Flag): { description: Message } {
  return { description: message`${text(environment === undefined ? summary : `${summary} [${environment}]`)}` };
}

const on = (definition: Flag) => optional(flag(definition.name, about(definition)));
const valued = (definition: Flag & { readonly value: NonEmptyString }) =>
  option(
    definition.name,
    string({ metavar: definition.value }),
    about(definition),
  );

const tools = optional(
  option(
    FLAGS.tools.name,
    choice(FLAGS.tools.choices, { metavar: FLAGS.tools.value }),
    about(FLAGS.tools),
  ),
);
const schema = optional(
  option(
    FLAGS.schema.name,
    choice(FLAGS.schema.choices, { metavar: FLAGS.schema.value }),
    about(FLAGS.schema),
  ),
);
const validation = optional(
  option(
    FLAGS.validation.name,
    choice(FLAGS.validation.choices, { metavar: FLAGS.validation.value }),
    about(FLAGS.validation),
  ),
);

const selection = {
  features: multiple(valued(FLAGS.features)),
  readOnly: on(FLAGS.readOnly),
  collections: multiple(valued(FLAGS.collections)),
};
const upstream = {
  baseUrl: optional(valued(FLAGS.baseUrl)),
  sandbox: on(FLAGS.sandbox),
};

const json = withDefault(
  flag("--json", { description: message`Print JSON for machines.` }),
  false,
);

/** A command's texts in the help; the usage names kinds of words, because all flags would take several lines. */
function help(usage: string, line: string, more = "") {
  return {
    brief: message`${text(line)}`,
    ...(more === "" ? {} : { description: message`${text(more)}` }),
    usageLine: [{ type: "literal", value: usage } as const],
  };
}

const serve = command(
  "serve",
  object({
    command: constant("serve"),
    flags: object("Flags", {
      tools,
      ...selection,
      ...upstream,
      schema,
      validation,
      structured: on(FLAGS.structured),
      http: optional(valued(FLAGS.http)),
    }),
  }),
  help("[FLAGS]", "Serve MCP over standard input and output.", "This is the default command."),
);

const list = command(
  "tools",
  object({
    command: constant("tools"),
    flags: object("Flags", { tools, ...selection, schema }),
    name: optional(
      argument(string({ metavar: "NAME" }), {
        description: message`Show this tool and its arguments.`,
      }),
    ),
    tokens: withDefault(
      flag("--tokens", {
        description: message`Print what the list costs in o200k tokens: total, features, largest tools.`,
      }),
      false,
    ),
    json,
  }),
  help("[NAME] [FLAGS]", "List the tools, show one, or count their tokens."),
);

const call = command(
  "call",
  object({
    command: constant("call"),
    flags: object("Flags", { ...selection, ...upstream, validation }),
    tool: argument(string({ metavar: "TOOL" }), {
      description: message`The tool's name.`,
    }),
    pairs: multiple(
      argument(string({ metavar: "KEY=VALUE" }), {
        description: message`An argument; numbers, booleans and JSON are recognized.`,
      }),
    ),
    json: optional(
      option("--json", string({ metavar: "ARGS" }), {
        description: message`All arguments as one JSON object.`,
      }),
    ),
  }),
  help(
    "TOOL [KEY=VALUE...] [FLAGS]",
    "Call a tool once and print its result as JSON.",
    "Ends with 1 when the result is an error.",
  ),
);

const collection = command(
  "collection",
  object({
    command: constant("collection"),
    paths: multiple(argument(string({ metavar: "PATH" }), { description: message`A collection or OpenAPI file.` }), {
      min: 1,
      errors: { tooFew: message`Expected the path of a collection file.` },
    }),
    json,
  }),
  help("PATH... [--json]", "Check collection files and count their operations."),
);

const sandbox = command(
  "sandbox",
  object({
    command: constant("sandbox"),
    port: withDefault(
      option("--port", integer({ min: 0, max: 65535, metavar: "PORT" }), {
        description: message`The port on 127.0.0.1; 0 takes a free one.`,
      }),
      8787,
    ),
    token: optional(
      option("--token", string({ metavar: "TOKEN" }), {
        description: message`The only access token to accept; without it, any is accepted.`,
      }),
    ),
  }),
  help("[--port PORT] [--token TOKEN]", "Serve the simulated organization on loopback."),
);

const demo = command(
  "demo",
  object({ command: constant("demo") }),
  help("", "Show a client at work with the server and the simulated organization."),
);

/** Parses a whole command line that begins with a command. */
export const parser = or(serve, list, call, collection, sandbox, demo);
