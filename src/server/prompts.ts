/**
 * Workflows as MCP prompts.
 *
 * @module
 */

import {
  type GetPromptResult,
  type Prompt,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
} from "@modelcontextprotocol/server";
import { guessText } from "../core/guess.ts";
import { nearestNames } from "../collection/nearest.ts";
import { isGiven } from "../tools/workflows/given_value.ts";
import type { WorkflowBook } from "../tools/workflows/workflow_book.ts";
import type { Workflow } from "../tools/workflows/workflow.ts";
import { hidingErrors } from "./hidden_error.ts";

/** Names are short; what comes as one can be of any length. */
const MAX_NAME = 80;

function shortName(name: string): string {
  return name.slice(0, MAX_NAME).toWellFormed();
}

function wrong(message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, message);
}

/**
 * Finds a prompt.
 *
 * @param book The workflows.
 * @param name The prompt's name, of any length.
 * @throws {ProtocolError} If there is none of this name; the message says why, or names the nearest.
 */
export async function findPrompt(book: WorkflowBook, name: string): Promise<Workflow> {
  const workflows = await book.list();
  const workflow = workflows.find((one) => one.name === name);
  if (workflow !== undefined) return workflow;
  const shown = shortName(name);
  const reason = await book.absence(name);
  if (reason !== undefined) throw wrong(`Prompt "${shown}" is not available: ${reason}`);
  throw wrong(`Unknown prompt "${shown}"${guessText(nearestNames(shown, workflows.map((one) => one.name)))}`);
}

/** @throws {ProtocolError} If an argument is missing or unknown. */
function checkArguments({ name, arguments: known }: Workflow, given: Readonly<Record<string, string>>): void {
  const names = known.map((argument) => argument.name);
  for (const argument of Object.keys(given)) {
    if (names.includes(argument)) continue;
    const shown = shortName(argument);
    throw wrong(`Unknown argument "${shown}" of prompt "${name}"${guessText(nearestNames(shown, names))}`);
  }
  const missing = known.filter((argument) => argument.required && !isGiven(given[argument.name]));
  if (missing.length === 0) return;
  const wanted = missing.map((argument) => `"${argument.name}" (${argument.description})`).join(", ");
  throw wrong(`Cannot write prompt "${name}": expected argument ${wanted}`);
}

function promptOf({ name, title, description, arguments: known }: Workflow): Prompt {
  return {
    name,
    title,
    description,
    arguments: known.map((argument) => ({
      name: argument.name,
      description: argument.description,
      required: argument.required === true,
    })),
  };
}

/** Where prompts come from. */
export interface PromptParts {
  readonly book: WorkflowBook;
  /** Takes secrets out of a text. */
  readonly hide: (text: string) => string;
}

/**
 * Answers `prompts/list` and `prompts/get`.
 *
 * @param server A server that has declared the capability `prompts` and is not connected yet.
 * @param parts Where the prompts come from.
 */
export function registerPrompts(server: Server, { book, hide }: PromptParts): void {
  async function get(name: string, given: Readonly<Record<string, string>>): Promise<GetPromptResult> {
    const workflow = await findPrompt(book, name);
    checkArguments(workflow, given);
    const text = hide(await book.render(workflow, given));
    return { description: workflow.description, messages: [{ role: "user", content: { type: "text", text } }] };
  }

  server.setRequestHandler("prompts/list", async () => ({ prompts: (await book.list()).map(promptOf) }));
  server.setRequestHandler(
    "prompts/get",
    ({ params }) => hidingErrors(hide, () => get(params.name, params.arguments ?? {})),
  );
}
