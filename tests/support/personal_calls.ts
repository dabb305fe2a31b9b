/**
 * Calls that carry values of somebody, which must show up in no log, no metric and no trace.
 *
 * @module
 */

import type { FaultRule } from "../../src/sandbox/faults.ts";

/** What belongs to somebody, and must not be in the log. */
export const NAME = "Ottilie Quastenberg";
/** Somebody's address. */
export const EMAIL = "ottilie.quastenberg@private.example";
const NUMBER = "+15125559876";
const ID = btoa("ciscospark://us/PEOPLE/0771e000-0000-4000-8000-00000000771e");
/** An id of another kind than is asked for. */
export const WRONG_ID = btoa("ciscospark://us/LOCATION/0771e000-0000-4000-8000-00000000771f");
/** Somebody's secret. */
export const PIN = "837465";
const PLANTED = [NAME, "Ottilie", "Quastenberg", EMAIL, "private.example", NUMBER, NUMBER.slice(1), ID, WRONG_ID, PIN];

/** Arguments that belong to somebody. */
export const PERSONAL = { displayName: NAME, emails: [EMAIL], phoneNumbers: [{ type: "work", value: NUMBER }] };
/** An error of Webex that repeats values. */
export const FAILURE = {
  message: `${NAME} <${EMAIL}> has no ${NUMBER}`,
  errors: [{ description: `${ID} is not ${NAME}`, errorCode: EMAIL }],
  trackingId: `T_${NAME}`,
};
/** Asks for somebody by an id. */
export function get(personId: string = ID): readonly [string, Record<string, unknown>] {
  return ["people_get_person_details", { personId }];
}

/** Calls that end well, badly, or not at all, each with values of somebody. */
export const CALLS: readonly (readonly [string, Record<string, unknown>])[] = [
  ["people_list_people", { email: EMAIL, displayName: NAME }],
  ["people_list_people", { max: 2, all_pages: true, max_items: 4, fields: `items[?displayName=='${NAME}']` }],
  ["people_list_people", { fields: `items[?displayName=='${NAME}'` }],
  ["people_create_a_person", PERSONAL],
  ["people_create_a_person", { ...PERSONAL, orgId: WRONG_ID }],
  ["people_create_a_person", { ...PERSONAL, emails: NAME, nickname: NAME }],
  ["people_update_a_person", { personId: ID, ...PERSONAL }],
  ["people_delete_a_person", { personId: `${ID}/../${NAME}` }],
  ["user_update_do_not_disturb_settings_person", { personId: ID, webexGoOverrideEnabled: NAME }],
  ["user_update_busy_voicemail_greeting_person", { personId: ID, file: `/nowhere/${NAME}.wav` }],
  ["numbers_remove_phone_numbers_from_a_location", { locationId: WRONG_ID, phoneNumbers: [NUMBER] }],
  ["call_history_get_detailed_call_history", { startTime: NAME, endTime: EMAIL }],
  ["call_history_get_live_stream", { startTime: new Date(Date.now() - 3_600_000).toISOString(), endTime: NUMBER }],
  ["webex_next_page", { next: NAME }],
  ["webex_result", { handle: NAME, filter: EMAIL }],
  ["webex_wait_for_job", { poll_tool: NAME, job_id: ID }],
  ["locations_list_locations", { [EMAIL]: NAME }],
  ["call_pickup_create_a_call_pickup", { locationId: ID, name: NAME, agents: [{ [EMAIL]: WRONG_ID }] }],
  get(),
  get(WRONG_ID),
];

/** What the upstream does meanwhile; each is used once. */
export const FAULTS: readonly FaultRule[] = [
  { status: 400, body: FAILURE },
  { status: 403, body: FAILURE, headers: { trackingid: `T_${EMAIL}`, "cisco-spark-error-codes": EMAIL } },
  { status: 502, text: `<html><body>${NAME}</body></html>` },
  { status: 503, body: FAILURE },
  { status: 200, text: `<html><body>${NAME}</body></html>` },
  { status: 302, headers: { location: `https://${EMAIL.split("@")[1]}/${ID}` } },
  { status: 206, body: { items: [{ id: ID, status: 409, message: FAILURE.message }] } },
  { status: 200, body: PERSONAL, headers: { link: `<https://other.example/${ID}>; rel="next"` } },
  { drop: true },
  { dropAfterBytes: 3 },
  { status: 429, body: FAILURE, retryAfter: 1 },
];

/** Every planted value that stands in a text, also in the form that it has in addresses. */
export function found(text: string): string[] {
  const lower = text.toLowerCase();
  return PLANTED.flatMap((value) => [value, encodeURIComponent(value)]).filter((value) =>
    lower.includes(value.toLowerCase())
  );
}
