/**
 * What a model is told about the server as a whole.
 *
 * @module
 */

/** What the instructions depend on. */
export interface InstructionsOptions {
  /** How many tools there are. */
  readonly size: number;
  readonly readOnly: boolean;
  readonly sandbox: boolean;
}

/** Clients cut longer instructions silently. */
const MAX_LENGTH = 1900;

/**
 * Writes the server's instructions.
 *
 * @param options What is served, and how.
 * @returns A text below 2 KB.
 */
export function instructionsFor({ size, readOnly, sandbox }: InstructionsOptions): string {
  const paragraphs = [
    `Administers Webex Calling: ${size} operations, one tool each, named feature_title (people_list_people, hunt_group_update_a_hunt_group).`,
    sandbox ? "This is a simulated organization: nothing reaches Webex." : "",
    readOnly ? "Read-only: no tool here changes anything." : "",
    "Ids are opaque strings: take them from a list call, never make them up. Find the location, person or workspace first, then what belongs to it.",
    readOnly
      ? ""
      : "This is a live phone system. Read an object before changing it. A PUT replaces lists as a whole: send all members, changed and unchanged. Read again after writing; some changes take seconds to show. Deleting cannot be undone: ask the user before.",
    'Results are JSON: {"status_code", "body"}; lists add "complete" and "items_returned". When "complete" is false and the tool takes start, ask for the next page with start (and max); else narrow by filters, a larger max or a shorter time range.',
    'Failures have "error" and "guidance": follow the guidance. A write that failed with a 5xx, or without an answer, may have been carried out: read before repeating.',
    "Omit orgId for the token's own organization; a partner's token acts on the partner's own organization without it. people/me tools (me_…) act on the token's owner only and need a calling licence.",
    "Numbers are E.164 (+14155550100); extensions are given without the location's routing prefix; languages are lower case (en_us).",
  ];
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n").slice(0, MAX_LENGTH);
}
