/**
 * Writes a caller's policy for people.
 *
 * @module
 */

import { type CallerPolicy, policyRecord } from "../../config/caller_policy.ts";

/**
 * Writes a policy in one line.
 *
 * @param policy The policy.
 * @returns For example `read_only, features: People + Numbers`; `as the server` for one that says nothing.
 */
export function policyText(policy: CallerPolicy): string {
  const parts = Object.entries(policyRecord(policy)).map(([key, value]) => {
    if (value === true) return key;
    return `${key}: ${Array.isArray(value) ? value.join(" + ") : String(value)}`;
  });
  return parts.length === 0 ? "as the server" : parts.join(", ");
}
