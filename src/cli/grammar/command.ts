/**
 * What the command line can ask for, after parsing.
 *
 * @module
 */

import type { FlagValues } from "../../config/flags.ts";

/** Serve MCP. */
export interface ServeCommand {
  readonly command: "serve";
  readonly flags: FlagValues;
}

/** List the tools, show one, or count their tokens. */
export interface ToolsCommand {
  readonly command: "tools";
  readonly flags: FlagValues;
  /** The one tool to show. */
  readonly name?: string | undefined;
  readonly tokens: boolean;
  readonly json: boolean;
}

/** Call a tool once. */
export interface CallCommand {
  readonly command: "call";
  readonly flags: FlagValues;
  readonly tool: string;
  /** All arguments as one JSON object. */
  readonly json?: string | undefined;
  /** Arguments as `key=value`. */
  readonly pairs: readonly string[];
}

/** Find tools by what they do. */
export interface SearchCommand {
  readonly command: "search";
  readonly flags: FlagValues;
  readonly words: readonly string[];
  readonly limit: number;
  /** Only tools of this feature. */
  readonly feature?: string | undefined;
  readonly kind?: "read" | "write" | undefined;
  readonly json: boolean;
}

/** Check collection files. */
export interface CollectionCommand {
  readonly command: "collection";
  readonly paths: readonly string[];
  readonly json: boolean;
}

/** Serve the simulated organization. */
export interface SandboxCommand {
  readonly command: "sandbox";
  readonly port: number;
  readonly token?: string | undefined;
}

/** Ask a server that serves over HTTP how it is. */
export interface HealthCommand {
  readonly command: "health";
  readonly url?: string | undefined;
  /** Whether it can do its work, and not only whether it lives. */
  readonly ready: boolean;
}

/** Show the whole program at work. */
export interface DemoCommand {
  readonly command: "demo";
}

/** How a person logs in. */
export type LoginGrant = "device" | "browser" | "service-app";

/** Get tokens for a profile, and keep them. */
export interface AuthLoginCommand {
  readonly command: "auth";
  readonly action: "login";
  readonly flags: FlagValues;
  /** Absent: as the profile was made, else by device. */
  readonly grant?: LoginGrant | undefined;
  readonly clientId?: string | undefined;
  /** Separated by blanks. */
  readonly scopes?: string | undefined;
  /** Only print the scopes that would be asked for. */
  readonly showScopes?: boolean | undefined;
  /** The port on 127.0.0.1 that the browser returns to. */
  readonly port: number;
}

/** Tell whose credential it is, what it may do, and for how long. */
export interface AuthStatusCommand {
  readonly command: "auth";
  readonly action: "status";
  readonly flags: FlagValues;
  readonly json: boolean;
}

/** Forget a profile's tokens. */
export interface AuthLogoutCommand {
  readonly command: "auth";
  readonly action: "logout";
  readonly flags: FlagValues;
}

/** Any of the commands about credentials. */
export type AuthCommand = AuthLoginCommand | AuthStatusCommand | AuthLogoutCommand;

/** How calls in the audit trail ended; the choices of `--outcome`. */
export const AUDIT_OUTCOMES = ["ok", "failed", "refused", "cancelled", "unknown", "interrupted"] as const;

/** How a call in the audit trail ended. */
export type AuditOutcome = typeof AUDIT_OUTCOMES[number];

/** Print the last calls. */
export interface AuditTailCommand {
  readonly command: "audit";
  readonly action: "tail";
  readonly flags: FlagValues;
  readonly count: number;
}

/** Print the calls that match. */
export interface AuditShowCommand {
  readonly command: "audit";
  readonly action: "show";
  readonly flags: FlagValues;
  readonly tool?: string | undefined;
  /** A date or a time as it was given. */
  readonly since?: string | undefined;
  /** A date or a time as it was given. */
  readonly until?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly kind?: "read" | "write" | undefined;
  readonly json: boolean;
}

/** Check that nothing in the trail was changed. */
export interface AuditVerifyCommand {
  readonly command: "audit";
  readonly action: "verify";
  readonly flags: FlagValues;
}

/** Print the trail for other programs. */
export interface AuditExportCommand {
  readonly command: "audit";
  readonly action: "export";
  readonly flags: FlagValues;
  readonly format: "jsonl" | "csv";
  /** A date or a time as it was given. */
  readonly since?: string | undefined;
  /** A date or a time as it was given. */
  readonly until?: string | undefined;
}

/** Any of the commands about the audit trail. */
export type AuditCommand = AuditTailCommand | AuditShowCommand | AuditVerifyCommand | AuditExportCommand;

/** Make a token for a caller of the HTTP server. */
export interface TokenCreateCommand {
  readonly command: "token";
  readonly action: "create";
  readonly name: string;
  /** The caller's policy, and what its names are checked by. */
  readonly flags: FlagValues;
  /** Absent: as the server asks. */
  readonly confirm?: "destructive" | "writes" | undefined;
  /** Calls in a minute. */
  readonly rate?: number | undefined;
  readonly burst?: number | undefined;
  /** Calls at a time. */
  readonly calls?: number | undefined;
  /** A time from now, a date or `never`, as it was given. */
  readonly expires: string;
  /** The file of callers. */
  readonly callers?: string | undefined;
}

/** List the callers of the HTTP server that have a token. */
export interface TokenListCommand {
  readonly command: "token";
  readonly action: "list";
  readonly callers?: string | undefined;
  readonly json: boolean;
}

/** Take a caller's token back. */
export interface TokenRevokeCommand {
  readonly command: "token";
  readonly action: "revoke";
  readonly name: string;
  readonly callers?: string | undefined;
}

/** Any of the commands about callers' tokens. */
export type TokenCommand = TokenCreateCommand | TokenListCommand | TokenRevokeCommand;

/** Any of them. */
export type Command =
  | ServeCommand
  | ToolsCommand
  | CallCommand
  | SearchCommand
  | CollectionCommand
  | SandboxCommand
  | DemoCommand
  | HealthCommand
  | AuthCommand
  | AuditCommand
  | TokenCommand;

/** What a command ends with: 0 done, 1 failed, 2 asked for in the wrong way. */
export type ExitCode = 0 | 1 | 2;
