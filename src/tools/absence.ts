/**
 * Tells why a tool that exists is not there.
 *
 * A model that is only told of an unknown tool concludes that the product can't do what its user asks for.
 *
 * @module
 */

import type { Endpoint } from "../collection/endpoint.ts";

/** Gives the reason for a tool that is left out, a clause without a period; `undefined` where there is no such tool. */
export type Absence = (tool: string) => Promise<string | undefined>;

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
    return readOnly && endpoint.facts.kind === "write"
      ? "this server was started read-only, and that tool changes something"
      : `this server was started with a selection of tools that leaves it out; its feature is "${endpoint.feature}"`;
  };
}
