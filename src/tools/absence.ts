/**
 * Tells why a tool that exists is not there.
 *
 * A model that is only told of an unknown tool concludes that the product can't do what its user asks for.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";
import { type Limiter, READ_ONLY, REMEDIES } from "../config/limiter.ts";

/** Why a tool is left out. */
export interface Reason {
  readonly by: Limiter;
  /** A clause without a period. */
  readonly text: string;
}

/** Gives the reason for a tool that is left out; `undefined` where there is no such tool. */
export type Absence = (tool: string) => Promise<Reason | undefined>;

/** What the server has for whoever has no policy. */
export interface ServerTools {
  find(tool: string): Promise<Endpoint | undefined>;
  readonly absence: Absence;
}

/**
 * Makes what tells the reason.
 *
 * @param all Gives the endpoints of all collections.
 * @param readOnly Tools that change anything are left out.
 * @returns The reason of each tool, for those that are not in the catalogue.
 */
export function absenceFrom(all: () => Promise<readonly Endpoint[]>, readOnly: boolean): Absence {
  return async (name) => {
    const endpoint = (await all()).find(({ tool, formerly }) => tool === name || formerly?.includes(name) === true);
    if (endpoint === undefined) return undefined;
    const text = readOnly && endpoint.facts.kind === "write"
      ? `${READ_ONLY.server.reason}, and that tool changes something`
      : `this server was started with a selection of tools that leaves it out; its feature is "${endpoint.feature}"`;
    return { by: "server", text };
  };
}

/**
 * Makes what tells the reason to a caller with a policy: the server's, where nobody has the tool, and else the policy.
 *
 * @param server Gives what the server has.
 * @param readOnly The caller has no tools that change anything.
 * @returns The reason of each tool, for those that are not in the caller's catalogue.
 */
export function absenceWithin(server: () => Promise<ServerTools>, readOnly: boolean): Absence {
  return async (name) => {
    const { find, absence } = await server();
    const endpoint = await find(name);
    if (endpoint === undefined) return await absence(name);
    const text = readOnly && endpoint.facts.kind === "write"
      ? `${READ_ONLY.caller.reason}, and that tool changes something; ${REMEDIES.readOnly}`
      : `your access here leaves it out; its feature is "${endpoint.feature}"; ${REMEDIES.selection}`;
    return { by: "caller", text };
  };
}
