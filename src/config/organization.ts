/**
 * Checks the organization that a profile pins its calls to.
 *
 * @module
 */

import { decodeId, uuidOf } from "../core/webex_id.ts";

/**
 * Reads an organization's id, and writes it as Webex takes it in `orgId`: encoded, and without padding.
 *
 * @param text The id as Webex shows it, base64 of `ciscospark://us/ORGANIZATION/<uuid>`, or the bare UUID.
 * @returns The encoded id, or `undefined` if the text is neither: an id of something else names no organization.
 */
export function organizationIdOf(text: string): string | undefined {
  const id = text.trim().replace(/=+$/, "");
  const known = decodeId(id);
  if (known !== undefined) return known.type === "ORGANIZATION" ? id : undefined;
  const uuid = uuidOf(id);
  return uuid === undefined ? undefined : btoa(`ciscospark://us/ORGANIZATION/${uuid}`).replace(/=+$/, "");
}
