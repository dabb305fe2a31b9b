/**
 * Names that the conformance tool asks for, and what of the real server stands behind them: wherever the product does
 * what a scenario is about, the scenario goes through the product's own code.
 *
 * @module
 */

import { isRecord } from "../../src/core/json.ts";

type Params = Readonly<Record<string, unknown>>;

interface Call {
  readonly name: string;
  readonly arguments: Params;
}

/** Answers text. */
const READ: Call = { name: "emergency_get_organization_call_notification", arguments: {} };

/** Is refused. */
const FAILURE: Call = { name: "people_get_person_details", arguments: { personId: "nobody" } };

/** Needs consent, and can be made as often as one likes. */
const CHANGE: Call = {
  name: "emergency_update_org_call_notif",
  arguments: { emergencyCallNotificationEnabled: true, emailAddress: "alex.morgan@example.com" },
};

const CALLS: ReadonlyMap<unknown, Call> = new Map([
  ["test_simple_text", READ],
  ["test_logging_tool", READ],
  ["test_error_handling", FAILURE],
  ["test_elicitation", CHANGE],
  ["test_streaming_elicitation", CHANGE],
  ["test_input_required_result_request_state", CHANGE],
  ["test_input_required_result_tampered_state", CHANGE],
]);

/** The names of tools that stand for a real one. */
export const aliases: readonly string[] = [...CALLS.keys()].map(String);

/** The prompt with two arguments, and its real one. */
const TWO_ARGUMENTS = {
  name: "test_prompt_with_arguments",
  real: "forward_calls",
  arguments: new Map<unknown, string>([["arg1", "person"], ["arg2", "to"]]),
};

/** Gives a call of a tool its real name and arguments. */
export function realCall(params: Params): Params {
  return { ...params, ...CALLS.get(params.name) };
}

/** Gives a request for a prompt its real name and arguments. */
export function realPrompt(params: Params): Params {
  if (params.name === "test_simple_prompt") {
    return { ...params, name: "investigate_call_history", arguments: { question: "Who called?" } };
  }
  if (params.name !== TWO_ARGUMENTS.name || !isRecord(params.arguments)) return params;
  const given = Object.entries(params.arguments).map(([name, value]) => [TWO_ARGUMENTS.arguments.get(name), value]);
  return { ...params, name: TWO_ARGUMENTS.real, arguments: Object.fromEntries(given) };
}

/** Gives a request for completion its real prompt and argument. */
export function realCompletion(params: Params): Params {
  const { ref, argument } = params;
  if (!isRecord(ref) || !isRecord(argument) || ref.name !== TWO_ARGUMENTS.name) return params;
  const name = TWO_ARGUMENTS.arguments.get(argument.name);
  return { ...params, ref: { ...ref, name: TWO_ARGUMENTS.real }, argument: { ...argument, name } };
}

/** Gives a request for a resource its real address. */
export function realResource(params: Params): Params {
  return params.uri === "test://static-text" ? { ...params, uri: "webex://catalogue" } : params;
}
