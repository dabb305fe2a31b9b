/**
 * Carries out calls of endpoints: check, send, shape.
 *
 * @module
 */

import { argumentsOf } from "../collection/arguments.ts";
import type { Endpoint } from "../collection/endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { CallContext } from "../core/context.ts";
import { RefusedError, WebexMcpError } from "../core/errors.ts";
import { isDeeperThan, isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import { checkWindow, familyOf } from "../webex/lists/cdr.ts";
import type { Exchange, Outgoing, WebexClient } from "../webex/client.ts";
import { checkIds, type IdProblem } from "../webex/ids/id_check.ts";
import { createPager, type ListRead } from "../webex/lists/paging.ts";
import type { PagePosition } from "../webex/lists/pages.ts";
import { buildRequest } from "../webex/requests/request.ts";
import { targetOf } from "../webex/limits/target.ts";
import type { ReadFile } from "../webex/requests/upload.ts";
import type { Advice } from "./advice.ts";
import {
  doubtFacts,
  failureResult,
  foreignPageResult,
  isForeignPage,
  type SuccessFacts,
  successResult,
} from "./results/answer_result.ts";
import { type CallOptions, optionsOf } from "./call_options.ts";
import { checkArguments, type Problem } from "./check.ts";
import { coerceArguments } from "./coerce.ts";
import type { PendingWrite } from "./confirmation/gate.ts";
import { callSchemaOf } from "./definitions/definition.ts";
import type { InputSchema } from "./definitions/input_schema.ts";
import { placeholdersIn } from "./discovery/placeholder.ts";
import type { OrganizationPolicy } from "./organization.ts";
import { withoutOwnSecrets } from "./own_secrets.ts";
import { failureOfError, refusalOf } from "./results/refusal.ts";
import type { ToolResult } from "./results/result.ts";
import { compileFields, type SelectionExpression } from "./results/selection_expression.ts";

/** `lenient` sends what the schema refuses, with a warning. */
export type Validation = "strict" | "lenient";

/** A call, and the gate that its change has to pass. */
export interface ExecutionContext extends CallContext {
  /**
   * Called once before a change is sent.
   *
   * @param write The change.
   * @returns `undefined` where it may be sent; else the result of the call, to which nothing is sent.
   * @throws {RefusedError} If it must not be sent.
   */
  readonly beforeWrite: (write: PendingWrite) => Promise<ToolResult | undefined>;
  /** Nothing is sent, not even a question whose organization it is. */
  readonly rehearsal?: boolean | undefined;
  /** Options that the caller gave apart from the arguments; they win over those among the arguments. */
  readonly options?: Partial<CallOptions> | undefined;
}

/** What an executor needs. */
export interface ExecutorOptions {
  readonly client: WebexClient;
  readonly advice: Advice;
  readonly organization: OrganizationPolicy;
  /** The one organization that ids may belong to. */
  readonly pinnedOrganization?: string | undefined;
  /** Makes the token of the page at a position; absent where no later call can take it. */
  readonly nextToken?: ((endpoint: Endpoint, position: PagePosition) => Promise<string>) | undefined;
  /** Shortens a result to what a client can take. */
  readonly fit: (value: JsonObject, tool: string) => Promise<JsonObject>;
  /** Replaces every base URL. */
  readonly baseUrl?: string | undefined;
  readonly validation: Validation;
  /** What happens to ids of the wrong kind or organization. */
  readonly idCheck: "refuse" | "warn";
  readonly readFile: ReadFile;
  readonly clock: Clock;
  readonly log: Log;
}

/** Carries out calls; one for the whole program. */
export interface Executor {
  /**
   * Calls an endpoint.
   *
   * @param endpoint The tool's endpoint.
   * @param args The arguments as the client sent them.
   * @param context The call's limits.
   * @returns The result; a refusal or a failure is one, too. Only a bug of this program is thrown.
   */
  call(endpoint: Endpoint, args: JsonObject, context: ExecutionContext): Promise<ToolResult>;
  /**
   * Reads a list from a position that an earlier call gave out.
   *
   * @param endpoint The list.
   * @param position Where to go on; it has been checked.
   * @param options How much is read, and what of it is shown.
   * @param context The call's limits.
   * @returns The result, as of a call.
   */
  readOn(endpoint: Endpoint, position: PagePosition, options: CallOptions, context: CallContext): Promise<ToolResult>;
}

const MAX_DEPTH = 100;

const schemas = new WeakMap<Endpoint, InputSchema>();

function schemaOf(endpoint: Endpoint): InputSchema {
  const schema = schemas.get(endpoint) ?? callSchemaOf(endpoint);
  schemas.set(endpoint, schema);
  return schema;
}

/** A call whose arguments are checked. */
interface Checked {
  readonly endpoint: Endpoint;
  /** The arguments as the caller gave them. */
  readonly given: JsonObject;
  /** The arguments as they are sent. */
  readonly args: JsonObject;
  readonly options: CallOptions;
  readonly fields: SelectionExpression | undefined;
  readonly warnings: readonly string[];
  /** The arguments that are sent although they look wrong. */
  readonly doubtful: readonly string[];
}

/** Names that the endpoint has: values are nobody's business in a log, and a name that a client made up may be one. */
function namesForLog(endpoint: Endpoint, places: readonly string[]): string {
  const known = new Set(argumentsOf(endpoint).map(({ name }) => name));
  const names = places.map((place) => place.split(/[.[]/)[0] ?? "");
  return [...new Set(names.map((name) => known.has(name) ? JSON.stringify(name) : "an unknown argument"))].join(", ");
}

function isSuccess({ status }: Exchange): boolean {
  return status >= 200 && status < 300;
}

function refuseIds(tool: string, problems: readonly IdProblem[]): never {
  const [first] = problems;
  const flag = first?.kind === "wrong_id" ? " The flag --id-check warn sends such ids all the same." : "";
  throw new RefusedError(first?.message ?? `Cannot call ${tool}: an id does not fit`, {
    code: first?.kind ?? "wrong_id",
    details: problems.map(({ argument, message }): Json => ({ argument, message })),
    guidance: `${first?.guidance ?? ""}${flag}`.trim(),
  });
}

/** Nothing that Webex takes is nearly as deep, and what walks through it would lose its way. */
function refuseDeep(tool: string, args: JsonObject): void {
  if (!isDeeperThan(args, MAX_DEPTH)) return;
  throw new RefusedError(`Cannot call ${tool}: the arguments are nested more than ${MAX_DEPTH} levels deep`, {
    code: "arguments_too_deep",
    guidance: "Pass the arguments as the tool's schema says.",
  });
}

/** No id looks like that, so nothing good could come of sending it. */
function refusePlaceholders(tool: string, args: JsonObject): void {
  const places = placeholdersIn(args);
  if (places.length === 0) return;
  throw new RefusedError(`Argument "${places[0]}" is still the placeholder of the example`, {
    code: "placeholder",
    details: places.map((argument): Json => ({ argument })),
    guidance: `Put a real id in its place, from a list call, and call ${tool} again.`,
  });
}

/** Carries out calls. */
class EndpointExecutor implements Executor {
  readonly #pager: ReturnType<typeof createPager>;

  constructor(readonly options: ExecutorOptions) {
    const { client, clock, baseUrl, organization } = options;
    this.#pager = createPager({
      send: async (request, context) => {
        // A link can name another organization than the call did.
        organization.checkPosition(request.url);
        return await client.send(request, context);
      },
      clock,
      baseUrl,
    });
  }

  async call(endpoint: Endpoint, args: JsonObject, context: ExecutionContext): Promise<ToolResult> {
    context.trace.endpoint ??= { method: endpoint.method, path: endpoint.path };
    try {
      const { options: own, rest } = optionsOf(endpoint, args);
      const options = { ...own, ...context.options };
      const coerced = coerceArguments(rest, schemaOf(endpoint));
      refuseDeep(endpoint.tool, coerced);
      const problems = checkArguments(coerced, schemaOf(endpoint), endpoint.facts.answerOnly);
      if (this.options.validation === "strict" && problems.length > 0) return refusalOf(endpoint.tool, problems);
      return await this.#carryOut(await this.#check(endpoint, coerced, options, problems, context), context);
    } catch (error) {
      return await this.#raised(error, endpoint, args);
    }
  }

  async readOn(
    endpoint: Endpoint,
    position: PagePosition,
    options: CallOptions,
    context: CallContext,
  ): Promise<ToolResult> {
    context.trace.endpoint ??= { method: endpoint.method, path: endpoint.path };
    try {
      const fields = options.fields === undefined ? undefined : await compileFields(options.fields);
      const { allPages, maxItems } = options;
      const limits = { allPages, ...(maxItems === undefined ? {} : { maxItems }) };
      const read = await this.#pager.readOn({ endpoint, context, limits, position });
      const orgId = new URL(position.url).searchParams.get("orgId");
      const args: JsonObject = orgId === null ? {} : { orgId };
      return await this.#shape(
        { endpoint, args, given: args, options, fields, warnings: [], doubtful: [] },
        read,
        context,
      );
    } catch (error) {
      return failureOfError(error);
    }
  }

  /** Everything that can refuse a call before it is sent. */
  async #check(
    endpoint: Endpoint,
    given: JsonObject,
    options: CallOptions,
    problems: readonly Problem[],
    context: ExecutionContext,
  ): Promise<Checked> {
    const { organization, pinnedOrganization, idCheck, clock, advice } = this.options;
    refusePlaceholders(endpoint.tool, given);
    const fields = options.fields === undefined ? undefined : await compileFields(options.fields);
    const pinned = pinnedOrganization === undefined ? {} : { organization: pinnedOrganization };
    const wrongIds = checkIds(endpoint, given, { ...pinned, toolOf: await advice.toolNames() });
    // The organization of a profile is no matter of opinion.
    const refused = idCheck === "refuse" ? wrongIds : wrongIds.filter(({ kind }) => kind === "wrong_organization");
    if (refused.length > 0) refuseIds(endpoint.tool, refused);
    const { args, problems: windowProblems } = checkWindow(endpoint, given, clock.now());
    if (windowProblems.length > 0) {
      throw new RefusedError(windowProblems.join("; "), {
        code: "invalid_time_window",
        guidance: `Correct the times and call ${endpoint.tool} again.`,
      });
    }
    return {
      endpoint,
      given,
      args: await organization.apply(endpoint, args, context),
      options,
      fields,
      warnings: [...problems, ...wrongIds].map(({ message }) => message),
      doubtful: [...problems, ...wrongIds].map(({ argument }) => argument),
    };
  }

  async #carryOut(checked: Checked, context: ExecutionContext): Promise<ToolResult> {
    const { endpoint, args, options, doubtful } = checked;
    const { log, client, baseUrl, readFile } = this.options;
    const request = await buildRequest(endpoint, args, { baseUrl, readFile });
    const action = `${endpoint.method} ${endpoint.path}`;
    const target = endpoint.facts.kind === "write" ? targetOf(endpoint, args) : undefined;
    const family = familyOf(endpoint, false);
    const outgoing: Outgoing = {
      ...request,
      kind: endpoint.facts.kind,
      label: action,
      ...(target === undefined ? {} : { target }),
      ...(family === undefined ? {} : { family }),
    };
    if (endpoint.facts.kind === "write") {
      const held = await context.beforeWrite({ endpoint, args, request, warnings: checked.warnings });
      if (held !== undefined) return held;
    }
    if (doubtful.length > 0) {
      log.warning(`Sending ${action} although arguments do not fit: ${namesForLog(endpoint, doubtful)}`);
    }
    log.info(`Executing ${action}`);
    const { allPages, maxItems } = options;
    const limits = { allPages, ...(maxItems === undefined ? {} : { maxItems }) };
    const read: ListRead = endpoint.method === "GET"
      ? await this.#pager.read({ endpoint, context, limits, first: outgoing })
      : asRead(await client.send(outgoing, context));
    log.info(`Action: ${action} | Status: ${read.answer.status}`);
    return await this.#shape(checked, read, context);
  }

  async #shape(checked: Checked, read: ListRead, context: CallContext): Promise<ToolResult> {
    const { endpoint, args, given, fields } = checked;
    const { advice, organization } = this.options;
    const { answer } = read;
    const isPage = isForeignPage(endpoint, answer);
    const isDoubtful = endpoint.facts.kind === "write" && (isPage || answer.outcomeUnknown === true);
    const doubt = isDoubtful ? await advice.readOf(endpoint, args) : undefined;
    if (isPage) return foreignPageResult(endpoint, answer, doubt);
    const warnings = [...checked.warnings, ...read.warnings];
    if (!isSuccess(answer)) {
      const facts = await advice.factsOf(answer, doubt, context);
      return withoutOwnSecrets(failureResult(endpoint, answer, facts, warnings, doubt), args);
    }
    const selection = fields?.apply(read.body);
    const [list, job] = [await this.#listOf(endpoint, read), await advice.jobOf(endpoint, answer, args)];
    const unread = read.next !== undefined && list?.next === undefined
      ? ["There is more: call again with all_pages=true, or with max_items"]
      : [];
    const result = successResult(endpoint, answer, {
      body: selection === undefined ? read.body : selection.value,
      ...(list === undefined ? {} : { list }),
      job,
      organization: await organization.note(endpoint, given, context),
      warnings: [...warnings, ...unread, ...(selection?.warning === undefined ? [] : [selection.warning])],
    });
    return { ...result, value: await this.options.fit(result.value, endpoint.tool) };
  }

  async #listOf(endpoint: Endpoint, { items, complete, next }: ListRead): Promise<SuccessFacts["list"]> {
    if (items === undefined) return undefined;
    const token = next === undefined ? undefined : await this.options.nextToken?.(endpoint, next);
    // A list that is never divided says nothing about being complete.
    const isPaged = endpoint.facts.paging !== undefined || !complete;
    return {
      items: items.length,
      ...(isPaged ? { complete } : {}),
      ...(token === undefined ? {} : { next: token }),
    };
  }

  /** An error that was raised on purpose is a result; where it leaves the outcome open, that is told. */
  async #raised(error: unknown, endpoint: Endpoint, args: JsonObject): Promise<ToolResult> {
    const result = failureOfError(error);
    const { details } = error instanceof WebexMcpError ? error : { details: undefined };
    if (!isJsonObject(details) || details.outcome_unknown !== true) return result;
    return { ...result, value: { ...result.value, ...doubtFacts(await this.options.advice.readOf(endpoint, args)) } };
  }
}

/** An answer that is no list, in the form of one that could be. */
function asRead(answer: Exchange): ListRead {
  return { answer, body: answer.body, pages: 1, complete: true, warnings: [] };
}

/**
 * Makes an executor.
 *
 * @param options What it works with.
 * @returns The executor; calls run side by side.
 */
export function createExecutor(options: ExecutorOptions): Executor {
  return new EndpointExecutor(options);
}
