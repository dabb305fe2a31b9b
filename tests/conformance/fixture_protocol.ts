/**
 * The server as it is, and on top of it what the official conformance tool asks every server for by name.
 *
 * @module
 */

import type {
  Implementation,
  JSONRPCRequest,
  Result,
  ServerContext,
  ServerOptions,
} from "@modelcontextprotocol/server";
import { isRecord } from "../../src/core/json.ts";
import { ObservedServer, type Observers } from "../../src/server/observed_server.ts";
import { realCall, realCompletion, realPrompt, realResource } from "./fixture_aliases.ts";
import { fixtureResource, fixtureResources, fixtureTemplates, promptOfFixture, prompts } from "./fixture_documents.ts";
import { fixtureTools } from "./fixture_tools.ts";

type Handler = (request: JSONRPCRequest, ctx: ServerContext) => Promise<Result>;
type Params = Readonly<Record<string, unknown>>;

/** Answers a request in place of the real handler, or with its help. */
type Addition = (params: Params, ctx: ServerContext, real: (params: Params) => Promise<Result>) => Promise<Result>;

/** Lists what the server lists, and more. */
function longer(key: string, more: readonly unknown[]): Addition {
  return async (params, _ctx, real) => {
    const result = await real(params);
    const listed = result[key];
    return { ...result, [key]: [...(Array.isArray(listed) ? listed : []), ...more] };
  };
}

/** What the fixture answers itself; where it has nothing, the request goes to the real handler under a real name. */
const ADDITIONS: Readonly<Record<string, Addition>> = {
  "tools/list": longer("tools", fixtureTools.map(({ definition }) => definition)),
  "tools/call": async (params, ctx, real) => {
    const tool = fixtureTools.find(({ definition }) => definition.name === params.name);
    return await (tool?.call?.(ctx, params) ?? real(realCall(params)));
  },
  "resources/list": longer("resources", fixtureResources),
  "resources/templates/list": longer("resourceTemplates", fixtureTemplates),
  "resources/read": async (params, _ctx, real) => fixtureResource(params.uri) ?? await real(realResource(params)),
  "prompts/list": longer("prompts", prompts),
  "prompts/get": async (params, ctx, real) => promptOfFixture(ctx, params) ?? await real(realPrompt(params)),
  "completion/complete": (params, _ctx, real) => real(realCompletion(params)),
};

/** The server with what the tool asks for. */
export class FixtureServer extends ObservedServer {
  /**
   * @param implementation The server's name.
   * @param options What the real server is made with.
   * @param observers Who learns of requests.
   */
  constructor(implementation: Implementation, options: ServerOptions = {}, observers: Observers = {}) {
    // What was deprecated or dropped in 2026-07-28, and the product never had; scenarios of 2025-11-25 want it.
    const capabilities = { ...options.capabilities, logging: {}, resources: { subscribe: true } };
    super(implementation, { ...options, capabilities }, observers);
    this.setRequestHandler("resources/subscribe", () => ({}));
    this.setRequestHandler("resources/unsubscribe", () => ({}));
  }

  protected override _wrapHandler(method: string, real: Handler): Handler {
    const addition = ADDITIONS[method];
    if (addition === undefined) return super._wrapHandler(method, real);
    return super._wrapHandler(method, (request, ctx) => {
      const params = isRecord(request.params) ? request.params : {};
      return addition(params, ctx, (changed) => real({ ...request, params: changed }, ctx));
    });
  }
}
