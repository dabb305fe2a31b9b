/**
 * The grammar of `token`.
 *
 * @module
 */

import { object, or } from "@optique/core/constructs";
import { message, text } from "@optique/core/message";
import { optional, withDefault } from "@optique/core/modifiers";
import { argument, command, constant, option } from "@optique/core/primitives";
import { choice, integer, string } from "@optique/core/valueparser";
import { POLICY_RANGES } from "../../config/caller_policy.ts";
import { HTTP_FLAGS } from "../../config/http_flags.ts";
import { commandHelp, jsonFlag, policyFlags, profileFlags, selectionFlags } from "./flags.ts";

/** Long enough to be no bother, and short enough that a forgotten token ends. */
const DEFAULT_EXPIRY = "90d";

const name = argument(string({ metavar: "NAME" }), {
  description: message`Who has the token: the name in logs, in the audit trail and in this list.`,
});

const callers = optional(
  option(HTTP_FLAGS.callers.name, string({ metavar: HTTP_FLAGS.callers.value }), {
    description: message`${text(`${HTTP_FLAGS.callers.summary} [${HTTP_FLAGS.callers.environment}]`)}`,
  }),
);

const policy = {
  confirm: optional(
    option("--confirm", choice(["destructive", "writes"], { metavar: "WHICH" }), {
      description: message`Which changes the caller is asked about first; the server may ask about more.`,
    }),
  ),
  rate: optional(
    option("--rate", integer({ ...POLICY_RANGES.ratePerMinute, metavar: "N" }), {
      description: message`Calls in a minute, on average.`,
    }),
  ),
  burst: optional(
    option("--burst", integer({ ...POLICY_RANGES.burst, metavar: "N" }), {
      description: message`Calls at once after a pause.`,
    }),
  ),
  calls: optional(
    option("--calls", integer({ ...POLICY_RANGES.concurrency, metavar: "N" }), {
      description: message`Calls under way at a time.`,
    }),
  ),
};

const create = command(
  "create",
  object({
    command: constant("token"),
    action: constant("create"),
    name,
    flags: object("Flags", {
      ...policyFlags,
      // By these its names are looked up.
      collections: selectionFlags.collections,
      config: profileFlags.config,
    }),
    ...policy,
    expires: withDefault(
      option("--expires", string({ metavar: "WHEN" }), {
        description: message`When the token ends: a time from now such as 90d or 12h, a date, or never; usually 90d.`,
      }),
      DEFAULT_EXPIRY,
    ),
    callers,
  }),
  commandHelp(
    "NAME [FLAGS]",
    "Make a token for a caller of the HTTP server, and print it.",
    "The token is printed once and kept nowhere; its file has only a hash. What the caller may do is what the server " +
      "may do, narrowed by these flags.",
  ),
);

const list = command(
  "list",
  object({ command: constant("token"), action: constant("list"), callers, json: jsonFlag }),
  commandHelp("[--json] [--callers PATH]", "List the callers that have a token, and what they may do."),
);

const revoke = command(
  "revoke",
  object({ command: constant("token"), action: constant("revoke"), name, callers }),
  commandHelp("NAME [--callers PATH]", "Take a caller's token back; a server that runs notices within seconds."),
);

/** `token` and its commands. */
export const token = command(
  "token",
  or(create, list, revoke),
  commandHelp("create|list|revoke [NAME] [FLAGS]", "Decide who may call the HTTP server, and what they may do."),
);
