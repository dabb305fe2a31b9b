/**
 * What a model is told about the server as a whole.
 *
 * @module
 */

import type { Confirm, SurfaceName } from "../config/config.ts";

/** What the instructions depend on. */
export interface InstructionsOptions {
  /** How many operations there are. */
  readonly size: number;
  /** Whether each has a tool of its own. */
  readonly surface: SurfaceName;
  readonly readOnly: boolean;
  readonly confirm: Confirm;
  readonly sandbox: boolean;
}

/** Clients cut longer instructions silently. */
const MAX_LENGTH = 1900;

function surfaceText({ size, surface, readOnly }: InstructionsOptions): string {
  if (surface === "all") {
    return `Administers Webex Calling: ${size} operations, one tool each, named feature_title (people_list_people, hunt_group_update_a_hunt_group).`;
  }
  const call = readOnly ? "webex_read calls it" : "webex_read calls what reads, webex_write what changes";
  return `Administers Webex Calling: ${size} operations. webex_search finds one by what it does, webex_describe tells its arguments, ${call}.`;
}

function confirmText({ readOnly, confirm }: InstructionsOptions): string {
  if (readOnly) return "";
  const rehearsal = "dry_run=true shows the request of any change and sends nothing.";
  if (confirm === "never") return rehearsal;
  const which = confirm === "writes" ? "Every change" : "A change that can do harm";
  return `${which} is asked about, or first answers "plan": tell the user, and with consent repeat the call with its plan_id. A no is final. ${rehearsal}`;
}

/**
 * Writes the server's instructions.
 *
 * @param options What is served, and how.
 * @returns A text below 2 KB.
 */
export function instructionsFor(options: InstructionsOptions): string {
  const { readOnly, sandbox } = options;
  const paragraphs = [
    surfaceText(options),
    sandbox ? "This is a simulated organization: nothing reaches Webex." : "",
    readOnly ? "Read-only: no tool here changes anything." : "",
    "Ids are opaque: take them from a list call, never make them up. Find the location, person or workspace first.",
    readOnly
      ? ""
      : "This is a live phone system. Read an object before changing it. A PUT replaces lists as a whole: send all members. Read again after writing; some changes take seconds to show.",
    confirmText(options),
    'Results are JSON: {"status_code", "body"}. Lists add "complete" and, when it is false, "next": pass that to webex_next_page, or call with all_pages or max_items. fields (JMESPath of the body) shortens any result. One that is too long shows whole items and "truncated": read the rest with webex_result.',
    'A call that starts a job answers "job": follow it with webex_wait_for_job.',
    'Failures have "error" and "guidance": follow it. Limits and short failures are waited out and retried here. When "outcome_unknown" is told, read before repeating.',
    "Omit orgId for the token's own organization; a partner's token acts on the partner's own without it. people/me tools (me_…) act on the token's owner only and need a calling licence.",
    "Numbers are E.164 (+14155550100); extensions are given without the location's routing prefix; languages are lower case (en_us).",
  ];
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n").slice(0, MAX_LENGTH);
}
