/**
 * What Webex's business codes mean, and what to do about them.
 *
 * The codes were observed by others and are not documented; a code that means different things in different places names
 * the paths, the more special one first.
 *
 * @module
 */

import type { Endpoint } from "../../collection/endpoint.ts";

/** Advice for some codes. */
export interface KnownCode {
  /** The codes, as a whole. */
  readonly codes: RegExp;
  /** `METHOD /path` must match; absent means anywhere. */
  readonly where?: RegExp;
  /** What it means and what to do: one or two sentences. */
  readonly advice: string;
}

const PEOPLE_ME = /\/people\/me(\/|$)|^\w+ \/telephony\/(calls|conference|voiceMessages)(?!\/members\/\{)/;
const MOVE_USERS = /\/jobs\/person\/moveLocation/;

/** All known codes, the more special ones first. */
export const KNOWN_CODES: readonly KnownCode[] = [
  {
    codes: /^4251$/,
    advice:
      "The number to remove does not exist in this location: list the location's numbers, and leave out what is " +
      "already gone. Shortly after its owner was deleted a number can be held for some seconds: then try again.",
  },
  {
    codes: /^4003$/,
    where: MOVE_USERS,
    advice: "A user to be moved was not found: check each userId, and that it belongs to this organization.",
  },
  {
    codes: /^(4003|4008)$/,
    where: PEOPLE_ME,
    advice: "This operation acts as the token's owner, who has no Webex Calling licence: use the operation for " +
      "administrators that names the person, or the token of a calling user.",
  },
  {
    codes: /^4003$/,
    advice:
      "The token's owner may not act on this user: it must belong to the same organization and have Webex Calling.",
  },
  {
    codes: /^4008$/,
    advice: "The user has no Webex Calling licence: assign one, or choose a calling user.",
  },
  {
    codes: /^25008$/,
    advice:
      "A required field is missing from the body: compare it with the tool's schema; a PUT needs all fields of the " +
      "object, not only those that change.",
  },
  {
    codes: /^25024$/,
    advice: "The body is missing or a value has the wrong form: send a body even where all its fields are optional.",
  },
  {
    codes: /^25409$/,
    advice:
      "This setting needs a workspace with a Professional licence: change the workspace's licence first, or leave " +
      "the setting.",
  },
  {
    codes: /^28018$/,
    advice: "The queue is not a Customer Assist queue: leave hasCxEssentials out or set it to false.",
  },
  {
    codes: /^4471$/,
    advice: "A member already belongs to another pickup group: take it out of that one first.",
  },
  {
    codes: /^27349$/,
    advice: "The trunk is still in use: take it out of route groups, dial plans and locations' PSTN connections first.",
  },
  {
    codes: /^28043$/,
    advice: "The replacement of a translation pattern cannot contain wildcards: write the plain digits.",
  },
  {
    codes: /^25015$/,
    advice:
      "The trunk's password has characters or a form that Webex refuses: let Webex generate one, or use letters and " +
      "digits of both cases with a plain special character.",
  },
  {
    codes: /^27650$/,
    advice: "A line key of type SPEED_DIAL needs a value: give the label and the number to dial.",
  },
  {
    codes: /^25220$/,
    advice: "The MAC address is not valid: give 12 hexadecimal digits without separators.",
  },
  {
    codes: /^5675$/,
    advice: "The MAC address already belongs to a device: find the device by it, and delete or move that one first.",
  },
  {
    codes: /^5676$/,
    advice: "The request names the same MAC address twice: name each once.",
  },
  {
    codes: /^6675$/,
    advice: "The announcement file is in use: read where it is used, choose another there, then delete it.",
  },
  {
    codes: /^9289$/,
    advice: "A wrap-up reason of this name exists: choose another name, or change the existing one.",
  },
  {
    codes: /^9290$/,
    advice: "The organization has as many wrap-up reasons as it can have: delete one that is not used.",
  },
  {
    codes: /^5600$/,
    advice: "Another location has this routing prefix: choose one that is free.",
  },
  {
    codes: /^9601$/,
    advice: "This operation works only with a user's own token, not with an administrator's or a service app's.",
  },
  {
    codes: /^ERR\.V\.TRM\.TMN60004$/i,
    advice:
      "Numbers of an integrated PSTN (Cisco Calling Plan, integrated CCP) cannot be changed through the API: use " +
      "Control Hub or the PSTN provider.",
  },
  {
    codes: /^(BATCH-400|102600[6-9]|10260(1\d|2[0-3])|2150012|196\d\d)$/,
    where: MOVE_USERS,
    advice: "A user cannot be moved as asked: correct what the message names (extension, number, licence or target " +
      "location), call again with validate true for that user alone, then start the move.",
  },
  {
    codes: /^(BATCH-400|102600[6-9]|10260(1\d|2[0-3])|2150012)$/,
    advice: "The batch was refused as a whole: correct what the message names and start it again.",
  },
  {
    codes: /^(400000|400112|4004(0[4-9]|1[0-3])|70000[3-6])$/,
    where: /licen[cs]e|^(POST|PUT|PATCH) \/people(\/|$)/i,
    advice:
      "The licence could not be assigned: check that it has free units, fits the user's other licences, and that " +
      "location, number or extension come with it; then read the user before trying again.",
  },
];

function matches(known: KnownCode, code: string, { method, path }: Endpoint): boolean {
  return known.codes.test(code) && (known.where?.test(`${method} ${path}`) ?? true);
}

/**
 * Finds advice for the codes of an answer.
 *
 * @param codes The codes, the first first.
 * @param endpoint What was called.
 * @returns The advice for the first code that has one.
 */
export function adviceFor(codes: readonly string[], endpoint: Endpoint): string | undefined {
  for (const code of codes) {
    const known = KNOWN_CODES.find((candidate) => matches(candidate, code, endpoint));
    if (known !== undefined) return known.advice;
  }
  return undefined;
}
