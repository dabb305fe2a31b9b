/**
 * Asks the client's user whether a change may be made, in the way of each revision of the protocol.
 *
 * Since revision 2026-07-28 the question is a result, and the client calls again with the answer and the state that came
 * with the question. Before that it is a request of the server's own, while the call waits.
 *
 * @module
 */

import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { isRecord } from "../core/json.ts";
import type { Consent } from "../tools/confirmation/gate.ts";
import type { Question } from "../tools/results/result.ts";

/** The question's name among the inputs that a result asks for. */
const KEY = "consent";

/** People take their time; a plan lives no longer. */
const ANSWER_MS = 10 * 60_000;

/** What goes by the name of a server here. */
type Asking = Pick<Server, "getClientCapabilities" | "getNegotiatedProtocolVersion" | "elicitInput">;

/** The first revision in which a question is a result. Revisions are dates, so their order is that of their letters. */
const FIRST_MODERN = "2026-07-28";

/** Yes is to accept; there is nothing to fill in. */
const FORM = { type: "object", properties: {} } as const;

/** What was negotiated counts, and not what a request looks like. */
function isModern(server: Asking): boolean {
  return (server.getNegotiatedProtocolVersion() ?? "") >= FIRST_MODERN;
}

/** Clients tell with every request what they can; those of the earlier revisions have done so once. */
function capabilitiesOf({ mcpReq }: ServerContext, server: Asking): unknown {
  if (!isModern(server)) return server.getClientCapabilities();
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  return envelope[CLIENT_CAPABILITIES_META_KEY];
}

/**
 * Tells whether the client can show its user a question.
 *
 * @param ctx The request.
 * @param server The server of its connection.
 * @returns Whether it has declared forms; a bare declaration means forms (revision 2025-11-25, elicitation).
 */
export function canAsk(ctx: ServerContext, server: Asking): boolean {
  const declared = capabilitiesOf(ctx, server);
  const elicitation = isRecord(declared) ? declared["elicitation"] : undefined;
  if (!isRecord(elicitation)) return false;
  return isRecord(elicitation["form"]) || !isRecord(elicitation["url"]);
}

/**
 * Finds the answer that a repeated request brings.
 *
 * @param ctx The request.
 * @returns The answer; `undefined` where the request brings none, or none to a question of ours.
 */
export function answerIn({ mcpReq }: ServerContext): Consent | undefined {
  const state = mcpReq.requestState<unknown>();
  const response = inputResponse(mcpReq.inputResponses, KEY);
  if (typeof state !== "string" || response.kind !== "elicit") return undefined;
  return { state, action: response.action };
}

/** What came of a question. */
export type Asked =
  /** The client asks, and calls again. */
  | { readonly result: InputRequiredResult }
  /** The user has answered. */
  | { readonly consent: Consent }
  /** The client could not ask after all. */
  | { readonly problem: unknown };

/**
 * Asks.
 *
 * @param question The question.
 * @param ctx The request that waits for it.
 * @param server The server of its connection.
 * @returns What came of it.
 */
export async function ask({ message, state }: Question, ctx: ServerContext, server: Asking): Promise<Asked> {
  if (isModern(server)) {
    const request = inputRequired.elicit({ message, requestedSchema: FORM });
    return { result: inputRequired({ inputRequests: { [KEY]: request }, requestState: state }) };
  }
  try {
    const { signal, id } = ctx.mcpReq;
    const options = { signal, timeout: ANSWER_MS, relatedRequestId: id };
    const { action } = await server.elicitInput({ message, requestedSchema: FORM }, options);
    return { consent: { state, action } };
  } catch (problem) {
    return { problem };
  }
}
