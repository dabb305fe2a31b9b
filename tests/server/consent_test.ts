import assert from "node:assert/strict";
import type { Server, ServerContext } from "@modelcontextprotocol/server";
import { answerIn, ask, canAsk } from "../../src/server/consent.ts";

type Asking = Pick<Server, "getClientCapabilities" | "getNegotiatedProtocolVersion" | "elicitInput">;

/** A request as the SDK hands it over, with what a test says of it. */
function contextOf(request: Record<string, unknown>, state?: unknown): ServerContext {
  const mcpReq = { id: 1, signal: new AbortController().signal, requestState: () => state, ...request };
  return { mcpReq } as unknown as ServerContext;
}

function modern(capabilities: unknown): ServerContext {
  return contextOf({ envelope: { "io.modelcontextprotocol/clientCapabilities": capabilities } });
}

function serverOf(capabilities?: object, answer?: () => Promise<{ action: string }>, revision = "2025-11-25"): Asking {
  return {
    getNegotiatedProtocolVersion: () => revision,
    getClientCapabilities: () => capabilities,
    elicitInput: answer ?? (() => Promise.reject(new Error("Expected no question"))),
  } as Asking;
}

Deno.test("canAsk() goes by what a request declares, and by the handshake where it declares nothing", () => {
  const form = { elicitation: { form: {} } };
  assert.equal(canAsk(modern(form), newer()), true);
  assert.equal(canAsk(modern({}), newer(form)), false);
  assert.equal(canAsk(contextOf({}), newer(form)), false);
  assert.equal(canAsk(contextOf({}), serverOf(form)), true);
  assert.equal(canAsk(modern({}), serverOf(form)), true);
  assert.equal(canAsk(modern(form), serverOf()), false);
  assert.equal(canAsk(contextOf({}), serverOf()), false);
  assert.equal(canAsk(contextOf({}), serverOf({})), false);
});

Deno.test("canAsk() takes a bare declaration for forms, and addresses alone for none", () => {
  assert.equal(canAsk(modern({ elicitation: {} }), newer()), true);
  assert.equal(canAsk(modern({ elicitation: { url: {} } }), newer()), false);
  assert.equal(canAsk(modern({ elicitation: { url: {}, form: {} } }), newer()), true);
  for (const odd of [null, true, "yes", []]) assert.equal(canAsk(modern({ elicitation: odd }), newer()), false);
});

Deno.test("answerIn() finds the answer and the state of the question", () => {
  const responses = (consent: unknown) => contextOf({ inputResponses: { consent } }, "state");
  assert.deepEqual(answerIn(responses({ action: "accept", content: {} })), { state: "state", action: "accept" });
  assert.deepEqual(answerIn(responses({ action: "decline" })), { state: "state", action: "decline" });
});

Deno.test("answerIn() finds none where anything is missing or of another kind", () => {
  const accept = { consent: { action: "accept" } };
  assert.equal(answerIn(contextOf({ inputResponses: accept })), undefined);
  assert.equal(answerIn(contextOf({ inputResponses: accept }, { decoded: true })), undefined);
  assert.equal(answerIn(contextOf({}, "state")), undefined);
  assert.equal(answerIn(contextOf({ inputResponses: { other: { action: "accept" } } }, "state")), undefined);
  assert.equal(answerIn(contextOf({ inputResponses: { consent: { roots: [] } } }, "state")), undefined);
});

/** A server of a connection whose requests tell what the client can. */
function newer(capabilities?: object): Asking {
  return serverOf(capabilities, undefined, "2026-07-28");
}

const QUESTION = { message: "Sure?", state: "sealed" };

Deno.test("ask() puts the question into a result where the revision has such results", async () => {
  const asked = await ask(QUESTION, modern({ elicitation: {} }), newer());
  assert.ok("result" in asked);
  const { requestState, inputRequests, resultType } = asked.result;
  assert.deepEqual([resultType, requestState], ["input_required", "sealed"]);
  assert.deepEqual(inputRequests?.consent?.method, "elicitation/create");
  assert.match(JSON.stringify(inputRequests), /"message":"Sure\?"/);
});

Deno.test("ask() asks by a request of its own where the revision has no such results", async () => {
  const server = serverOf({ elicitation: {} }, () => Promise.resolve({ action: "decline" }));
  for (const request of [contextOf({}), modern({ elicitation: {} })]) {
    assert.deepEqual(await ask(QUESTION, request, server), { consent: { state: "sealed", action: "decline" } });
  }
});

Deno.test("ask() says that the client could not ask", async () => {
  const asked = await ask(QUESTION, contextOf({}), serverOf({ elicitation: {} }));
  assert.ok("problem" in asked && asked.problem instanceof Error);
});
