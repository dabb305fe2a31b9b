/**
 * Finds out what keeps a caller from being served although it is known.
 *
 * @module
 */

import type { Caller, Refusal } from "../../access/caller.ts";
import { missingScope } from "../../access/oauth_caller.ts";
import type { Config } from "../../config/config.ts";
import { UsageError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { SharedParts } from "../shared_parts.ts";
import type { Services } from "./services.ts";
import { asksForChange } from "./write_scope.ts";

/** Beyond so many callers they are told anew. */
const MANY_TOLD = 1_000;

/** What is looked at. */
export interface RefusalsOptions {
  readonly services: Pick<Services, "serviceFor">;
  readonly shared: Pick<SharedParts, "catalogueFor">;
  readonly config: Config;
  readonly log: Pick<Log, "error">;
}

/**
 * Makes what finds it out.
 *
 * @param options What is looked at.
 * @returns Answers the refusal of a caller and a message; `undefined` where there is none.
 */
export function refusalsOf(
  { services, shared, config, log }: RefusalsOptions,
): (caller: Caller, body: unknown) => Promise<Refusal | undefined> {
  async function scopeFor(caller: Caller, body: unknown): Promise<Refusal | undefined> {
    const scope = missingScope(caller, true);
    if (scope === undefined) return undefined;
    // The caller's own tools only read; which of all tools change something is known to the server's catalogue.
    const { catalogue } = await shared.catalogueFor(config);
    if (!await asksForChange(body, catalogue)) return undefined;
    const description = "The token does not allow changes";
    return { status: 403, error: "insufficient_scope", reason: "no_scope", description, scope };
  }

  /** Once for each reason: a client asks again and again. */
  const told = new Map<string, string>();
  function tell({ name }: Caller, { message }: UsageError): void {
    if (told.get(name) === message) return;
    if (told.size >= MANY_TOLD) told.clear();
    told.set(name, message);
    log.error(`Cannot serve caller "${name}": ${message}`);
  }

  return async (caller, body) => {
    try {
      await services.serviceFor(caller);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      tell(caller, error);
      const description = "The policy of this caller leaves nothing that could be served";
      return { status: 403, reason: "no_tools", description };
    }
    return await scopeFor(caller, body);
  };
}
