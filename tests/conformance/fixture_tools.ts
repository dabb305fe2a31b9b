/**
 * The tools that the conformance tool calls. Those without a `call` stand for a real one (`fixture_aliases.ts`).
 *
 * @module
 */

import {
  CLIENT_CAPABILITIES_META_KEY,
  type ElicitRequestFormParams,
  type InputRequest,
  inputRequired,
  type Result,
  type ServerContext,
  type Tool,
} from "@modelcontextprotocol/server";
import { systemClock } from "../../src/core/clock.ts";
import { isRecord } from "../../src/core/json.ts";
import { createSeal } from "../../src/core/seal.ts";
import { progressOf } from "../../src/server/progress.ts";
import { aliases } from "./fixture_aliases.ts";
import { DEFAULTS, ENUMS } from "./fixture_forms.ts";
import { askFor, textForm, wordsOfModel } from "./fixture_inputs.ts";
import { AUDIO, IMAGE } from "./fixture_media.ts";

type Answer = (ctx: ServerContext, params: Readonly<Record<string, unknown>>) => Result | Promise<Result>;

/** A tool of the fixture. */
export interface FixtureTool {
  readonly definition: Tool;
  /** Absent where a real tool answers. */
  readonly call?: Answer;
}

const seal = createSeal({ clock: systemClock });
const STATE_MS = 60_000;
const PURPOSE = "conformance";

/** Notes that come faster are left out. */
const NOTE_MS = 250;

function answered(...content: readonly unknown[]): Result {
  return { content };
}

const DONE = { type: "text", text: "Done" } as const;

/** Asks for inputs, then is done. */
function asking(requests: Readonly<Record<string, InputRequest>>): Answer {
  return (ctx) => askFor(ctx, requests) ?? answered(DONE);
}

function filling(form: ElicitRequestFormParams): Answer {
  return asking({ form: inputRequired.elicit(form) });
}

function resource(uri: string): unknown {
  return { type: "resource", resource: { uri, mimeType: "text/plain", text: "Embedded" } };
}

async function withProgress(ctx: ServerContext): Promise<Result> {
  using progress = progressOf(ctx, ctx.mcpReq);
  for (const done of [0, 50, 100]) {
    progress({ message: "Working", done, total: 100 });
    await systemClock.sleep(NOTE_MS, ctx.mcpReq.signal);
  }
  return answered(DONE);
}

async function withLogging(ctx: ServerContext): Promise<Result> {
  for (const data of ["Tool execution started", "Tool processing data", "Tool execution completed"]) {
    await ctx.mcpReq.notify({ method: "notifications/message", params: { level: "info", data } });
  }
  return answered(DONE);
}

async function severalInputs(ctx: ServerContext): Promise<Result> {
  const requests = {
    user_name: inputRequired.elicit(textForm("What is your name?", "name")),
    greeting: wordsOfModel("Generate a greeting"),
    client_roots: inputRequired.listRoots(),
  };
  return askFor(ctx, requests, await seal.seal(PURPOSE, "all", STATE_MS)) ?? answered(DONE);
}

/** The state tells which answer came before. */
async function inRounds(ctx: ServerContext): Promise<Result> {
  const state = ctx.mcpReq.requestState<unknown>();
  const isSecond = typeof state === "string" && await seal.open(PURPOSE, state) === "second";
  if (!isSecond) {
    const first = askFor(ctx, { step1: inputRequired.elicit(textForm("Name?", "name")) }, await nextState("first"));
    if (first !== undefined) return first;
  }
  const second = { step2: inputRequired.elicit(textForm("Colour?", "color")) };
  return askFor(ctx, second, await nextState("second")) ?? answered(DONE);
}

function nextState(round: string): Promise<string> {
  return seal.seal(PURPOSE, round, STATE_MS);
}

/** Asks only for what the client says it can give. */
function whatClientCan(ctx: ServerContext): Result {
  const envelope: Readonly<Record<string, unknown>> = ctx.mcpReq.envelope ?? {};
  const declared = envelope[CLIENT_CAPABILITIES_META_KEY];
  const can = (name: string) => isRecord(declared) && isRecord(declared[name]);
  const requests: Record<string, InputRequest> = {
    ...(can("elicitation") ? { form: inputRequired.elicit(textForm("A value?", "value")) } : {}),
    ...(can("sampling") ? { words: wordsOfModel("Anything") } : {}),
  };
  return askFor(ctx, requests) ?? answered(DONE);
}

const CALLS: Readonly<Record<string, Answer>> = {
  test_image_content: () => answered({ type: "image", ...IMAGE }),
  test_audio_content: () => answered({ type: "audio", ...AUDIO }),
  test_embedded_resource: () => answered(resource("test://embedded-resource")),
  test_multiple_content_types: () => answered(DONE, { type: "image", ...IMAGE }, resource("test://mixed")),
  test_tool_with_progress: withProgress,
  test_tool_with_logging: withLogging,
  test_sampling: asking({ words: wordsOfModel("Test prompt for sampling") }),
  test_elicitation_sep1034_defaults: filling(DEFAULTS),
  test_elicitation_sep1330_enums: filling(ENUMS),
  // The protocol's library refuses to ask for what a client hasn't declared.
  test_missing_capability: asking({ words: wordsOfModel("Anything") }),
  test_input_required_result_elicitation: asking({
    user_name: inputRequired.elicit(textForm("What is your name?", "name")),
  }),
  test_input_required_result_sampling: asking({ capital_question: wordsOfModel("What is the capital of France?") }),
  test_input_required_result_list_roots: asking({ client_roots: inputRequired.listRoots() }),
  test_input_required_result_multiple_inputs: severalInputs,
  test_input_required_result_multi_round: inRounds,
  test_input_required_result_capabilities: whatClientCan,
};

function definitionOf(name: string): Tool {
  return { name, description: "For conformance", inputSchema: { type: "object" } };
}

/** All tools that the conformance tool calls. */
export const fixtureTools: readonly FixtureTool[] = [
  ...aliases.map((name) => ({ definition: definitionOf(name) })),
  ...Object.entries(CALLS).map(([name, call]) => ({ definition: definitionOf(name), call })),
];
