/**
 * What a caller of the HTTP server may do. It can only narrow what the server's own configuration allows.
 *
 * It stands here, before what tells callers apart, because the configuration is narrowed by it.
 *
 * @module
 */

import type { JsonObject } from "../core/json.ts";
import { booleanAt, type FileContext, refuse, textOf, textsOf, wholeNumberAt, wordAt } from "./file_values.ts";
import { isProfileName, PROFILE_NAME_RULE } from "./profile_name.ts";

/** A caller's policy; what is absent is as the server has it. */
export interface CallerPolicy {
  /** The profile of the configuration file whose credential and policy calls go by. */
  readonly profile?: string;
  readonly readOnly?: boolean;
  /** Which changes need consent; the server may ask for more. */
  readonly confirm?: "destructive" | "writes";
  /** What is listed: how tools are found, not which. */
  readonly tools?: "all" | "discover";
  readonly preset?: readonly string[];
  readonly features?: readonly string[];
  readonly excludeFeatures?: readonly string[];
  /** Patterns of tools' names. */
  readonly tool?: readonly string[];
  readonly excludeTool?: readonly string[];
  /** Calls in a minute, on average. */
  readonly ratePerMinute?: number;
  /** Calls at once after a pause. */
  readonly burst?: number;
  /** Calls under way at a time. */
  readonly concurrency?: number;
}

/** The bounds of each number of a policy. */
export const POLICY_RANGES = {
  ratePerMinute: { min: 1, max: 100_000 },
  burst: { min: 1, max: 100_000 },
  concurrency: { min: 1, max: 1_000 },
} as const;

/** The members of a policy, and the keys that files have for them. */
const KEYS = {
  profile: "profile",
  readOnly: "read_only",
  confirm: "confirm",
  tools: "tools",
  preset: "preset",
  features: "features",
  excludeFeatures: "exclude_features",
  tool: "tool",
  excludeTool: "exclude_tool",
  ratePerMinute: "rate_per_minute",
  burst: "burst",
  concurrency: "concurrency",
} as const satisfies Record<keyof CallerPolicy, string>;

/** The keys of a policy in a file. */
export const POLICY_KEYS: readonly string[] = Object.values(KEYS);

function profileAt(context: FileContext, key: string, value: unknown): string {
  const name = textOf(context, key, value);
  if (isProfileName(name)) return name;
  refuse(context, key, `a name of ${PROFILE_NAME_RULE}`, "Name a profile of the configuration file.");
}

/**
 * Reads a policy out of a mapping; other keys of it are left to whoever knows them.
 *
 * @param context The file.
 * @param place The mapping's path in the file.
 * @param record The mapping.
 * @returns The policy. Whether its names name anything is not checked here.
 * @throws {UsageError} If a value has the wrong type.
 */
export function readPolicy(
  context: FileContext,
  place: string,
  record: Readonly<Record<string, unknown>>,
): CallerPolicy {
  const at = (member: keyof CallerPolicy) => [context, `${place}.${KEYS[member]}`, record[KEYS[member]]] as const;
  const number = (member: keyof typeof POLICY_RANGES) => wholeNumberAt(...at(member), POLICY_RANGES[member]);
  const has = (member: keyof CallerPolicy) => record[KEYS[member]] !== undefined;
  return Object.freeze({
    ...(has("profile") ? { profile: profileAt(...at("profile")) } : {}),
    ...(has("readOnly") ? { readOnly: booleanAt(...at("readOnly")) } : {}),
    ...(has("confirm") ? { confirm: wordAt(...at("confirm"), ["destructive", "writes"]) } : {}),
    ...(has("tools") ? { tools: wordAt(...at("tools"), ["all", "discover"]) } : {}),
    ...(has("preset") ? { preset: textsOf(...at("preset")) } : {}),
    ...(has("features") ? { features: textsOf(...at("features")) } : {}),
    ...(has("excludeFeatures") ? { excludeFeatures: textsOf(...at("excludeFeatures")) } : {}),
    ...(has("tool") ? { tool: textsOf(...at("tool")) } : {}),
    ...(has("excludeTool") ? { excludeTool: textsOf(...at("excludeTool")) } : {}),
    ...(has("ratePerMinute") ? { ratePerMinute: number("ratePerMinute") } : {}),
    ...(has("burst") ? { burst: number("burst") } : {}),
    ...(has("concurrency") ? { concurrency: number("concurrency") } : {}),
  });
}

/**
 * Writes a policy as files have it.
 *
 * @param policy The policy.
 * @returns What {@linkcode readPolicy} reads; absent members are absent there, too.
 */
export function policyRecord(policy: CallerPolicy): JsonObject {
  const values = new Map<string, unknown>(Object.entries(policy));
  const record: JsonObject = {};
  for (const [member, key] of Object.entries(KEYS)) {
    const value = values.get(member);
    if (Array.isArray(value)) record[key] = value.map(String);
    else if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") record[key] = value;
  }
  return record;
}
