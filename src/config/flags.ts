/**
 * The flags that make up the configuration: one table for the parser, the help and the documentation.
 *
 * @module
 */

import type { LogFormat, LogLevel } from "../core/log.ts";
import type { Flag } from "./flag.ts";
import { HTTP_FLAGS, type HttpFlagValues } from "./http_flags.ts";

/** The flags of the configuration, by the member of {@linkcode FlagValues} that they set. */
export const FLAGS = {
  tools: {
    name: "--tools",
    value: "SURFACE",
    environment: "WEBEX_MCP_TOOLS",
    choices: ["all", "discover"],
    summary:
      "Which tools are listed: one per endpoint, or with discover a few that find, explain and call all of them.",
  },
  features: {
    name: "--features",
    value: "A,B",
    environment: "WEBEX_MCP_FEATURES",
    repeatable: true,
    summary: "Only the tools of these features; case and punctuation do not matter.",
  },
  excludeFeatures: {
    name: "--exclude-features",
    value: "A,B",
    environment: "WEBEX_MCP_EXCLUDE_FEATURES",
    repeatable: true,
    summary: "Not the tools of these features.",
  },
  tool: {
    name: "--tool",
    value: "PATTERN",
    environment: "WEBEX_MCP_TOOL",
    repeatable: true,
    summary:
      "Also the tools whose names match: * stands for any letters, ? for one. Without other choices, only those.",
  },
  excludeTool: {
    name: "--exclude-tool",
    value: "PATTERN",
    environment: "WEBEX_MCP_EXCLUDE_TOOL",
    repeatable: true,
    summary: "Not the tools whose names match.",
  },
  preset: {
    name: "--preset",
    value: "NAME",
    environment: "WEBEX_MCP_PRESET",
    repeatable: true,
    summary: "The tools for a kind of work: help-desk, numbers, queues, reporting or read-only-audit.",
  },
  confirm: {
    name: "--confirm",
    value: "WHICH",
    environment: "WEBEX_MCP_CONFIRM",
    choices: ["destructive", "writes", "never"],
    summary: "Which changes the user is asked about first: those that can do harm, all, or none.",
  },
  readOnly: {
    name: "--read-only",
    environment: "WEBEX_MCP_READ_ONLY",
    summary: "Only tools that change nothing.",
  },
  collections: {
    name: "--collection",
    value: "PATH",
    repeatable: true,
    summary: "Also the operations of this file: a collection, or OpenAPI 3.0 or 3.1 in JSON or YAML.",
  },
  baseUrl: {
    name: "--base-url",
    value: "URL",
    environment: "WEBEX_BASE_URL",
    summary: "Call this address instead of https://webexapis.com/v1, and no other.",
  },
  sandbox: {
    name: "--sandbox",
    summary: "Call a simulated organization inside this program, without network or token.",
  },
  schema: {
    name: "--schema",
    value: "DETAIL",
    choices: ["full", "compact"],
    summary: "How much the tools' schemas explain; compact leaves out what a client can do without.",
  },
  validation: {
    name: "--validation",
    value: "MODE",
    choices: ["strict", "lenient"],
    summary: "What happens to arguments that break the schema: refused, or sent with a warning.",
  },
  structured: {
    name: "--structured",
    summary: "Return every result also as structured content.",
  },
  profile: {
    name: "--profile",
    value: "NAME",
    environment: "WEBEX_MCP_PROFILE",
    summary: "Work with the credential and the policy of this profile of the configuration file.",
  },
  config: {
    name: "--config",
    value: "PATH",
    environment: "WEBEX_MCP_CONFIG",
    summary: "The configuration file, instead of the one in the user's configuration directory.",
  },
  deadline: {
    name: "--deadline",
    value: "SECONDS",
    environment: "WEBEX_MCP_DEADLINE",
    summary: "How long a call may take, waits and repetitions included: 1 to 600, usually 55.",
  },
  concurrency: {
    name: "--concurrency",
    value: "N",
    environment: "WEBEX_MCP_CONCURRENCY",
    summary: "How many requests to one host are under way at once: 1 to 50, usually 5.",
  },
  maxResult: {
    name: "--max-result",
    value: "TOKENS",
    environment: "WEBEX_MCP_MAX_RESULT",
    summary: "How large a result may be, in tokens: 1000 to 1000000, usually 20000.",
  },
  idCheck: {
    name: "--id-check",
    value: "MODE",
    environment: "WEBEX_MCP_ID_CHECK",
    choices: ["refuse", "warn"],
    summary: "What happens to ids of the wrong kind or organization: refused, or sent with a warning.",
  },
  audit: {
    name: "--audit",
    value: "PATH",
    environment: "WEBEX_MCP_AUDIT",
    summary: "The file that every call is recorded in, instead of the one in the user's state directory.",
  },
  noAudit: {
    name: "--no-audit",
    summary: "Record no call.",
  },
  auditValues: {
    name: "--audit-values",
    summary: "Record the arguments of calls too, without secrets.",
  },
  logLevel: {
    name: "--log-level",
    value: "LEVEL",
    environment: "WEBEX_MCP_LOG_LEVEL",
    choices: ["info", "debug", "warning", "error"],
    summary: "How much is logged on standard error.",
  },
  logFormat: {
    name: "--log-format",
    value: "FORMAT",
    environment: "WEBEX_MCP_LOG_FORMAT",
    choices: ["text", "json"],
    summary: "How each line of the log is written.",
  },
  ...HTTP_FLAGS,
} as const satisfies Record<string, Flag>;

/** The flags that were given; an absent one leaves the choice to the environment, then to the default. */
export interface FlagValues extends HttpFlagValues {
  readonly tools?: "all" | "discover" | undefined;
  readonly features?: readonly string[] | undefined;
  readonly excludeFeatures?: readonly string[] | undefined;
  /** Patterns of tools' names. */
  readonly tool?: readonly string[] | undefined;
  readonly excludeTool?: readonly string[] | undefined;
  readonly preset?: readonly string[] | undefined;
  readonly confirm?: "destructive" | "writes" | "never" | undefined;
  readonly readOnly?: boolean | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly baseUrl?: string | undefined;
  readonly sandbox?: boolean | undefined;
  readonly schema?: "full" | "compact" | undefined;
  readonly validation?: "strict" | "lenient" | undefined;
  readonly structured?: boolean | undefined;
  readonly profile?: string | undefined;
  readonly config?: string | undefined;
  /** Seconds, as they were given. */
  readonly deadline?: string | undefined;
  /** A number, as it was given. */
  readonly concurrency?: string | undefined;
  /** Tokens, as they were given. */
  readonly maxResult?: string | undefined;
  readonly idCheck?: "refuse" | "warn" | undefined;
  readonly audit?: string | undefined;
  readonly noAudit?: boolean | undefined;
  readonly auditValues?: boolean | undefined;
  readonly logLevel?: LogLevel | undefined;
  readonly logFormat?: LogFormat | undefined;
}
