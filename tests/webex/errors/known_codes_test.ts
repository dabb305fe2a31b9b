import assert from "node:assert/strict";
import { adviceFor, KNOWN_CODES } from "../../../src/webex/errors/known_codes.ts";
import { endpointOf } from "../../support/endpoints.ts";

const MOVE = endpointOf({ method: "POST", path: "/telephony/config/jobs/person/moveLocation" });
const CASES: [string, RegExp, ReturnType<typeof endpointOf>?][] = [
  ["4251", /number to remove does not exist/],
  ["4003", /may not act on this user/],
  ["4003", /user to be moved was not found/, MOVE],
  ["4003", /acts as the token's owner/, endpointOf({ path: "/telephony/config/people/me/settings" })],
  ["4008", /acts as the token's owner/, endpointOf({ path: "/telephony/calls/{callId}" })],
  ["4008", /no Webex Calling licence/, endpointOf({ path: "/telephony/calls/members/{memberId}/calls" })],
  ["25008", /required field/],
  ["25024", /body is missing/],
  ["25409", /Professional licence/],
  ["28018", /hasCxEssentials/],
  ["4471", /another pickup group/],
  ["27349", /trunk is still in use/],
  ["28043", /wildcards/],
  ["25015", /password/],
  ["27650", /SPEED_DIAL/],
  ["25220", /MAC address is not valid/],
  ["5675", /already belongs to a device/],
  ["5676", /same MAC address twice/],
  ["6675", /announcement file is in use/],
  ["9289", /wrap-up reason of this name/],
  ["9290", /as many wrap-up reasons/],
  ["5600", /routing prefix/],
  ["9601", /user's own token/],
  ["ERR.V.TRM.TMN60004", /integrated PSTN/],
  ["BATCH-400", /validate true/, MOVE],
  ["1026006", /validate true/, MOVE],
  ["1026023", /validate true/, MOVE],
  ["19610", /validate true/, MOVE],
  ["400404", /licence could not be assigned/, endpointOf({ method: "PATCH", path: "/licenses/users" })],
  ["700006", /licence could not be assigned/, endpointOf({ method: "POST", path: "/people" })],
];

for (const [code, advice, endpoint = endpointOf()] of CASES) {
  Deno.test(`adviceFor() knows ${code} at ${endpoint.method} ${endpoint.path}`, () => {
    assert.match(adviceFor([code], endpoint) ?? "", advice);
  });
}

Deno.test("adviceFor() takes the first code that it knows, and says nothing of others", () => {
  assert.match(adviceFor(["1", "5600", "4251"], endpointOf()) ?? "", /routing prefix/);
  for (const code of ["", "1", "42510", "1026024", "1026005", "400404", "19610"]) {
    assert.equal(adviceFor([code], endpointOf()), undefined, code);
  }
});

Deno.test("KNOWN_CODES advises in whole sentences", () => {
  for (const { advice } of KNOWN_CODES) assert.match(advice, /^[A-Z][^\n]{20,300}\.$/);
});
