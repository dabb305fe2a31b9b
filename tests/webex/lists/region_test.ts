import assert from "node:assert/strict";
import type { Json } from "../../../src/core/json.ts";
import type { Outgoing } from "../../../src/webex/client.ts";
import { createRegions, movedTo, regionIn, type RegionsOptions } from "../../../src/webex/lists/region.ts";
import { contextOf } from "../../support/calls.ts";

const GENERAL = "analytics-calling.webexapis.com";
const EUROPE = "analytics-calling-eu.webexapis.com";
const ADDRESS = `https://${GENERAL}/v1/cdr_feed?startTime=2026-06-17T10%3A00%3A00.000Z&locations=A,B`;

function outgoing(url: string): Outgoing {
  return { method: "GET", url: new URL(url), headers: new Headers(), kind: "read", family: "cdr_initial" };
}

/** Regions where only one host has the records. */
function world(home: string, options: Partial<RegionsOptions> = {}, message = `Please use ${home}`) {
  const asked: string[] = [];
  const families: unknown[] = [];
  const regions = createRegions({
    send: ({ url, family }) => {
      asked.push(url.href);
      families.push(family);
      const isHome = url.host === home;
      const body: Json = isHome ? { items: [] } : { errorCode: 451, message };
      return Promise.resolve({ status: isHome ? 200 : 451, body, isPage: false, hasNext: false });
    },
    ...options,
  });
  return { asked, families, ask: (url: string) => regions.send(outgoing(url), contextOf()) };
}

Deno.test("regionIn() reads the host in all wordings", () => {
  const wordings = [
    `The organization's data is elsewhere, you should go to URL: https://${EUROPE}/v1/cdr_feed`,
    `should go to URL: https://${EUROPE}`,
    `Please use ${EUROPE}.`,
    `URL: ${EUROPE}`,
    `URL:${EUROPE.toUpperCase()}, thank you`,
    `"${EUROPE}"`,
    `${GENERAL} does not hold it, ${EUROPE} does`,
    `See https://help.webex.com and http://${EUROPE}:443/v1`,
  ];
  for (const message of wordings) {
    assert.equal(regionIn({ errorCode: 451, message, trackingId: "T" }, GENERAL), EUROPE, message);
    assert.equal(regionIn(message, GENERAL), EUROPE, message);
    assert.equal(regionIn({ errors: [{ description: message }] }, GENERAL), EUROPE, message);
  }
});

Deno.test("regionIn() takes only another host of the call records", () => {
  const messages = [
    `Please use ${GENERAL}`,
    "Please use evil.example",
    `Please use ${EUROPE}.evil.example`,
    `Please use x-${EUROPE}`,
    `Please use evil.${EUROPE}`,
    "Please use webexapis.com",
    "Please use calling-cdr.webexapis.com",
    "",
  ];
  for (const message of messages) assert.equal(regionIn({ message }, GENERAL), undefined, message);
  assert.equal(regionIn(null, GENERAL), undefined);
});

Deno.test("movedTo() keeps path and query, and has /v1 once", () => {
  const expected = `https://${EUROPE}/v1/cdr_feed?a=%20b`;
  for (const path of ["/cdr_feed", "/v1/cdr_feed", "/v1/v1/cdr_feed"]) {
    assert.equal(movedTo(new URL(`https://${GENERAL}${path}?a=%20b`), EUROPE).href, expected);
  }
});

Deno.test("createRegions() follows a 451 once and goes there directly from then on", async () => {
  const { asked, families, ask } = world(EUROPE);
  const moved = ADDRESS.replace(GENERAL, EUROPE);
  const { answer, url } = await ask(ADDRESS);
  assert.deepEqual([answer.status, url.href, asked], [200, moved, [ADDRESS, moved]]);
  assert.deepEqual(families, ["cdr_initial", "cdr_follow_up"]);
  await ask(ADDRESS.replace("cdr_feed", "cdr_stream"));
  assert.deepEqual(asked.slice(2), [moved.replace("cdr_feed", "cdr_stream")]);
  assert.equal(families[2], "cdr_initial");
});

Deno.test("createRegions() follows once more when the remembered region no longer answers", async () => {
  const australia = "analytics-calling-au.webexapis.com";
  let home = EUROPE;
  const asked: string[] = [];
  const regions = createRegions({
    send: ({ url: { host } }) => {
      asked.push(host);
      const status = host === home ? 200 : 451;
      return Promise.resolve({ status, body: `Please use ${home}`, isPage: false, hasNext: false });
    },
  });
  await regions.send(outgoing(ADDRESS), contextOf());
  home = australia;
  assert.equal((await regions.send(outgoing(ADDRESS), contextOf())).answer.status, 200);
  assert.deepEqual(asked, [GENERAL, EUROPE, EUROPE, australia]);
});

Deno.test("createRegions() lets a 451 stand that leads nowhere, or in a circle", async () => {
  const nowhere = world(EUROPE, {}, "Please use evil.example");
  assert.equal((await nowhere.ask(ADDRESS)).answer.status, 451);
  assert.equal(nowhere.asked.length, 1);
  const circle = world("nobody", {}, `Please use ${EUROPE}`);
  const { answer, url } = await circle.ask(ADDRESS);
  assert.deepEqual([answer.status, url.host, circle.asked.length], [451, EUROPE, 2]);
  await circle.ask(ADDRESS);
  assert.equal(circle.asked[2], ADDRESS);
});

Deno.test("createRegions() calls no other host with a base URL of its own, nor for other operations", async () => {
  const chosen = world(EUROPE, { baseUrl: `https://${GENERAL}/v1` });
  assert.equal((await chosen.ask(ADDRESS)).answer.status, 451);
  assert.equal(chosen.asked.length, 1);
  const other = world(EUROPE);
  for (
    const url of ["https://webexapis.com/v1/people", "https://analytics.webexapis.com/v1/analytics/callQualityStats"]
  ) {
    assert.equal((await other.ask(url)).answer.status, 451);
  }
  assert.equal(other.asked.length, 2);
});
