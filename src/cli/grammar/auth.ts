/**
 * The grammar of `auth`.
 *
 * @module
 */

import { object, or } from "@optique/core/constructs";
import { message } from "@optique/core/message";
import { map, optional, withDefault } from "@optique/core/modifiers";
import { command, constant, flag, option } from "@optique/core/primitives";
import { integer, string } from "@optique/core/valueparser";
import { commandHelp, jsonFlag, profileFlags, upstreamFlags } from "./flags.ts";

/** The redirect URI that is registered for the integration contains this port. */
const CALLBACK_PORT = 8797;

const flags = object("Flags", { ...profileFlags, ...upstreamFlags });

const grant = optional(or(
  map(
    flag("--device", { description: message`Open a link anywhere and confirm a code there; the default.` }),
    () => "device" as const,
  ),
  map(
    flag("--browser", { description: message`Open a link in a browser on this machine, which returns to --port.` }),
    () => "browser" as const,
  ),
  map(
    flag("--service-app", { description: message`Keep the tokens of a service app from the developer portal.` }),
    () => "service-app" as const,
  ),
));

const login = command(
  "login",
  object({
    command: constant("auth"),
    action: constant("login"),
    flags,
    grant,
    clientId: optional(
      option("--client-id", string({ metavar: "ID" }), {
        description: message`The client id of the integration or service app. [WEBEX_CLIENT_ID]`,
      }),
    ),
    scopes: optional(
      option("--scopes", string({ metavar: "SCOPES" }), {
        description:
          message`The scopes to ask for, separated by blanks; usually those that calling tools need, of a read-only profile without those for changes.`,
      }),
    ),
    showScopes: optional(
      flag("--show-scopes", { description: message`Only print the scopes that would be asked for.` }),
    ),
    port: withDefault(
      option("--port", integer({ min: 1, max: 65535, metavar: "PORT" }), {
        description: message`The port on 127.0.0.1 that a browser returns to; usually 8797.`,
      }),
      CALLBACK_PORT,
    ),
  }),
  commandHelp(
    "[FLAGS]",
    "Get tokens for a profile and keep them.",
    "Secrets are never arguments: WEBEX_CLIENT_SECRET, WEBEX_CLIENT_SECRET_FILE and WEBEX_REFRESH_TOKEN hold them, " +
      "else they are asked for, or read as lines of standard input.",
  ),
);

const status = command(
  "status",
  object({ command: constant("auth"), action: constant("status"), flags, json: jsonFlag }),
  commandHelp(
    "[--json] [FLAGS]",
    "Tell whose credential it is, what it may do, and for how long.",
    "Ends with 1 when the credential does not work.",
  ),
);

const logout = command(
  "logout",
  object({ command: constant("auth"), action: constant("logout"), flags }),
  commandHelp("[FLAGS]", "Forget the tokens of a profile."),
);

/** `auth` and its commands. */
export const auth = command(
  "auth",
  or(login, status, logout),
  commandHelp("login|status|logout [FLAGS]", "Log in to a profile, show its credential, or log out."),
);
