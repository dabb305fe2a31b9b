/**
 * Takes away the empty file that a lock on a token store leaves behind.
 *
 * @module
 */

import type { CredentialFiles } from "../../webex/credential/credential_files.ts";
import { lockFileOf } from "../credential_files.ts";

/**
 * Removes the lock file of a token store that isn't there (any more). To be called while the lock is held: where there
 * are no tokens, nobody who waits for it finds anything to renew.
 *
 * @param store The token store's path.
 * @param files The disk.
 */
export async function removeLockFile(store: string, files: CredentialFiles): Promise<void> {
  try {
    await files.remove(lockFileOf(store));
  } catch {
    // It is empty, and in nobody's way.
  }
}
