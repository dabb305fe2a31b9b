/**
 * The MCP server: lists the catalogue and passes calls to the executor.
 *
 * @module
 */

import { ProtocolError, ProtocolErrorCode, type Server } from "@modelcontextprotocol/server";
import type {
  CallToolRequestParams,
  CallToolResult,
  Implementation,
  InputRequiredResult,
  ServerContext,
} from "@modelcontextprotocol/server";
import { isJsonObject, type Json } from "../core/json.ts";
import { redactTokens } from "../core/redaction.ts";
import type { Span } from "../core/span.ts";
import type { Catalogue } from "../tools/catalogue.ts";
import type { CatalogueIndex } from "../tools/catalogue_index.ts";
import type { Consent } from "../tools/confirmation/gate.ts";
import type { Dispatcher } from "../tools/dispatcher.ts";
import { failed, type ToolResult } from "../tools/results/result.ts";
import type { ResultStore } from "../tools/results/result_store.ts";
import type { WorkflowBook } from "../tools/workflows/workflow_book.ts";
import { tooLargeGuidance } from "../webex/answer.ts";
import { clientNameOf } from "./client_name.ts";
import { registerCompletion } from "./completion.ts";
import { answerIn, ask, canAsk } from "./consent.ts";
import { ObservedServer, type Observers } from "./observed_server.ts";
import { progressOf } from "./progress.ts";
import { registerPrompts } from "./prompts.ts";
import { registerResources } from "./resources/resources.ts";

/** What a server is made of; shared by all connections. */
export interface ServerParts {
  readonly implementation: Implementation;
  readonly instructions: string;
  readonly dispatcher: Dispatcher;
  /** The tools that resources and prompts are about. */
  readonly catalogue: Pick<Catalogue, "endpoints" | "find">;
  /** The catalogue by features, for addresses of resources. */
  readonly index: CatalogueIndex;
  /** The prompts. */
  readonly book: WorkflowBook;
  /** Results that were too long, to be read as resources. */
  readonly results: ResultStore;
  /** Every result also has its value as `structuredContent`. */
  readonly structured: boolean;
  /** Whether every caller sees the same lists, so that a cache between may keep them for all. */
  readonly isPublic: boolean;
  /** Takes secrets out of a text: a caller may have come upon one, and a refusal would repeat it. */
  readonly hide: (text: string) => string;
  /** Who learns of requests. */
  readonly observers?: Observers;
}

/** What a server is told of the one request that it is made for. */
export interface RequestBinding {
  /** Who calls, where callers are told apart. */
  readonly caller?: string;
  /** The request's id, for the audit trail. */
  readonly id?: string;
  /** Ends the call early beside the client's own cancellation; its answer is still sent. */
  readonly signal?: AbortSignal;
}

/** The list never changes while the program runs. */
const LIST_TTL_MS = 3_600_000;

/** The official client drops the session at a message of 10 MiB. */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** Quoting makes two bytes of a quote or backslash; UTF-8 makes three of a character at the most. */
const MAX_GROWTH = 3;

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether the message around a result would be too long for a client. */
function isTooLong(text: string, structured: boolean): boolean {
  if (text.length * MAX_GROWTH * (structured ? 2 : 1) < MAX_MESSAGE_BYTES) return false;
  return bytesOf(JSON.stringify(text)) + (structured ? bytesOf(text) : 0) >= MAX_MESSAGE_BYTES;
}

function tooLong({ isError, value }: ToolResult): ToolResult {
  const { status_code: status } = value;
  return failed({
    ...(typeof status === "number" ? { status } : {}),
    code: "answer_too_large",
    message: "Cannot pass the answer on: it is longer than clients take",
    guidance: tooLargeGuidance(!isError),
  });
}

function contentOf(result: ToolResult, structured: boolean, hide: (text: string) => string): CallToolResult {
  const whole = JSON.stringify(result.value);
  if (isTooLong(whole, structured)) return contentOf(tooLong(result), structured, hide);
  // What Webex answers is passed on as it is; a refusal may only repeat what the caller sent.
  const text = result.isError ? redactTokens(hide(whole)) : hide(whole);
  return {
    content: [{ type: "text", text }],
    ...(structured ? { structuredContent: text === whole ? result.value : JSON.parse(text) } : {}),
    ...(result.isError ? { isError: true } : {}),
  };
}

/** State that this server has not made is no matter for the model (revision 2026-07-28, multi round-trip requests). */
function refuseForgery({ value: { error } }: ToolResult): void {
  if (!isJsonObject(error) || error.code !== "bad_state") return;
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, "Invalid or expired requestState");
}

/** Nothing was sent; a client that could not ask says why in its own words, which are worth nothing to a model. */
function unasked({ isError, value }: ToolResult, { mcpReq: { signal } }: ServerContext): ToolResult {
  const guidance = signal.aborted
    ? "Nothing was sent: the user could not be asked, because the call was cancelled."
    : "Nothing was sent: the user could not be asked, because the client says that it can ask, and gave no valid answer. " +
      "Call again once; if that fails, too, tell the user: another client may do it, or a server with --confirm never.";
  return { isError, value: { ...value, guidance } };
}

/** Semantic conventions for MCP: the method and the tool make the name. */
function nameSpan(span: Span, tool: string): void {
  span.rename(`tools/call ${tool}`);
  span.set({ "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": tool });
}

/**
 * Makes the factory that serves one connection or request after the other, in any revision of the protocol.
 *
 * @param parts What the servers share.
 * @param Kind The class of the servers; one that is derived may answer more.
 * @returns A factory without side effects.
 */
export function createServerFactory(
  parts: ServerParts,
  Kind: typeof ObservedServer = ObservedServer,
): (binding?: RequestBinding) => Server {
  const { implementation, instructions, dispatcher, catalogue, index, book, results, structured, hide } = parts;
  const { observers = {} } = parts;
  const listCache = { ttlMs: LIST_TTL_MS, cacheScope: parts.isPublic ? "public" : "private" } as const;

  async function call(
    server: ObservedServer,
    params: CallToolRequestParams,
    ctx: ServerContext,
    binding: RequestBinding,
  ): Promise<CallToolResult | InputRequiredResult> {
    const { name } = params;
    const args = params.arguments as Json | undefined;
    using progress = progressOf(ctx, params);
    const asks = canAsk(ctx, server);
    const span = server.spanOf(ctx);

    async function dispatch(consent: Consent | undefined): Promise<ToolResult> {
      const result = await dispatcher.call(name, isJsonObject(args) ? args : {}, {
        client: clientNameOf(ctx, server),
        name: binding.caller,
        request: binding.id,
        signal: binding.signal === undefined ? ctx.mcpReq.signal : AbortSignal.any([ctx.mcpReq.signal, binding.signal]),
        progress,
        canAsk: asks,
        consent,
        span,
        named: (tool) => nameSpan(span, tool),
      });
      if (result !== undefined) return result;
      const explanation = redactTokens(hide(await dispatcher.explain(name)));
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, explanation);
    }

    const result = await dispatch(asks ? answerIn(ctx) : undefined);
    refuseForgery(result);
    if (result.question === undefined) return contentOf(result, structured, hide);
    const asked = await ask({ ...result.question, message: hide(result.question.message) }, ctx, server);
    if ("result" in asked) return asked.result;
    const final = "consent" in asked ? await dispatch(asked.consent) : unasked(result, ctx);
    return contentOf(final, structured, hide);
  }

  return (binding = {}) => {
    const options = {
      capabilities: { tools: {}, resources: {}, prompts: {}, completions: {} },
      instructions,
      cacheHints: { "tools/list": listCache, "prompts/list": listCache, "server/discover": listCache },
    };
    const server = new Kind(implementation, options, observers);
    server.setRequestHandler("tools/list", () => ({ tools: [...dispatcher.definitions()] }));
    server.setRequestHandler("tools/call", ({ params }, ctx) => call(server, params, ctx, binding));
    const explain = (tool: string) => dispatcher.explain(tool);
    registerResources(server, { catalogue, index, results, explain, isPublic: parts.isPublic, hide });
    registerPrompts(server, { book, hide });
    registerCompletion(server, { book, index, hide });
    return server;
  };
}
