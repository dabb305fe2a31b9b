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
    'Results are JSON: {"status_code", "body"}. Lists add "complete" and, when it is false, "next": pass that to webex_next_page, or call with all_pages or max_items. fields (JMESPath of the body) shortens any result. A result that is too long shows whole items and "truncated": read the rest with webex_result.',
    'A call that starts a job answers "job": follow it with webex_wait_for_job.',
    'Failures have "error" and "guidance": follow the guidance. Limits and short failures are waited out and retried here. When "outcome_unknown" is told, read before repeating.',
    "Omit orgId for the token's own organization; a partner's token acts on the partner's own organization without it. people/me tools (me_…) act on the token's owner only and need a calling licence.",
    "Numbers are E.164 (+14155550100); extensions are given without the location's routing prefix; languages are lower case (en_us).",
  ];
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n").slice(0, MAX_LENGTH);
}
