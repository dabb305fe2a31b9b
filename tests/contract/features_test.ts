import assert from "node:assert/strict";
import { embeddedCollection } from "../../src/collection/embedded.ts";
import { selectEndpoints } from "../../src/collection/selection.ts";

/** The features of the reference design. */
const FEATURES = [
  "Call Controls",
  "Call Controls Members",
  "Call Routing",
  "Call Settings For Me 1 2",
  "Call Settings For Me 2 2",
  "Calling Service Settings",
  "Client Call Settings",
  "Conference Controls",
  "Contact Center With Calling For Me",
  "Converged Recordings",
  "Dect Devices Settings",
  "Device Call Settings",
  "Devices",
  "Emergency Services Settings",
  "Features Announcement Playlist",
  "Features Announcement Repository",
  "Features Auto Attendant",
  "Features Call Park",
  "Features Call Pickup",
  "Features Call Queue",
  "Features Call Recording",
  "Features Customer Experience Essentials",
  "Features Hot Desking Sign In Via Voice Portal",
  "Features Hunt Group",
  "Features Operating Modes",
  "Features Paging Group",
  "Features Single Number Reach",
  "Features Virtual Extensions",
  "Hot Desk",
  "Location Call Settings",
  "Location Call Settings Call Handling",
  "Location Call Settings Schedules",
  "Location Call Settings Voicemail",
  "Locations",
  "Numbers",
  "Partner Reports Templates",
  "People",
  "Pstn",
  "Recording Report",
  "Reports",
  "Reports Detailed Call History",
  "Reports Live Stream Detailed Call History",
  "User Call Settings 1 2",
  "User Call Settings 2 2",
  "Virtual Line Call Settings",
  "Webex Calling Integration",
  "Workspace Call Settings 1 2",
  "Workspace Call Settings 2 2",
  "Workspaces",
];

const collections = [embeddedCollection()];

Deno.test("selectEndpoints() knows all 49 features of the reference design", () => {
  assert.equal(new Set(FEATURES).size, 49);
  for (const feature of FEATURES) {
    assert.ok(
      selectEndpoints(collections, { features: { names: [feature], source: "test" }, readOnly: false }).length > 0,
      feature,
    );
  }
});

Deno.test("selectEndpoints() knows every feature of the collection by its own name, however it is written", () => {
  for (const feature of new Set(embeddedCollection().endpoints.map(({ feature }) => feature))) {
    for (const name of [feature, feature.toUpperCase(), feature.replace(/[^A-Za-z0-9]+/g, "-")]) {
      const found = selectEndpoints(collections, { features: { names: [name], source: "test" }, readOnly: false });
      assert.ok(found.some((endpoint) => endpoint.feature === feature), name);
    }
  }
});

Deno.test("selectEndpoints() joins what an alias stands for", () => {
  const found = selectEndpoints(collections, {
    features: { names: ["Call Settings For Me 1 2"], source: "test" },
    readOnly: false,
  });
  assert.ok(new Set(found.map(({ feature }) => feature)).size >= 3);
});

Deno.test("selectEndpoints() leaves only readers when nothing may change", () => {
  const found = selectEndpoints(collections, { readOnly: true });
  assert.ok(found.length > 500 && found.length < 700);
  assert.ok(found.every(({ facts, method }) => facts.kind === "read" && method !== "DELETE" && method !== "PUT"));
});
