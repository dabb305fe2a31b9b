/**
 * The configuration's flags as the grammar of the command line knows them, in the groups that commands take.
 *
 * @module
 */

import { type Message, message, text } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import type { NonEmptyString } from "@optique/core/nonempty";
import { flag, option } from "@optique/core/primitives";
import { choice, string } from "@optique/core/valueparser";
import type { Flag } from "../../config/flag.ts";
import { FLAGS } from "../../config/flags.ts";

type ValuedFlag = Flag & { readonly value: NonEmptyString };

/** A flag's line in the help, with its variable. */
function about({ summary, environment }: Flag): { description: Message } {
  return { description: message`${text(environment === undefined ? summary : `${summary} [${environment}]`)}` };
}

const on = (definition: Flag) => optional(flag(definition.name, about(definition)));
const repeated = (definition: ValuedFlag) =>
  option(definition.name, string({ metavar: definition.value }), about(definition));
const valued = (definition: ValuedFlag) => optional(repeated(definition));
const chosen = <Choice extends string>(definition: ValuedFlag & { readonly choices: readonly Choice[] }) =>
  optional(option(definition.name, choice(definition.choices, { metavar: definition.value }), about(definition)));

/** Which tools there are. */
export const selectionFlags = {
  preset: multiple(repeated(FLAGS.preset)),
  features: multiple(repeated(FLAGS.features)),
  excludeFeatures: multiple(repeated(FLAGS.excludeFeatures)),
  tool: multiple(repeated(FLAGS.tool)),
  excludeTool: multiple(repeated(FLAGS.excludeTool)),
  readOnly: on(FLAGS.readOnly),
  collections: multiple(repeated(FLAGS.collections)),
};

/** Where calls go. */
export const upstreamFlags = { baseUrl: valued(FLAGS.baseUrl), sandbox: on(FLAGS.sandbox) };

/** With whose credential. */
export const profileFlags = { profile: valued(FLAGS.profile), config: valued(FLAGS.config) };

/** How the list of tools looks. */
export const listFlags = { tools: chosen(FLAGS.tools), schema: chosen(FLAGS.schema) };

/** Where calls are recorded. */
export const trailFlags = { audit: valued(FLAGS.audit) };

/** Without its variable: what is written down for somebody else doesn't depend on who writes it. */
function typedOnly<Definition extends Flag>(definition: Definition): Omit<Definition, "environment"> {
  const { environment: _variable, ...rest } = definition;
  return rest;
}

/** What a caller of the HTTP server may do; only what is typed counts. */
export const policyFlags = {
  preset: multiple(repeated(typedOnly(FLAGS.preset))),
  features: multiple(repeated(typedOnly(FLAGS.features))),
  excludeFeatures: multiple(repeated(typedOnly(FLAGS.excludeFeatures))),
  tool: multiple(repeated(typedOnly(FLAGS.tool))),
  excludeTool: multiple(repeated(typedOnly(FLAGS.excludeTool))),
  readOnly: on(typedOnly(FLAGS.readOnly)),
  tools: chosen(typedOnly(FLAGS.tools)),
  profile: valued(typedOnly(FLAGS.profile)),
};

/** How a call is made, recorded and logged. */
export const callFlags = {
  confirm: chosen(FLAGS.confirm),
  validation: chosen(FLAGS.validation),
  deadline: valued(FLAGS.deadline),
  concurrency: valued(FLAGS.concurrency),
  maxResult: valued(FLAGS.maxResult),
  idCheck: chosen(FLAGS.idCheck),
  ...trailFlags,
  noAudit: on(FLAGS.noAudit),
  auditValues: on(FLAGS.auditValues),
  logLevel: chosen(FLAGS.logLevel),
  logFormat: chosen(FLAGS.logFormat),
};

/** How the server presents itself. */
export const serverFlags = {
  structured: on(FLAGS.structured),
  http: valued(FLAGS.http),
  allowedHosts: multiple(repeated(FLAGS.allowedHosts)),
  allowedOrigins: multiple(repeated(FLAGS.allowedOrigins)),
  callers: valued(FLAGS.callers),
  publicUrl: valued(FLAGS.publicUrl),
  tlsCert: valued(FLAGS.tlsCert),
  tlsKey: valued(FLAGS.tlsKey),
  store: valued(FLAGS.store),
  keyFile: valued(FLAGS.keyFile),
  metrics: valued(FLAGS.metrics),
  trustedProxies: multiple(repeated(FLAGS.trustedProxies)),
  drain: valued(FLAGS.drain),
  rate: valued(FLAGS.rate),
};

/** `--json` as a switch. */
export const jsonFlag = withDefault(flag("--json", { description: message`Print JSON for machines.` }), false);

/** A command's texts in the help. */
export interface CommandHelp {
  readonly brief: Message;
  readonly description?: Message;
  readonly usageLine: [{ readonly type: "literal"; readonly value: string }];
}

/**
 * Writes a command's texts in the help; the usage names kinds of words, because all flags would take several lines.
 *
 * @param usage What follows the command's name.
 * @param line What the command does.
 * @param more What else is to know.
 * @returns The texts.
 */
export function commandHelp(usage: string, line: string, more = ""): CommandHelp {
  return {
    brief: message`${text(line)}`,
    ...(more === "" ? {} : { description: message`${text(more)}` }),
    usageLine: [{ type: "literal", value: usage }],
  };
}
