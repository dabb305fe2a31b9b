/**
 * The grammar of `audit`.
 *
 * @module
 */

import { object, or } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { optional, withDefault } from "@optique/core/modifiers";
import { command, constant, option } from "@optique/core/primitives";
import { choice, integer, string } from "@optique/core/valueparser";
import { AUDIT_OUTCOMES } from "./command.ts";
import { commandHelp, jsonFlag, profileFlags, trailFlags } from "./flags.ts";

const DEFAULT_COUNT = 20;

const flags = object("Flags", { ...profileFlags, ...trailFlags });

const since = optional(
  option("--since", string({ metavar: "TIME" }), { description: message`Only calls from this date or time on.` }),
);
const until = optional(
  option("--until", string({ metavar: "TIME" }), { description: message`Only calls before this date or time.` }),
);

const tail = command(
  "tail",
  object({
    command: constant("audit"),
    action: constant("tail"),
    flags,
    count: withDefault(
      option("-n", "--lines", integer({ min: 1, max: 100_000, metavar: "N" }), {
        description: message`How many calls; usually 20.`,
      }),
      DEFAULT_COUNT,
    ),
  }),
  commandHelp("[-n N] [FLAGS]", "Print the last calls."),
);

const show = command(
  "show",
  object({
    command: constant("audit"),
    action: constant("show"),
    flags,
    tool: optional(
      option("--tool", string({ metavar: "TOOL" }), { description: message`Only calls of this tool.` }),
    ),
    since,
    until,
    outcome: optional(
      option("--outcome", choice(AUDIT_OUTCOMES, { metavar: "OUTCOME" }), {
        description: message`Only calls that ended like this.`,
      }),
    ),
    kind: optional(
      option("--kind", choice(["read", "write"], { metavar: "KIND" }), {
        description: message`Only calls that read, or that change something.`,
      }),
    ),
    json: jsonFlag,
  }),
  commandHelp("[FLAGS]", "Print the calls that match."),
);

const verify = command(
  "verify",
  object({ command: constant("audit"), action: constant("verify"), flags }),
  commandHelp("[FLAGS]", "Check that the trail is complete and unchanged.", "Ends with 1 when it is not."),
);

const exported = command(
  "export",
  object({
    command: constant("audit"),
    action: constant("export"),
    flags,
    format: withDefault(
      option("--format", choice(["jsonl", "csv"], { metavar: "FORMAT" }), {
        description: message`How each call is written.`,
      }),
      "jsonl" as const,
    ),
    since,
    until,
  }),
  commandHelp("[FLAGS]", "Print the trail for other programs."),
);

/** `audit` and its commands. */
export const audit = command(
  "audit",
  or(tail, show, verify, exported),
  commandHelp("tail|show|verify|export [FLAGS]", "Read the record of all calls."),
);
