/**
 * The tool that reads on where an incomplete list ended.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { type Limiter, REMEDIES } from "../config/limiter.ts";
import type { CallContext } from "../core/context.ts";
import { RefusedError } from "../core/errors.ts";
import { isRecord, type Json, type JsonObject } from "../core/json.ts";
import type { Seal } from "../core/seal.ts";
import { isAddressOf } from "../webex/lists/address.ts";
import type { PagePosition } from "../webex/lists/pages.ts";
import type { Absence, Reason } from "./absence.ts";
import type { BuiltInTool } from "./definitions/built_in.ts";
import { type CallOptions, OPTION_SCHEMAS, splitOptions } from "./call_options.ts";
import type { ToolDefinition } from "./definitions/definition.ts";
import type { ToolResult } from "./results/result.ts";

/** What a sealed token holds: the tool of the list, and where it goes on. */
export interface PageState extends PagePosition {
  readonly tool: string;
}

/** Who may read on: the caller who was given the token, with the same profile. */
export interface PageHolder {
  readonly owner: string;
  readonly profile: string;
}

/** What the tool works with. */
export interface NextPageOptions {
  readonly seal: Seal;
  readonly holder: PageHolder;
  /** Finds the endpoint of a tool, if it is among those that may be called. */
  readonly findEndpoint: (tool: string) => Promise<Endpoint | undefined> | Endpoint | undefined;
  /** Replaces every base URL. */
  readonly baseUrl?: string | undefined;
  /** Says why a tool is not among them. */
  readonly absence: Absence;
  /** Reads on and shapes the result; the position has been checked. */
  readonly continueList: (
    endpoint: Endpoint,
    position: PagePosition,
    options: CallOptions,
    context: CallContext,
  ) => Promise<ToolResult>;
}

/** The tool's name. */
export const NEXT_PAGE_TOOL = "webex_next_page";

/** For anybody else the token is none. */
function purposeFor({ owner, profile }: PageHolder): string {
  return JSON.stringify(["next_page", owner, profile]);
}

/** Nobody knows how long Webex's own cursors last; a working day is more than a conversation needs. */
const LIFETIME_MS = 12 * 60 * 60 * 1000;

/** The tool as clients see it. */
export const NEXT_PAGE_DEFINITION: ToolDefinition = {
  name: NEXT_PAGE_TOOL,
  description:
    "Reads on where an incomplete list ended: pass the `next` of its result as it is. Answers as the list's own tool does, with " +
    "another `next` if there is still more.",
  inputSchema: {
    type: "object",
    properties: {
      next: { type: "string", description: "The `next` of an incomplete list's result" },
      ...OPTION_SCHEMAS,
    },
    required: ["next"],
    additionalProperties: false,
  },
  annotations: {
    title: "Read the next page of a list",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  },
};

function badToken(): RefusedError {
  return new RefusedError('Argument "next" does not lead to a page of a list', {
    code: "bad_token",
    guidance: "Pass the `next` of the last result as it is; where that fails, call the list's own tool again.",
  });
}

/** A seal knows nothing of arguments; whoever called must be told which one is wrong. */
function sealError(error: unknown): unknown {
  if (!(error instanceof RefusedError)) return error;
  const isExpired = error.code === "expired_token";
  return new RefusedError(
    `Argument "next" ${isExpired ? "has expired" : "is incomplete, changed, or of another caller or server process"}`,
    {
      code: error.code,
      guidance: isExpired
        ? "Call the list's own tool again; it gives a new `next`."
        : "Pass the `next` of the last result as it is; where that fails, call the list's own tool again.",
      cause: error,
    },
  );
}

const UNAVAILABLE: Readonly<Record<Limiter, string>> = {
  server: "The server was started with another selection of tools: start it with the feature of that tool.",
  caller: `Your access here has changed since the list was read: ${REMEDIES.selection}.`,
};

function unavailable(tool: string, reason: Reason | undefined): RefusedError {
  return new RefusedError(`Cannot read on: the tool "${tool}" is not available`, {
    code: "unknown_tool",
    guidance: UNAVAILABLE[reason?.by ?? "server"],
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isHeaders(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every(isText);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/**
 * Reads what a token holds; its maker may have been another release of this program.
 *
 * @param payload What the seal opened.
 * @returns The state.
 * @throws {RefusedError} `bad_token`, if it isn't one.
 */
export function readPageState(payload: Json): PageState {
  if (!isRecord(payload)) throw badToken();
  const { tool, url, skip, seen, headers } = payload;
  if (!isText(tool) || !isText(url) || !URL.canParse(url)) throw badToken();
  return {
    tool,
    url,
    ...(isCount(skip) ? { skip } : {}),
    ...(isText(seen) ? { seen } : {}),
    ...(isHeaders(headers) ? { headers } : {}),
  };
}

/**
 * Makes the token of an incomplete list.
 *
 * @param seal The seal.
 * @param holder Who may read on.
 * @param endpoint The list's endpoint.
 * @param position Where it goes on.
 * @returns The token for {@linkcode NEXT_PAGE_TOOL}.
 */
export function nextToken(
  seal: Seal,
  holder: PageHolder,
  { tool }: Endpoint,
  position: PagePosition,
): Promise<string> {
  return seal.seal(purposeFor(holder), { tool, ...position }, LIFETIME_MS);
}

/**
 * Makes the tool `webex_next_page`.
 *
 * @param options What it works with.
 * @returns The tool.
 */
export function createNextPage(
  { seal, holder, findEndpoint, absence, baseUrl, continueList }: NextPageOptions,
): BuiltInTool {
  async function opened(token: string): Promise<Json> {
    try {
      return await seal.open(purposeFor(holder), token);
    } catch (error) {
      throw sealError(error);
    }
  }

  async function place(token: Json | undefined): Promise<{ endpoint: Endpoint; position: PagePosition }> {
    if (!isText(token)) throw badToken();
    const { tool, ...position } = readPageState(await opened(token));
    const endpoint = await findEndpoint(tool);
    if (endpoint === undefined) throw unavailable(tool, await absence(tool));
    // Also a token of ours may lead elsewhere than this process is told to call.
    const { method, facts } = endpoint;
    if (method !== "GET" || facts.kind !== "read" || !isAddressOf(endpoint, new URL(position.url), baseUrl)) {
      throw badToken();
    }
    return { endpoint, position };
  }

  return {
    definition: NEXT_PAGE_DEFINITION,
    async call(args: JsonObject, context: CallContext): Promise<ToolResult> {
      const { options } = splitOptions(new Set(), args);
      const { endpoint, position } = await place(args.next);
      return await continueList(endpoint, position, options, context);
    },
  };
}
