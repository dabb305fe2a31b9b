/**
 * Narrows the server's configuration to what one caller may do.
 *
 * @module
 */

import type { CallerPolicy } from "./caller_policy.ts";
import { type Config, moreCareful } from "./config.ts";
import { type Choice, presetOf, type Selection } from "./selection.ts";

/** The keys of a policy whose lists make up a selection. */
type ListKey = "preset" | "features" | "excludeFeatures" | "tool" | "excludeTool";

const NAMES: Readonly<Record<ListKey, string>> = {
  preset: "preset",
  features: "features",
  excludeFeatures: "exclude_features",
  tool: "tool",
  excludeTool: "exclude_tool",
};

function choiceOf(policy: CallerPolicy, key: ListKey, owner: string): Choice | undefined {
  const names = policy[key] ?? [];
  return names.length === 0 ? undefined : { names: Object.freeze([...names]), source: `${NAMES[key]} of ${owner}` };
}

function presetsOf(policy: CallerPolicy, owner: string) {
  return (policy.preset ?? []).map((name) => presetOf(name, `${NAMES.preset} of ${owner}`));
}

/** What the policy takes lies within what the server has; a policy that says nothing about tools leaves it as it is. */
function selectionWithin(server: Selection, policy: CallerPolicy, owner: string): Selection {
  const presets = presetsOf(policy, owner);
  const features = choiceOf(policy, "features", owner);
  const tools = choiceOf(policy, "tool", owner);
  const excludeFeatures = choiceOf(policy, "excludeFeatures", owner);
  const excludeTools = choiceOf(policy, "excludeTool", owner);
  const own: Selection = {
    ...(presets.length === 0 ? {} : { presets: Object.freeze(presets) }),
    ...(features === undefined ? {} : { features }),
    ...(tools === undefined ? {} : { tools }),
    ...(excludeFeatures === undefined ? {} : { excludeFeatures: Object.freeze([excludeFeatures]) }),
    ...(excludeTools === undefined ? {} : { excludeTools: Object.freeze([excludeTools]) }),
  };
  if (Object.keys(own).length === 0) return server;
  return Object.freeze(Object.keys(server).length === 0 ? own : { ...own, within: server });
}

/** A caller's profile may allow what the server's own does not; then that is no reason for anything. */
function withProfile(server: Config, config: Config): Config {
  return server === config ? server : Object.freeze({ ...server, readOnly: server.readOnly && config.readOnly });
}

/**
 * Narrows a configuration: nothing becomes possible that was not. Read-only wins, the more careful confirmation counts,
 * what is left out adds up, and what the policy takes is taken only of what the configuration selects.
 *
 * The policy's profile is not looked at: it decides which configuration is narrowed. Limits of calls are for whoever
 * lets calls in.
 *
 * @param config The server's configuration, or that of the policy's profile.
 * @param policy The caller's policy.
 * @param owner Whose policy it is, for messages, for example `caller "alice"`.
 * @param server The configuration of whoever has no policy; another one where `config` is that of a profile.
 * @returns The narrowed configuration, frozen.
 * @throws {UsageError} If a preset is unknown. Names of features and tools are checked where endpoints are selected.
 */
export function narrowConfig(
  config: Config,
  policy: CallerPolicy,
  owner = "the caller",
  server: Config = config,
): Config {
  const onlyReads = presetsOf(policy, owner).some(({ readOnly }) => readOnly === true);
  return Object.freeze({
    ...config,
    selection: selectionWithin(config.selection, policy, owner),
    readOnly: config.readOnly || policy.readOnly === true || onlyReads,
    confirm: moreCareful(config.confirm, policy.confirm),
    tools: policy.tools ?? config.tools,
    server: withProfile(server, config),
  });
}
