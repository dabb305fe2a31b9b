/**
 * Gathers what results can say beyond the answer: whose token it is, which read tells, how a job is followed.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import type { Clock } from "../core/clock.ts";
import type { CallContext } from "../core/context.ts";
import type { JsonObject } from "../core/json.ts";
import type { Exchange } from "../webex/client.ts";
import type { Credential } from "../webex/credential/credential.ts";
import type { GuidanceFacts } from "../webex/errors/guidance.ts";
import type { Owner } from "../webex/credential/owner.ts";
import type { TokenOwner } from "../webex/errors/permission.ts";
import { readArguments, readToolFor } from "../webex/errors/read_tool.ts";
import type { Doubt } from "./results/answer_result.ts";
import type { Catalogue } from "./catalogue.ts";
import { jobLink, type ToolOf } from "./jobs/job_link.ts";

/** Knows what results can say. */
export interface Advice {
  /**
   * Gathers what the guidance on a failure can go by. After a 403 Webex is asked who the token's owner is.
   *
   * @param answer The failure.
   * @param doubt Set where the change may have been made all the same.
   * @param context The call's limits.
   */
  factsOf(answer: Exchange, doubt: Doubt | undefined, context: CallContext): Promise<GuidanceFacts>;
  /**
   * Finds the read that tells whether a change was made.
   *
   * @param endpoint What was called.
   * @param args Its arguments.
   */
  readOf(endpoint: Endpoint, args: JsonObject): Promise<Doubt>;
  /** Finds the names of the tools that may be called. */
  toolNames(): Promise<ToolOf>;
  /**
   * Finds the job that a call has started.
   *
   * @param endpoint What was called.
   * @param answer A 2xx answer.
   * @param args The call's arguments.
   */
  jobOf(endpoint: Endpoint, answer: Exchange, args: JsonObject): Promise<JsonObject | undefined>;
}

/** What advice is made of. */
export interface AdviceOptions {
  readonly catalogue: Pick<Catalogue, "endpoints">;
  readonly credential: Pick<Credential, "renewal" | "scopes">;
  readonly owner: Pick<Owner, "lookup">;
  readonly clock: Clock;
}

const FORBIDDEN = 403;

/**
 * Makes advice.
 *
 * @param options What it goes by.
 * @returns The advice.
 */
export function createAdvice({ catalogue, credential, owner, clock }: AdviceOptions): Advice {
  async function ownerOf(context: CallContext): Promise<TokenOwner | undefined> {
    const [identity, scopes] = await Promise.all([owner.lookup(context), credential.scopes().catch(() => undefined)]);
    if (identity === undefined && scopes === undefined) return undefined;
    return {
      ...(identity?.roles === undefined ? {} : { roles: identity.roles }),
      ...(identity?.displayName === undefined ? {} : { displayName: identity.displayName }),
      ...(identity?.organizationName === undefined ? {} : { organizationName: identity.organizationName }),
      ...(scopes === undefined ? {} : { scopes }),
    };
  }

  let names: ReadonlyMap<string, string> | undefined;

  async function toolNames(): Promise<ToolOf> {
    names ??= new Map((await catalogue.endpoints()).map(({ method, path, tool }) => [`${method} ${path}`, tool]));
    return (methodPath) => names?.get(methodPath);
  }

  return {
    toolNames,
    async factsOf(answer, doubt, context) {
      const known = answer.status === FORBIDDEN ? await ownerOf(context) : undefined;
      return {
        renewal: credential.renewal,
        now: clock.now(),
        ...(known === undefined ? {} : { owner: known }),
        ...(doubt === undefined ? {} : { doubt: true }),
        ...(doubt?.tool === undefined ? {} : { readTool: doubt.tool }),
      };
    },
    async readOf(endpoint, args) {
      if (endpoint.facts.kind === "read") return {};
      const read = readToolFor(endpoint, await catalogue.endpoints());
      return read === undefined ? {} : { tool: read.tool, arguments: readArguments(args, read) };
    },
    async jobOf(endpoint, answer, args) {
      return endpoint.facts.job === undefined ? undefined : jobLink(endpoint, answer, await toolNames(), args);
    },
  };
}
