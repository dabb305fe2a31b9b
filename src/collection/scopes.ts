/**
 * Says which scopes an operation needs.
 *
 * @module
 */

import type { Facts } from "./endpoint.ts";

/**
 * Joins the scopes of an operation in words.
 *
 * @param facts Its facts.
 * @returns For example `spark-admin:people_read or spark:people_read`; empty where none is known.
 */
export function scopeText({ scopes, allScopes }: Pick<Facts, "scopes" | "allScopes">): string {
  return scopes.join(allScopes === true ? " and " : " or ");
}
