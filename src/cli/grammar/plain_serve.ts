/**
 * Reads the arguments of the usual start, without the command line library.
 *
 * Clients start the server anew for each conversation, and loading the library takes a good part of the time until the
 * first answer. So the plain forms are read here, and whatever is not plain is left to the full parser.
 *
 * @module
 */

import { FLAGS, type FlagValues } from "../../config/flags.ts";

type Draft = { -readonly [Key in keyof FlagValues]: FlagValues[Key] };

/** Maps and no objects: a word such as `constructor` must find nothing. */
const SWITCHES = new Map<string, (draft: Draft) => void>([
  [FLAGS.readOnly.name, (draft) => draft.readOnly = true],
  [FLAGS.sandbox.name, (draft) => draft.sandbox = true],
  [FLAGS.structured.name, (draft) => draft.structured = true],
  [FLAGS.noAudit.name, (draft) => draft.noAudit = true],
  [FLAGS.auditValues.name, (draft) => draft.auditValues = true],
]);

const LISTS = new Map<string, (draft: Draft, value: string) => void>([
  [FLAGS.features.name, (draft, value) => draft.features = [...draft.features ?? [], value]],
  [FLAGS.excludeFeatures.name, (draft, value) => draft.excludeFeatures = [...draft.excludeFeatures ?? [], value]],
  [FLAGS.tool.name, (draft, value) => draft.tool = [...draft.tool ?? [], value]],
  [FLAGS.excludeTool.name, (draft, value) => draft.excludeTool = [...draft.excludeTool ?? [], value]],
  [FLAGS.preset.name, (draft, value) => draft.preset = [...draft.preset ?? [], value]],
  [FLAGS.collections.name, (draft, value) => draft.collections = [...draft.collections ?? [], value]],
]);

/** An answer of `undefined` says that the flag does not take this value. */
const VALUES = new Map<string, (draft: Draft, value: string) => string | undefined>([
  [FLAGS.tools.name, (draft, value) => draft.tools = FLAGS.tools.choices.find((choice) => choice === value)],
  [FLAGS.schema.name, (draft, value) => draft.schema = FLAGS.schema.choices.find((choice) => choice === value)],
  [
    FLAGS.validation.name,
    (draft, value) => draft.validation = FLAGS.validation.choices.find((choice) => choice === value),
  ],
  [FLAGS.confirm.name, (draft, value) => draft.confirm = FLAGS.confirm.choices.find((choice) => choice === value)],
  [FLAGS.baseUrl.name, (draft, value) => draft.baseUrl = value],
  [FLAGS.profile.name, (draft, value) => draft.profile = value],
  [FLAGS.config.name, (draft, value) => draft.config = value],
  [FLAGS.deadline.name, (draft, value) => draft.deadline = value],
  [FLAGS.concurrency.name, (draft, value) => draft.concurrency = value],
  [FLAGS.maxResult.name, (draft, value) => draft.maxResult = value],
  [FLAGS.idCheck.name, (draft, value) => draft.idCheck = FLAGS.idCheck.choices.find((choice) => choice === value)],
  [FLAGS.audit.name, (draft, value) => draft.audit = value],
  [FLAGS.logLevel.name, (draft, value) => draft.logLevel = FLAGS.logLevel.choices.find((choice) => choice === value)],
  [
    FLAGS.logFormat.name,
    (draft, value) => draft.logFormat = FLAGS.logFormat.choices.find((choice) => choice === value),
  ],
]);

/**
 * Reads the flags of `serve`.
 *
 * @param args The command line, with or without `serve` in front.
 * @returns The flags, the same that the full parser gives; `undefined` when the full parser must decide.
 */
export function readPlainServe(
  args: readonly string[],
): FlagValues | undefined {
  const draft: Draft = {};
  const seen = new Set<string>();
  const rest = (args[0] === "serve" ? args.slice(1) : args).values();
  for (const arg of rest) {
    const [name = "", joined] = arg.split(/=(.*)/s);
    const list = LISTS.get(name);
    if (list === undefined && seen.has(name)) return undefined;
    seen.add(name);
    const flip = SWITCHES.get(name);
    if (flip !== undefined && joined === undefined) {
      flip(draft);
      continue;
    }
    const value = joined ?? rest.next().value;
    if (value === undefined || value === "" || value.startsWith("-")) {
      return undefined;
    }
    if (list !== undefined) list(draft, value);
    else if (VALUES.get(name)?.(draft, value) === undefined) return undefined;
  }
  return draft;
}
