/**
 * Checks the organization that a profile pins its calls to.
 *
 * @module
 */

const UUID_REGEXP = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const URI_REGEXP = /^ciscospark:\/\/[^/]*\/ORGANIZATION\/./i;
/** Longer than any id of an organization. */
const MAX_LENGTH = 500;

function decoded(id: string): string {
  try {
    return atob(id.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

/**
 * Reads an organization's id, and writes it as Webex takes it in `orgId`: encoded, and without padding.
 *
 * @param text The id as Webex shows it, base64 of `ciscospark://us/ORGANIZATION/<uuid>`, or the bare UUID.
 * @returns The encoded id, or `undefined` if the text is neither: an id of something else names no organization.
 */
export function organizationIdOf(text: string): string | undefined {
  const id = text.trim().replace(/=+$/, "");
  if (UUID_REGEXP.test(id)) return btoa(`ciscospark://us/ORGANIZATION/${id.toLowerCase()}`).replace(/=+$/, "");
  return id.length <= MAX_LENGTH && URI_REGEXP.test(decoded(id)) ? id : undefined;
}
