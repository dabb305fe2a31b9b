/**
 * Makes sure that the program may listen where it is told to.
 *
 * @module
 */

import { type Address, addressText } from "../../config/address.ts";
import { UsageError } from "../../core/errors.ts";
import type { System } from "../system.ts";

/**
 * Asks for the permission beforehand, because the listener itself would throw where nobody can catch it.
 *
 * @param address The address.
 * @param system The outside of the program.
 * @throws {UsageError} If the program may not listen there.
 */
export async function requireAddress(address: Address, system: Pick<System, "mayUse">): Promise<void> {
  const host = addressText(address);
  if (await system.mayUse(host)) return;
  throw new UsageError(`Cannot listen on ${host}: the program was started without the permission to use it`, {
    code: "missing_permission",
    guidance:
      `Start it with -P=http for this machine's own address, or add --allow-net=${host} with all hosts that are called.`,
  });
}
