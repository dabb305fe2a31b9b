/**
 * Takes every call of a tool, whoever makes it: finds the tool, limits the call, and records what became of it.
 *
 * @module
 */

import { factsOfArguments } from "../audit/arguments.ts";
import type { AuditDraft, AuditEntry, AuditOutcome } from "../audit/entry.ts";
import type { Announcement, AuditTrail } from "../audit/trail.ts";
import { argumentsOf } from "../collection/arguments.ts";
import type { Endpoint } from "../collection/endpoint.ts";
import type { Clock } from "../core/clock.ts";
import { beginCall, type CallContext, type ProgressNote } from "../core/context.ts";
import { isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import type { Log } from "../core/log.ts";
import type { Span } from "../core/span.ts";
import { type Meter, noMeter } from "../telemetry/meter.ts";
import { doubtFacts } from "./results/answer_result.ts";
import type { BuiltInTool } from "./definitions/built_in.ts";
import { OPTION_SCHEMAS } from "./call_options.ts";
import { checkArguments } from "./check.ts";
import { coerceArguments } from "./coerce.ts";
import type { Consent, WriteGate } from "./confirmation/gate.ts";
import type { ListedTool } from "./definitions/definition.ts";
import type { Executor } from "./executor.ts";
import { failureOfError, refusalOf } from "./results/refusal.ts";
import { failed, type ToolResult } from "./results/result.ts";
import type { EndpointCall, Resolution, Surface } from "./surface/surface.ts";

/** Whoever calls. */
export interface Caller {
  /** The client's name and version, for the audit trail. */
  readonly client: string;
  /** Who it is, where callers are told apart. */
  readonly name?: string | undefined;
  /** The id of the HTTP request that brings the call. */
  readonly request?: string | undefined;
  /** Ends the call early. */
  readonly signal?: AbortSignal | undefined;
  /** Hears what the call waits for. */
  readonly progress?: ((note: ProgressNote) => void) | undefined;
  /** The client can ask its user: a result may then hold a question. */
  readonly canAsk?: boolean | undefined;
  /** What the user answered to the question of an earlier call. */
  readonly consent?: Consent | undefined;
  /** The span that the call is part of. */
  readonly span?: Span | undefined;
  /** Hears the tool's own name before it is carried out, unless there is no such tool: names can be made up. */
  readonly named?: ((tool: string) => void) | undefined;
}

/** What a dispatcher works with. */
export interface DispatcherOptions {
  readonly surface: Surface;
  readonly executor: Executor;
  /** Lets changes through. */
  readonly gate: WriteGate;
  readonly audit: AuditTrail;
  /** The profile that the audit trail names. */
  readonly profile: string;
  /** The values of arguments are recorded, too. */
  readonly auditValues: boolean;
  readonly clock: Clock;
  /** How long a call may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Shortens the result of a tool of the server itself; the executor does so for the others. */
  readonly fit: (value: JsonObject, tool: string) => Promise<JsonObject>;
  readonly log: Log;
  /** Learns what the audit trail learns, without whose call it was. */
  readonly meter?: Meter | undefined;
}

/** Lists the tools and carries out calls. */
export interface Dispatcher {
  /** All definitions in the order of their names. */
  definitions(): readonly ListedTool[];
  /** Says of a name that no tool has why that is so, or which tools come closest to it. */
  explain(tool: string): Promise<string>;
  /**
   * Calls a tool.
   *
   * @param tool Its name.
   * @param args The arguments as the client sent them.
   * @param caller Whoever calls.
   * @returns The result, a failure too; `undefined` where there is no such tool.
   */
  call(tool: string, args: JsonObject, caller: Caller): Promise<ToolResult | undefined>;
  /** Resolves when every call so far is recorded; a call whose client has given it up takes a moment longer than that. */
  settled(): Promise<void>;
  /** How many calls are being carried out or recorded. */
  inFlight(): number;
}

/** A bug must not end the session, and its message may hold anything. */
function broken(endpoint: Endpoint | undefined, { trace }: CallContext): ToolResult {
  const report = "Look at the server's log, and report it.";
  const isDoubtful = endpoint?.facts.kind === "write" && trace.attempts > 0;
  const { isError, value } = failed({
    code: "internal_error",
    message: "The call failed for a reason inside the server",
    guidance: isDoubtful
      ? `The change may have been made: read the object before trying again. ${report}`
      : `${trace.attempts === 0 ? "Nothing was sent. " : ""}${report}`,
  });
  return { isError, value: isDoubtful ? { ...value, ...doubtFacts({}) } : value };
}

/** Where a bug showed up; its message may hold anybody's values, and is told at the level for finding faults only. */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "something was thrown that is no error";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames].join("\n");
}

function codeOf({ value: { error } }: ToolResult): string | undefined {
  return isJsonObject(error) && typeof error.code === "string" ? error.code : undefined;
}

/** What was only shown is no change, and must not look like one in the trail. */
function isRehearsal(result: ToolResult | undefined): boolean {
  return result?.value.dry_run === true && result.value.status_code === undefined;
}

function outcomeOf(result: ToolResult | undefined, { trace }: CallContext): AuditOutcome {
  if (isRehearsal(result)) return "refused";
  if (result?.isError === false) return "ok";
  if (result?.value.outcome_unknown === true) return "unknown";
  if (result !== undefined && codeOf(result) === "cancelled") return "cancelled";
  return result === undefined || trace.attempts === 0 ? "refused" : "failed";
}

function entryOf(
  draft: AuditDraft,
  result: ToolResult | undefined,
  context: CallContext,
  { durationMs, consent }: Pick<AuditEntry, "durationMs" | "consent">,
): AuditEntry {
  const { attempts, status, trackingId, endpoint } = context.trace;
  const code = result === undefined ? "unknown_tool" : isRehearsal(result) ? "dry_run" : codeOf(result);
  return {
    // A tool of the server itself tells by the trace which operation it used.
    ...endpoint,
    ...draft,
    outcome: outcomeOf(result, context),
    durationMs,
    attempts,
    ...(consent === undefined ? {} : { consent }),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    ...(trackingId === undefined ? {} : { trackingId }),
  };
}

/** A name that no tool has is left out: whoever makes names up must not make anything grow. */
function measured(entry: AuditEntry, isKnown: boolean): Parameters<Meter["callEnded"]>[0] {
  const { tool, kind, outcome, status, durationMs, consent } = entry;
  return { ...(isKnown ? { tool } : {}), kind, outcome, status, durationMs, consent };
}

function declaredOf(endpoint: Endpoint | undefined, args: JsonObject): JsonObject {
  if (endpoint === undefined) return args;
  const names = new Set([...argumentsOf(endpoint).map(({ name }) => name), ...Object.keys(OPTION_SCHEMAS)]);
  return Object.fromEntries(Object.entries(args).filter(([name]) => names.has(name)));
}

function withWarning(result: ToolResult, warning: string | undefined): ToolResult {
  if (warning === undefined) return result;
  const { warnings } = result.value;
  const all: Json[] = [...(Array.isArray(warnings) ? warnings : []), warning];
  return { ...result, value: { ...result.value, warnings: all } };
}

/** What a call brings along. */
interface Errand {
  /** The tool that was called. */
  readonly tool: string;
  readonly caller: Caller;
  readonly context: CallContext;
  /** Writes into the audit trail that a change is about to be sent, and who consented to it. */
  readonly announce: (consent: AuditEntry["consent"]) => Promise<void>;
}

/** What a call is about. */
interface Facts {
  readonly endpoint: Endpoint | undefined;
  /** The arguments of the endpoint, or of the server's own tool. */
  readonly args: JsonObject;
}

function factsOf(resolution: Resolution | undefined, args: JsonObject): Facts {
  if (resolution === undefined || resolution.kind === "built_in") return { endpoint: undefined, args };
  return { endpoint: resolution.endpoint, args: resolution.args };
}

/** Carries out calls of one server. */
class Desk implements Dispatcher {
  #announced: Promise<void> = Promise.resolve();
  readonly #inFlight = new Set<Promise<void>>();

  constructor(readonly options: DispatcherOptions) {}

  definitions(): readonly ListedTool[] {
    return this.options.surface.definitions();
  }

  explain(tool: string): Promise<string> {
    return this.options.surface.explain(tool);
  }

  call(tool: string, args: JsonObject, caller: Caller): Promise<ToolResult | undefined> {
    const result = this.#call(tool, args, caller);
    const end = result.then(() => {}, () => {}).finally(() => this.#inFlight.delete(end));
    this.#inFlight.add(end);
    return result;
  }

  async settled(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  inFlight(): number {
    return this.#inFlight.size;
  }

  async #call(tool: string, args: JsonObject, caller: Caller): Promise<ToolResult | undefined> {
    const { clock, deadlineMs, audit, surface, meter = noMeter } = this.options;
    const resolution = await surface.resolve(tool, args);
    const facts = factsOf(resolution, args);
    const begun = clock.monotonic();
    const draft = this.#draft(facts.endpoint?.tool ?? tool, facts, caller);
    if (resolution !== undefined) caller.named?.(draft.tool);
    const { signal, progress, span } = caller;
    using context = beginCall({ clock, deadlineMs, signal, progress, span });
    const announcing: { done?: Announcement; consent?: AuditEntry["consent"] } = {};
    const announce = async (consent: AuditEntry["consent"]) => {
      announcing.consent = consent;
      announcing.done ??= await this.#inOrder(audit.announce(draft));
    };
    const result = await this.#guarded(resolution, { tool, caller, context, announce });
    const durationMs = Math.round(clock.monotonic() - begun);
    const entry = entryOf(draft, result, context, { durationMs, consent: announcing.consent });
    const warning = await audit.record(entry, announcing.done);
    meter.callEnded(measured(entry, resolution !== undefined));
    return result === undefined ? undefined : withWarning(result, warning);
  }

  /** A bug is a result, too. */
  async #guarded(resolution: Resolution | undefined, errand: Errand): Promise<ToolResult | undefined> {
    const { log } = this.options;
    try {
      return await this.#carryOut(resolution, errand);
    } catch (error) {
      const endpoint = resolution?.kind === "endpoint" ? resolution.endpoint : undefined;
      log.error(`Cannot finish ${endpoint?.tool ?? errand.tool}: ${placeOf(error)}`);
      log.debug(`It failed with: ${error}`);
      return broken(endpoint, errand.context);
    }
  }

  async #carryOut(resolution: Resolution | undefined, errand: Errand): Promise<ToolResult | undefined> {
    switch (resolution?.kind) {
      case undefined:
        return undefined;
      case "refused":
        return resolution.result;
      case "built_in": {
        const { isError, value } = await callBuiltIn(resolution.tool, resolution.args, errand.context);
        return { isError, value: await this.options.fit(value, errand.tool) };
      }
      case "endpoint":
        return await this.#callEndpoint(resolution, errand);
    }
  }

  async #callEndpoint({ endpoint, args, options, control }: EndpointCall, errand: Errand): Promise<ToolResult> {
    const { executor, gate } = this.options;
    const { tool, caller, context, announce } = errand;
    const { canAsk = false, consent } = caller;
    return await executor.call(endpoint, args, {
      ...context,
      rehearsal: control.dryRun,
      ...(options === undefined ? {} : { options }),
      async beforeWrite(write) {
        const held = await gate.pass(write, { ...control, canAsk, consent, via: tool }, context);
        if (held !== undefined) return held;
        await announce(gate.asks(write) ? consent === undefined ? "plan" : "user" : undefined);
        return undefined;
      },
    });
  }

  /** Announcements are made side by side, but whoever asked first goes on first: changes keep the order of the calls. */
  async #inOrder<T>(own: Promise<T>): Promise<T> {
    const earlier = this.#announced;
    this.#announced = Promise.allSettled([earlier, own]).then(() => {});
    await earlier;
    return await own;
  }

  #draft(tool: string, { endpoint, args }: Facts, { client, name, request }: Caller): AuditDraft {
    const { profile, auditValues, clock } = this.options;
    const inPath = endpoint === undefined ? [] : argumentsOf(endpoint).filter(({ place }) => place === "path");
    return {
      time: clock.now(),
      profile,
      client,
      ...(name === undefined ? {} : { caller: name }),
      ...(request === undefined ? {} : { request }),
      tool,
      kind: endpoint?.facts.kind ?? "read",
      ...(endpoint === undefined ? {} : { method: endpoint.method, path: endpoint.path }),
      ...factsOfArguments(args, inPath.map(({ name }) => name), false),
      // The value of a name that nobody declared may be a mistyped secret.
      ...(auditValues ? { values: declaredOf(endpoint, args) } : {}),
    };
  }
}

async function callBuiltIn(tool: BuiltInTool, args: JsonObject, context: CallContext): Promise<ToolResult> {
  const { inputSchema, name } = tool.definition;
  const coerced = coerceArguments(args, inputSchema);
  const problems = checkArguments(coerced, inputSchema);
  if (problems.length > 0) return refusalOf(name, problems);
  return await tool.call(coerced, context).catch(failureOfError);
}

/**
 * Makes a dispatcher.
 *
 * @param options What it works with.
 * @returns The dispatcher; one for the whole program, calls run side by side.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  return new Desk(options);
}
