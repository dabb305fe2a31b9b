/**
 * How many tools known clients take, how large and how long their names may be, and which of these limits a list exceeds.
 *
 * Limits of results are another matter: `--max-result` keeps them, whatever is listed.
 *
 * @module
 */

import type { ListedTool } from "../tools/definitions/definition.ts";
import type { ChoiceCost } from "./surface_choices.ts";

/** The name that the documentation gives the server; some clients make it part of every tool's name. */
const SERVER_NAME = "webex-calling";

/** Claude's usual context in tokens, and the part of it from which Claude Code defers tools. */
const DEFERRAL = { context: 200_000, percent: 10 } as const;

/** What is limited. */
export type LimitKind = "tools" | "tokens" | "name_characters" | "description_bytes";

/** A limit of a client. */
interface ClientLimit {
  readonly client: string;
  readonly kind: LimitKind;
  readonly max: number;
  /** How the client's name of a tool begins, where names are limited. */
  readonly prefix?: string;
  /** What the client does beyond it. */
  readonly effect: string;
}

const CLIENT_LIMITS: readonly ClientLimit[] = [
  {
    // Cursor's documentation of MCP; anyproto/anytype-mcp#5. Later builds take 80 (Snowflake-Labs/mcp#77).
    client: "Cursor",
    kind: "tools",
    max: 40,
    effect: "it passes on only the first 40 of all servers, in newer builds 80",
  },
  {
    // A warning of Cursor's settings, quoted in ComposioHQ/composio#2788 and awslabs/mcp#1283; both names count.
    client: "Cursor",
    kind: "name_characters",
    max: 60,
    prefix: SERVER_NAME,
    effect: "it leaves such tools out",
  },
  {
    // A request of VS Code takes 128; beyond that users have to choose, or tools are grouped.
    client: "VS Code",
    kind: "tools",
    max: 128,
    effect: "its users have to choose tools, or it groups them",
  },
  {
    // The error `array_above_max_length`, quoted in zed-industries/zed#32946 and musistudio/claude-code-router#686.
    client: "Clients of OpenAI's function calling",
    kind: "tools",
    max: 128,
    effect: "the whole request is refused, unless the client chooses or searches",
  },
  {
    // The error "string too long" for a function's name, quoted in nanbingxyz/5ire#403.
    client: "Clients of OpenAI's function calling",
    kind: "name_characters",
    max: 64,
    effect: "the whole request is refused",
  },
  {
    // mcp-tool.ts of google-gemini/gemini-cli: `mcp_<server>_<tool>`, cut in its middle beyond 63 characters.
    client: "Gemini CLI",
    kind: "name_characters",
    max: 63,
    prefix: `mcp_${SERVER_NAME}_`,
    effect: "it cuts them in the middle, and two can become the same",
  },
  {
    // Changelog of Claude Code 2.1.84: descriptions of tools are cut at 2 KB.
    client: "Claude Code",
    kind: "description_bytes",
    max: 2048,
    effect: "it cuts them without a word",
  },
  {
    // Changelog of Claude Code: its tool search is on by itself from 10 % of the context.
    client: "Claude Code",
    kind: "tokens",
    max: DEFERRAL.context * DEFERRAL.percent / 100,
    effect: `beyond ${DEFERRAL.percent} % of the context it defers tools, and finds them by a search of its own`,
  },
];

/** A limit that a list exceeds. */
export interface LimitWarning {
  readonly client: string;
  readonly limit: LimitKind;
  readonly max: number;
  /** What the list has; of names and descriptions that of the longest. */
  readonly value: number;
  /** What the client does. */
  readonly effect: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A list, and what could be listed in its place. */
export interface MeasuredList {
  readonly definitions: readonly ListedTool[];
  /** The tokens of the whole list. */
  readonly tokens: number;
  readonly schema: "full" | "compact";
  readonly choices: readonly ChoiceCost[];
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

function valueOf({ kind, prefix = "" }: ClientLimit, { definitions, tokens }: MeasuredList): number {
  switch (kind) {
    case "tools":
      return definitions.length;
    case "tokens":
      return tokens;
    case "name_characters":
      return longest(definitions.map(({ name }) => prefix.length + name.length));
    case "description_bytes":
      return longest(definitions.map(({ description }) => new TextEncoder().encode(description).length));
  }
}

/** Which other choices keep the limit, as flags that can be added or replaced. */
function fittingFlags({ kind, max }: ClientLimit, { choices, schema }: MeasuredList): string[] {
  const fits = (one: ChoiceCost, detail: "full" | "compact") =>
    (kind === "tools" ? one.tools : one.tokens[detail]) <= max;
  const chosen = choices.filter((one) => fits(one, schema)).map(({ choice }) => choice);
  const presets = chosen.filter((choice) => choice.startsWith("--preset ")).map((choice) => choice.slice(9));
  const present = choices.find(({ now }) => now);
  return [
    ...(chosen.includes("--tools discover") ? ["--tools discover"] : []),
    ...(presets.length === 0 ? [] : [`--preset ${presets.join("|")}`]),
    ...(chosen.includes(`${present?.choice} --read-only`) ? ["--read-only"] : []),
    ...(kind === "tokens" && present !== undefined && fits(present, "compact") ? ["--schema compact"] : []),
    "fewer --features",
  ];
}

function remedyOf(limit: ClientLimit, list: MeasuredList): string {
  if (limit.kind === "description_bytes") return "shorten the descriptions in the collection";
  if (limit.kind !== "name_characters") {
    return `use ${fittingFlags(limit, list).join(", ").replace(/, ([^,]*)$/, " or $1")}`;
  }
  const { prefix = "", max } = limit;
  const long = list.definitions.filter(({ name }) => prefix.length + name.length > max).map(({ name }) => name);
  const leave = long.length === 1 ? `leave ${long[0]} out with --exclude-tool` : `leave ${long.length} tools out`;
  return prefix === "" ? leave : `name the server shorter than "${SERVER_NAME}" there, or ${leave}`;
}

/**
 * Finds the limits that a list exceeds.
 *
 * @param list The list.
 * @returns One warning for each limit, in a fixed order; none if all are kept.
 */
export function exceededLimits(list: MeasuredList): readonly LimitWarning[] {
  return CLIENT_LIMITS.flatMap((limit) => {
    const { client, kind, max, effect } = limit;
    const value = valueOf(limit, list);
    return value <= max ? [] : [{ client, limit: kind, max, value, effect, remedy: remedyOf(limit, list) }];
  });
}

const UNITS: Readonly<Record<LimitKind, string>> = {
  tools: "tools",
  tokens: "tokens",
  name_characters: "characters of a tool's name",
  description_bytes: "bytes of a description",
};

/**
 * Writes warnings for people.
 *
 * @param warnings The warnings.
 * @returns A line for each, or that all limits are kept, with a heading.
 */
export function limitsText(warnings: readonly LimitWarning[]): string {
  if (warnings.length === 0) {
    const clients = [...new Set(CLIENT_LIMITS.map(({ client }) => client))].join(", ");
    return `Clients\n  All known limits are kept: ${clients}\n`;
  }
  const lines = warnings.map(({ client, limit, value, max, effect, remedy }) =>
    `  Warning: ${client}: ${value} ${UNITS[limit]}, limit ${max}: ${effect}; ${remedy}\n`
  );
  return `Clients\n${lines.join("")}`;
}
