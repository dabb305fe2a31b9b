/**
 * Makes a caller's policy of the flags of `token create`, and checks that its names name something.
 *
 * @module
 */

import { selectEndpoints } from "../../collection/selection.ts";
import type { CallerPolicy } from "../../config/caller_policy.ts";
import { FLAGS } from "../../config/flags.ts";
import { namesReadOnlyPreset, selectionOf, splitList } from "../../config/selection.ts";
import { loadCollections } from "../collections.ts";
import { chooseProfile, findConfigFile } from "../config_file.ts";
import type { TokenCreateCommand } from "../grammar/command.ts";
import { nothingSelected } from "../selection_error.ts";
import type { System } from "../system.ts";

/** A policy says what a caller may do whatever the variables of this very shell are. */
const noVariables = () => undefined;

/** A policy that leaves nothing, or names what there isn't, would show only when somebody calls. */
async function checkSelection({ flags }: TokenCreateCommand, system: System): Promise<void> {
  const selection = selectionOf(flags, noVariables, undefined);
  const readOnly = flags.readOnly === true || namesReadOnlyPreset(flags, noVariables, undefined);
  const collections = await loadCollections(flags.collections ?? [], (path) => system.readTextFile(path));
  const endpoints = selectEndpoints(collections, { ...selection, readOnly });
  if (endpoints.length === 0) throw nothingSelected({ selection, readOnly });
}

async function checkProfile({ flags }: TokenCreateCommand, system: System): Promise<void> {
  const { profile: text } = flags;
  if (text === undefined) return;
  chooseProfile({ text, source: FLAGS.profile.name }, await findConfigFile(flags, system, true));
}

/**
 * Makes the policy.
 *
 * @param command The flags.
 * @param system The outside of the program.
 * @returns The policy; it has only what was given.
 * @throws {UsageError} If the profile, a feature, a pattern or a preset names nothing, or no tool is left.
 */
export async function policyOf(command: TokenCreateCommand, system: System): Promise<CallerPolicy> {
  await checkProfile(command, system);
  await checkSelection(command, system);
  const { flags, confirm, rate, burst, calls } = command;
  const lists = (["preset", "features", "excludeFeatures", "tool", "excludeTool"] as const)
    .flatMap((key) => (flags[key] ?? []).length === 0 ? [] : [[key, splitList(flags[key] ?? [])]]);
  return {
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(flags.readOnly === true ? { readOnly: true } : {}),
    ...(confirm === undefined ? {} : { confirm }),
    ...(flags.tools === undefined ? {} : { tools: flags.tools }),
    ...Object.fromEntries(lists),
    ...(rate === undefined ? {} : { ratePerMinute: rate }),
    ...(burst === undefined ? {} : { burst }),
    ...(calls === undefined ? {} : { concurrency: calls }),
  };
}
