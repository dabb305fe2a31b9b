/**
 * The one gate that every change passes before it is sent: may anything be changed at all, and has somebody consented?
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";
import type { Confirm } from "../../config/config.ts";
import { type Limiter, READ_ONLY } from "../../config/limiter.ts";
import type { CallContext } from "../../core/context.ts";
import { RefusedError } from "../../core/errors.ts";
import type { JsonObject } from "../../core/json.ts";
import type { PreparedRequest } from "../../webex/requests/request.ts";
import { failed, type ToolResult } from "../results/result.ts";
import type { Plans } from "./plan.ts";
import { effectsOf, type Matter, questionOf } from "./question.ts";
import { viewOf } from "./request_view.ts";
import { type Risk, risksOf } from "./risk.ts";
import { type Sent, sentLines } from "./sent_lines.ts";
import { valueOf } from "./sent_parts.ts";
import { readSubject, type Subject, type SubjectOptions } from "./subject.ts";

/** What a person answered to the question of an earlier call. */
export interface Consent {
  /** The state that came with the question. */
  readonly state: string;
  readonly action: "accept" | "decline" | "cancel";
}

/** How a caller wants a change to be treated. */
export interface WriteControl {
  /** Shows the request and sends nothing. */
  readonly dryRun: boolean;
  /** The plan that an earlier call answered. */
  readonly planId?: string | undefined;
  /** The client can ask its user. */
  readonly canAsk: boolean;
  readonly consent?: Consent | undefined;
  /** The tool that was called, for advice. */
  readonly via: string;
}

/** A change that is ready to be sent. */
export interface PendingWrite {
  readonly endpoint: Endpoint;
  /** The arguments as they are sent. */
  readonly args: JsonObject;
  readonly request: PreparedRequest;
  /** What else the caller should know. */
  readonly warnings: readonly string[];
}

/** What the gate goes by. */
export interface GateOptions {
  /** Who says that nothing may be changed; `undefined` where changes may be made. */
  readonly readOnlyBy: Limiter | undefined;
  readonly confirm: Confirm;
  readonly plans: Plans;
  readonly subject: SubjectOptions;
  /** Whose phone system it is, for the person who decides: `Profile acme, webexapis.com`. */
  readonly place: string;
  /** No later call can bring a plan: the process ends with this one. */
  readonly once: boolean;
}

/** Lets changes through, or not. */
export interface WriteGate {
  /** Tells whether a change needs somebody's consent. */
  asks(write: PendingWrite): boolean;
  /**
   * Decides on a change.
   *
   * @param write The change.
   * @param control How the caller wants it to be treated.
   * @param context The call's limits.
   * @returns `undefined` where the change may be sent; else what the caller gets in place of its answer.
   * @throws {RefusedError} If it must not be sent.
   */
  pass(write: PendingWrite, control: WriteControl, context: CallContext): Promise<ToolResult | undefined>;
}

function noted(warnings: readonly string[]): JsonObject {
  return warnings.length === 0 ? {} : { warnings: [...warnings] };
}

/** What is known of the object, for whoever can't be asked. */
function objectOf({ name, count, isPartial, names, problem, beside }: Subject): JsonObject {
  const object: JsonObject = {
    ...(name === undefined ? {} : { name }),
    ...(count === undefined ? {} : { count }),
    ...(isPartial === true ? { is_partial: true } : {}),
    ...(names === undefined ? {} : { names: [...names] }),
    ...(problem === undefined ? {} : { unread: problem }),
    ...Object.fromEntries(beside.flatMap(({ label, name }) => name === undefined ? [] : [[label, name]])),
  };
  return Object.keys(object).length === 0 ? {} : { object };
}

/** The request tells what is sent; these tell what of it is new. */
function changesOf({ isCompared, lines, notSent }: Sent): JsonObject {
  return {
    ...(isCompared ? { changes: [...lines] } : {}),
    ...(notSent.length === 0 ? {} : { not_sent: [...notSent] }),
  };
}

/** What is sent may do harm where the endpoint alone does not. */
function risksIn({ endpoint, request: { body } }: PendingWrite): readonly Risk[] {
  return risksOf(endpoint, typeof body === "string" ? valueOf(body) : undefined);
}

class Gate implements WriteGate {
  constructor(readonly options: GateOptions) {}

  async pass(write: PendingWrite, control: WriteControl, context: CallContext): Promise<ToolResult | undefined> {
    const { endpoint, request } = write;
    if (this.options.readOnlyBy !== undefined) refuseReadOnly(endpoint, this.options.readOnlyBy);
    if (control.dryRun) return await this.#shown(write);
    if (!this.asks(write)) return undefined;
    const { consent, planId, canAsk } = control;
    const change = { tool: endpoint.tool, request };
    if (consent !== undefined) {
      await this.options.plans.redeem("question", consent.state, change);
      if (consent.action !== "accept") refuseFinally(endpoint, consent.action);
      return undefined;
    }
    if (!canAsk && planId !== undefined) {
      await this.options.plans.redeem("plan", planId, change);
      return undefined;
    }
    return await this.#ask(write, control, context);
  }

  asks(write: PendingWrite): boolean {
    const { confirm } = this.options;
    return confirm === "writes" || (confirm === "destructive" && risksIn(write).length > 0);
  }

  async #shown(write: PendingWrite): Promise<ToolResult> {
    const { endpoint, request, warnings } = write;
    const effects = effectsOf({ endpoint, risks: risksIn(write) });
    const value: JsonObject = {
      dry_run: true,
      request: await viewOf(request, endpoint.path, "exact"),
      needs_confirmation: this.asks(write),
      ...(effects.length === 0 ? {} : { effects }),
      ...noted(warnings),
    };
    return { isError: false, value };
  }

  /** Whoever can ask a person gets the question; whoever can't gets a plan that a second call must bring. */
  async #ask(write: PendingWrite, control: WriteControl, context: CallContext): Promise<ToolResult> {
    const { endpoint, args, request } = write;
    const { plans, place, once, subject: reading } = this.options;
    const subject = await readSubject(endpoint, args, reading, context);
    const sent = await sentLines(endpoint, request, subject.present);
    const matter: Matter = { endpoint, risks: risksIn(write), subject, sent, url: request.url, place };
    const change = { tool: endpoint.tool, request };
    const refused = (guidance: string) =>
      failed({
        code: "confirmation_required",
        message: `Nothing was sent: "${endpoint.title}" has to be confirmed`,
        guidance,
      });
    if (control.canAsk) {
      const { token } = await plans.seal("question", change);
      const waiting = refused("The user has to answer the question first.");
      return { ...waiting, question: { message: questionOf(matter), state: token } };
    }
    if (once) {
      return refused("Call again at a terminal, where you are asked, or with --confirm never if you are sure.");
    }
    const { token, expiresAt } = await plans.seal("plan", change);
    const { isError, value } = refused(
      `Tell the user what it would do and ask for consent; only then call ${control.via} again with the same arguments ` +
        "and this plan_id. It works once, for ten minutes.",
    );
    const plan: JsonObject = {
      will_send: await viewOf(request, endpoint.path, "masked"),
      effects: effectsOf(matter),
      ...objectOf(subject),
      ...changesOf(sent),
      place,
      expires_at: new Date(expiresAt).toISOString(),
    };
    return { isError, value: { ...value, plan_id: token, plan, ...noted(write.warnings) } };
  }
}

function refuseReadOnly({ tool }: Endpoint, by: Limiter): never {
  const { reason, guidance } = READ_ONLY[by];
  throw new RefusedError(`Cannot call ${tool}: ${reason}, and that tool changes something`, {
    code: "read_only",
    guidance: `Nothing was sent. ${guidance}`,
  });
}

function refuseFinally({ title }: Endpoint, action: "decline" | "cancel"): never {
  const how = action === "decline" ? "declined" : "dismissed the question";
  throw new RefusedError(`The user ${how}: "${title}" was not carried out`, {
    code: action === "decline" ? "declined" : "dismissed",
    guidance: "Nothing was sent. That is final: do not call it again unless the user asks for it anew.",
  });
}

/**
 * Makes a gate.
 *
 * @param options What it goes by.
 * @returns The gate; one for the whole program.
 */
export function createWriteGate(options: GateOptions): WriteGate {
  return new Gate(options);
}
