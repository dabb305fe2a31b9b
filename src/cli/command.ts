/**
 * What the command line can ask for, after parsing.
 *
 * @module
 */

import type { FlagValues } from "../config/flags.ts";

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

/** Show the whole program at work. */
export interface DemoCommand {
  readonly command: "demo";
}

/** Any of them. */
export type Command =
  | ServeCommand
  | ToolsCommand
  | CallCommand
  | CollectionCommand
  | SandboxCommand
  | DemoCommand;

/** What a command ends with: 0 done, 1 failed, 2 asked for in the wrong way. */
export type ExitCode = 0 | 1 | 2;
