/**
 * Who keeps something from a caller, and who can give it: told wrongly, an administrator looks in the wrong place.
 *
 * @module
 */

import type { Config } from "./config.ts";

/** The server, from everybody, or the policy of this caller alone. */
export type Limiter = "server" | "caller";

const PLACE = "in the file of callers or under http.oauth of the configuration";

/** Without a scope for changes a caller is read-only, too. */
const SCOPES = "or by the scopes of an OAuth token";
const CHANGES = `runs the server can change that by read_only, preset or profile of your policy, ${PLACE}, ${SCOPES}`;

/** Who gives a caller more, where its own policy takes it, and by what: clauses without a period. */
export const REMEDIES = {
  readOnly: `whoever ${CHANGES}`,
  selection: `whoever runs the server can change that by features, tool, preset or profile of your policy, ${PLACE}`,
  any: `whoever runs the server can change that by your policy, ${PLACE}, ${SCOPES}`,
} as const;

/** Why nothing can be changed, a clause, and who decides about it, a sentence. */
export const READ_ONLY: Readonly<Record<Limiter, { readonly reason: string; readonly guidance: string }>> = {
  server: {
    reason: "this server was started read-only",
    guidance: "Whoever runs the server decides whether it may change anything.",
  },
  caller: { reason: "your access here is read-only", guidance: `Whoever ${CHANGES}.` },
};

/**
 * Tells who keeps changes from a caller.
 *
 * @param config The configuration that calls go by.
 * @returns `undefined` where changes may be made.
 */
export function readOnlyBy({ readOnly, server }: Pick<Config, "readOnly" | "server">): Limiter | undefined {
  if (!readOnly) return undefined;
  return server === undefined || server.readOnly ? "server" : "caller";
}
