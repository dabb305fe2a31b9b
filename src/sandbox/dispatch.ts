/**
 * Chooses who handles a request: the few endpoints with a life of their own, or the rule for all others.
 *
 * @module
 */

import type { Answer } from "./answer.ts";
import { handleAccessCodes } from "./access_codes.ts";
import { actOnCall, confer, readCalls, readHistory } from "./calls.ts";
import { listRecords } from "./cdr.ts";
import { handleGenerically } from "./crud.ts";
import { changeLocation, changeVendor, followJob, startDeclaredJob } from "./jobs.ts";
import { changeNumbers, listNumbers, validateNumbers } from "./numbers.ts";
import { listPeople, onePerson, queueAgent, tokenOwner } from "./people.ts";
import { orderReport, readReports } from "./reports.ts";
import type { Call } from "./world.ts";

type Handler = (call: Call) => Answer;

const EXACT: Readonly<Record<string, Handler>> = {
  "GET /people": listPeople,
  "POST /people": onePerson,
  "GET /people/{personId}": onePerson,
  "PUT /people/{personId}": onePerson,
  "DELETE /people/{personId}": onePerson,
  "GET /people/me": tokenOwner,
  "GET /telephony/config/people/me": tokenOwner,
  "GET /telephony/config/queues/agents/{id}": queueAgent,
  "GET /telephony/config/numbers": listNumbers,
  "POST /telephony/config/locations/{locationId}/numbers": changeNumbers,
  "PUT /telephony/config/locations/{locationId}/numbers": changeNumbers,
  "DELETE /telephony/config/locations/{locationId}/numbers": changeNumbers,
  "POST /telephony/config/actions/validateNumbers/invoke": validateNumbers,
  "PUT /telephony/config/locations/{locationId}": changeLocation,
  "PUT /telephony/config/callRecording/vendor": changeVendor,
  "PUT /telephony/config/locations/{locationId}/callRecording/vendor": changeVendor,
  "GET /cdr_feed": listRecords,
  "GET /cdr_stream": listRecords,
};

const FAMILIES: readonly (readonly [RegExp, Handler])[] = [
  [/^POST \/telephony\/config\/jobs\/(?!.*\{jobId\})/, startDeclaredJob],
  [/^\w+ \/telephony\/config\/jobs\//, followJob],
  [/^\w+ .*\/outgoingPermission\/accessCodes$/, handleAccessCodes],
  [/^\w+ \/telephony\/conference(\/|$)/, confer],
  [/^GET \/telephony\/calls\/(members\/[^/]+\/)?history$/, readHistory],
  [/^GET \/telephony\/calls(\/|$)/, readCalls],
  [/^POST \/telephony\/calls\//, actOnCall],
  [/^GET \/(partner\/)?reports(\/\{reportId\})?$/, readReports],
  [/^POST \/(partner\/)?reports$/, orderReport],
];

/**
 * Handles a request.
 *
 * @param call The request, checked.
 * @throws {Refusal} If the organization refuses it.
 */
export function dispatch(call: Call): Answer {
  const key = `${call.endpoint.method} ${call.endpoint.path}`;
  const handler = EXACT[key] ?? FAMILIES.find(([pattern]) => pattern.test(key))?.[1] ?? handleGenerically;
  return handler(call);
}
