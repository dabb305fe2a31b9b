/**
 * The audit trail where there is no place for one.
 *
 * @module
 */

import { RefusedError } from "../core/errors.ts";
import type { AuditTrail } from "./trail.ts";

/**
 * Makes a trail that lets calls read, and no call write.
 *
 * @param reason Why there is none.
 * @returns The trail.
 */
export function absentAudit(reason: string): AuditTrail {
  return {
    announce: () =>
      Promise.reject(
        new RefusedError(`Cannot record the change: ${reason}`, {
          code: "audit_unavailable",
          guidance: "Start the server with --audit PATH, or with --no-audit to make changes that nothing records.",
        }),
      ),
    record: () => Promise.resolve(`Calls are not recorded: ${reason}`),
    close: () => Promise.resolve(),
  };
}
