/**
 * The grammar of the command line.
 *
 * @module
 */

import { object, or } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import { argument, command, constant, flag, option } from "@optique/core/primitives";
import { choice, integer, string } from "@optique/core/valueparser";
import { audit } from "./audit.ts";
import { auth } from "./auth.ts";
import {
  callFlags,
  commandHelp,
  jsonFlag,
  listFlags,
  profileFlags,
  selectionFlags,
  serverFlags,
  upstreamFlags,
} from "./flags.ts";
import { token } from "./token.ts";

const serve = command(
  "serve",
  object({
    command: constant("serve"),
    flags: object("Flags", {
      ...selectionFlags,
      ...profileFlags,
      ...upstreamFlags,
      ...listFlags,
      ...callFlags,
      ...serverFlags,
    }),
  }),
  commandHelp("[FLAGS]", "Serve MCP over standard input and output.", "This is the default command."),
);

const list = command(
  "tools",
  object({
    command: constant("tools"),
    flags: object("Flags", { ...selectionFlags, ...listFlags, ...profileFlags }),
    name: optional(
      argument(string({ metavar: "NAME" }), {
        description: message`Show this tool and its arguments.`,
      }),
    ),
    tokens: withDefault(
      flag("--tokens", {
        description:
          message`Print what the list and each other choice costs in o200k tokens, and which clients take less.`,
      }),
      false,
    ),
    json: jsonFlag,
  }),
  commandHelp("[NAME] [FLAGS]", "List the tools, show one, or count their tokens."),
);

const call = command(
  "call",
  object({
    command: constant("call"),
    flags: object("Flags", { ...selectionFlags, ...profileFlags, ...upstreamFlags, ...callFlags }),
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
  commandHelp(
    "TOOL [KEY=VALUE...] [FLAGS]",
    "Call a tool once and print its result as JSON.",
    "Ends with 1 when the result is an error.",
  ),
);

const search = command(
  "search",
  object({
    command: constant("search"),
    flags: object("Flags", { ...selectionFlags, ...profileFlags }),
    words: multiple(argument(string({ metavar: "WORDS" }), { description: message`What is to be done.` }), {
      min: 1,
      errors: { tooFew: message`Expected words that say what is to be done.` },
    }),
    limit: withDefault(
      option("--limit", integer({ min: 1, max: 50, metavar: "N" }), { description: message`How many tools at most.` }),
      10,
    ),
    feature: optional(
      option("--feature", string({ metavar: "NAME" }), { description: message`Only tools of this feature.` }),
    ),
    kind: optional(
      option("--kind", choice(["read", "write"], { metavar: "KIND" }), {
        description: message`Only tools that read, or only those that change something.`,
      }),
    ),
    json: jsonFlag,
  }),
  commandHelp("WORDS... [FLAGS]", "Find tools by what they do, as webex_search does."),
);

const collection = command(
  "collection",
  object({
    command: constant("collection"),
    paths: multiple(argument(string({ metavar: "PATH" }), { description: message`A collection or OpenAPI file.` }), {
      min: 1,
      errors: { tooFew: message`Expected the path of a collection file.` },
    }),
    json: jsonFlag,
  }),
  commandHelp("PATH... [--json]", "Check collection files and count their operations."),
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
  commandHelp("[--port PORT] [--token TOKEN]", "Serve the simulated organization on loopback."),
);

const health = command(
  "health",
  object({
    command: constant("health"),
    url: optional(
      option("--url", string({ metavar: "URL" }), {
        description: message`The server's address; default: this machine, at the port of WEBEX_MCP_HTTP or 8080.`,
      }),
    ),
    ready: withDefault(
      flag("--ready", { description: message`Ask whether it can do its work, and not only whether it lives.` }),
      false,
    ),
  }),
  commandHelp("[--url URL] [--ready]", "Ask a server that serves over HTTP how it is."),
);

const demo = command(
  "demo",
  object({ command: constant("demo") }),
  commandHelp("", "Show a client at work with the server and the simulated organization."),
);

/** Parses a whole command line that begins with a command. */
export const parser = or(serve, list, search, call, auth, token, audit, collection, sandbox, demo, health);
