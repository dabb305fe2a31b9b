import assert from "node:assert/strict";
import { sizedFor } from "../../../src/webex/lists/page_size.ts";
import { endpointOf, parameterOf } from "../../support/endpoints.ts";

const parameters = [parameterOf("max")];
const things = endpointOf({ parameters }, { paging: { style: "offset", default: 10, max: 2000 } });
const people = endpointOf({ path: "/people", parameters }, { paging: { style: "cursor", max: 1000 } });

function sized(endpoint: typeof things, search: string, maxItems?: number): string {
  return sizedFor(endpoint, new URL(`https://webexapis.com/v1/things${search}`), maxItems).search;
}

Deno.test("sizedFor() asks for the largest page, or for what is wanted if that is less", () => {
  assert.equal(sized(things, ""), "?max=2000");
  assert.equal(sized(things, "?name=a%20b,c"), "?name=a%20b,c&max=2000");
  assert.equal(sized(things, "", 7), "?max=7");
  assert.equal(sized(things, "", 7000), "?max=2000");
});

Deno.test("sizedFor() asks for as many people as Webex answers in time", () => {
  assert.equal(sized(people, ""), "?max=100");
  assert.equal(sized(people, "?locationId=x"), "?locationId=x&max=50");
  assert.equal(sized(people, "?callingData=true&locationId=x"), "?callingData=true&locationId=x&max=10");
  assert.equal(sized(people, "?callingData=false"), "?callingData=false&max=100");
});

Deno.test("sizedFor() leaves the address alone where the caller chose, or nothing is known", () => {
  assert.equal(sized(things, "?max=5", 3), "?max=5");
  assert.equal(sized(endpointOf({ parameters }, { paging: { style: "cursor" } }), ""), "");
  assert.equal(sized(endpointOf({ parameters }), "", 5), "");
  assert.equal(sized(endpointOf({}, { paging: { style: "offset", max: 10 } }), ""), "");
});
