import assert from "node:assert/strict";
import fc from "fast-check";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { embeddedSpeech } from "../../../src/collection/embedded_speech.ts";
import { parseCollection } from "../../../src/collection/load.ts";
import { createSearchIndex } from "../../../src/collection/search/search_index.ts";
import { hostileText } from "../../support/hostile_collections.ts";

const collection = { ...embeddedCollection(), speech: embeddedSpeech() };
const index = createSearchIndex([collection]);

function find(query: string, limit = 5): string[] {
  return index.search(query, { limit }).endpoints.map(({ tool }) => tool);
}

function finds(query: string, tool: string, within = 5): void {
  const found = find(query, within);
  assert.ok(found.includes(tool), `"${query}" finds ${found.join(", ")}`);
}

Deno.test("search() understands the abbreviations of the field", () => {
  finds("DND for a user", "user_update_do_not_disturb_settings_person");
  finds("list AAs", "auto_attendant_list_auto_attendants");
  finds("new HG", "hunt_group_create_a_hunt_group");
  finds("CQ list", "call_queue_list_call_queues");
  finds("set the ECBN of a user", "emergency_update_persons_callback_number");
  finds("MOH at a location", "location_get_music_on_hold");
  finds("BLF list of a user", "user_retrieve_a_persons_monitoring_settings");
  finds("CDRs of yesterday", "call_history_get_detailed_call_history");
  finds("SNR for Dave", "single_number_reach_get_settings_for_person");
  finds("MWI on", "external_voicemail_set_mwi_status");
  finds("create an SBC", "call_routing_create_a_trunk");
  finds("COS of a user", "user_get_persons_out_calling_perms_config");
  finds("who owns DID +1 617 555 0134", "numbers_list_phone_numbers_of_organization");
  finds("CFNA on the break room phone", "workspace_get_call_forwarding_settings");
  finds("change wrapup reasons on CQ", "customer_assist_update_wrap_up_reason_config");
});

Deno.test("search() understands other makers' words and everyday ones", () => {
  finds("who is in the sales ring group", "hunt_group_get_details_for_a_hunt_group");
  finds("busy lamp field of a user", "user_retrieve_a_persons_monitoring_settings");
  finds("hunt pilots", "hunt_group_read_the_list_of_hunt_groups");
  finds("calling search space of a user", "user_get_persons_out_calling_perms_config");
  finds("wallpaper for a phone", "device_settings_upload_background_image");
  finds("overhead paging zones", "paging_group_read_the_list_of_paging_groups");
  finds("port in numbers", "numbers_add_phone_numbers_to_a_location");
  finds("reset VM pin", "user_reset_voicemail_pin");
  finds("turn off the mailbox of Priya", "user_update_voicemail_settings_for_a_person");
  finds("sidecar keys of a phone", "device_settings_update_layout_by_id");
});

Deno.test("search() forgives slips of the keyboard, and takes no name for one", () => {
  finds("call foward settings for jim", "user_read_forwarding_settings_for_a_person");
  finds("huntgruop details", "hunt_group_get_details_for_a_hunt_group");
  finds("get voicemial settings of user", "user_read_voicemail_settings_for_a_person");
  finds("list autto atendants", "auto_attendant_list_auto_attendants");
  assert.deepEqual(find("call waiting of Paige"), find("call waiting of Priya"));
  assert.deepEqual(find("call waiting for Mark"), find("call waiting for Priya"));
});

Deno.test("search() lets the verb decide between reading, creating, changing and deleting", () => {
  assert.equal(find("list hunt groups")[0], "hunt_group_read_the_list_of_hunt_groups");
  assert.equal(find("create a hunt group")[0], "hunt_group_create_a_hunt_group");
  assert.equal(find("change a hunt group")[0], "hunt_group_update_a_hunt_group");
  assert.equal(find("get rid of a hunt group")[0], "hunt_group_delete_a_hunt_group");
  assert.equal(find("turn on call waiting for a user")[0], "user_update_call_waiting_settings_for_person");
  assert.equal(find("does the user have call waiting?")[0], "user_read_call_waiting_settings_for_a_person");
});

Deno.test("search() lets scope words decide whose settings are meant, and means persons' where none is there", () => {
  assert.equal(find("my own call forwarding")[0], "me_read_my_call_forwarding_settings");
  assert.equal(find("call forwarding of the user")[0], "user_read_forwarding_settings_for_a_person");
  assert.equal(find("call forwarding of the meeting room")[0], "workspace_get_call_forwarding_settings");
  assert.equal(find("call forwarding of the virtual line")[0], "virtual_line_get_call_forwarding_settings");
  assert.equal(find("music on hold of the branch office")[0], "location_get_music_on_hold");
  finds("company wide music on hold", "calling_service_get_org_music_hold_config");
  assert.ok(!find("do not disturb settings", 1)[0]?.startsWith("me_"));
});

Deno.test("search() does not care for politeness, names and quotations", () => {
  finds(
    "hi, could you please turn on do not disturb for Priya's desk phone, thanks",
    "user_update_do_not_disturb_settings_person",
  );
  finds("create a hunt group called 'Voicemail Team'", "hunt_group_create_a_hunt_group");
  finds("E911 address for the Austin site", "pstn_add_an_emergency_address_to_a_location");
});

Deno.test("search() finds an exact name, former name, title, or path first", () => {
  for (const { tool, method, path } of collection.endpoints) {
    assert.equal(find(tool, 1)[0], tool);
    assert.equal(find(`${method} ${path}`, 1)[0], tool);
  }
  for (const { tool, formerly = [] } of collection.endpoints) {
    for (const name of formerly) assert.equal(find(name, 1)[0], tool);
  }
  assert.equal(find("read the list of hunt groups")[0], "hunt_group_read_the_list_of_hunt_groups");
  const { endpoints } = index.search("/telephony/config/queues/settings", { limit: 2 });
  assert.deepEqual(endpoints.map(({ method }) => method).sort(), ["GET", "PUT"]);
});

Deno.test("search() finds what is wanted of one kind and accepted, and counts it", () => {
  const all = index.search("hunt group", { limit: 5 });
  const reads = index.search("hunt group", { limit: 5, kind: "read" });
  assert.ok(reads.endpoints.every(({ facts }) => facts.kind === "read"));
  const writes = index.search("hunt group", { limit: 5, kind: "write" });
  assert.ok(writes.endpoints.every(({ facts }) => facts.kind === "write"));
  assert.equal(reads.total + writes.total, all.total);
  const inFeature = index.search("forwarding", {
    limit: 50,
    accepts: ({ feature }) => feature === "Features: Hunt Group",
  });
  assert.ok(inFeature.endpoints.length > 0);
  assert.equal(inFeature.total, inFeature.endpoints.length);
  assert.equal(index.search("hunt group", { limit: 0 }).endpoints.length, 0);
});

Deno.test("search() finds nothing for a query that says nothing", () => {
  for (const query of ["", "   ", "please could you the of", "?!", "🙂", "12345", "Priya Austin"]) {
    assert.deepEqual(index.search(query, { limit: 5 }), { endpoints: [], total: 0 }, query);
  }
});

Deno.test("search() takes the names of prototypes for words", () => {
  for (const query of ["constructor", "__proto__", "toString", "hasOwnProperty", "prototype length"]) {
    assert.ok(index.search(query, { limit: 5 }).endpoints.length <= 5, query);
  }
});

Deno.test("search() reads only the beginning of a long query", () => {
  const long = `list hunt groups ${"of things ".repeat(10_000)}`;
  assert.equal(find(long)[0], "hunt_group_read_the_list_of_hunt_groups");
  const late = `${"zzzzz ".repeat(20_000)} hunt group`;
  assert.deepEqual(index.search(late, { limit: 5 }), { endpoints: [], total: 0 });
});

Deno.test("search() answers any text, the same each time", () => {
  const part = fc.oneof(hostileText, fc.constantFrom("hunt", "group", "delete", "'", '"', "@", "+1 555", "my", "for"));
  const query = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(" "));
  fc.assert(fc.property(query, fc.integer({ min: 0, max: 20 }), (text, limit) => {
    const first = index.search(text, { limit });
    assert.ok(first.endpoints.length <= limit && first.endpoints.length <= first.total);
    assert.equal(new Set(first.endpoints).size, first.endpoints.length);
    assert.deepEqual(
      index.search(text, { limit }).endpoints.map(({ tool }) => tool),
      first.endpoints.map(({ tool }) => tool),
    );
  }));
});

Deno.test("createSearchIndex() gives the same order each time it builds", () => {
  const again = createSearchIndex([collection]);
  for (const query of ["call forwarding", "list numbers", "delete a phone", "who is in the queue"]) {
    const tools = again.search(query, { limit: 50 }).endpoints.map(({ tool }) => tool);
    assert.deepEqual(tools, find(query, 50), query);
  }
});

const PETS = JSON.stringify({
  openapi: "3.1.0",
  info: { title: "Pets", version: "1" },
  paths: {
    "/pets": {
      get: { summary: "List pets", tags: ["Pets"], responses: {} },
      post: { summary: "Create a pet", tags: ["Pets"], description: "Registers an animal", responses: {} },
    },
    "/pets/{petId}": {
      delete: { summary: "Delete a pet", tags: ["Pets"], responses: {} },
      patch: { summary: "Change a pet", tags: ["Pets"], deprecated: true, responses: {} },
      put: { summary: "Change a pet", tags: ["Pets"], responses: {} },
    },
    "/vaccinations": { get: { summary: "List vaccinations", tags: ["Health"], responses: {} } },
  },
});

Deno.test("createSearchIndex() serves further collections, alone and beside the embedded one", async () => {
  const pets = await parseCollection(PETS, "pets.json", "pets");
  const alone = createSearchIndex([pets]);
  const tools = (query: string) =>
    alone.search(query, { limit: 3 }).endpoints.map(({ method, path }) => `${method} ${path}`);
  assert.equal(tools("list pets")[0], "GET /pets");
  assert.equal(tools("register a new animal")[0], "POST /pets");
  assert.equal(tools("get rid of the pet")[0], "DELETE /pets/{petId}");
  assert.equal(tools("change the pet")[0], "PUT /pets/{petId}");
  const both = createSearchIndex([collection, pets]);
  assert.equal(both.search("vaccinations", { limit: 1 }).endpoints[0]?.path, "/vaccinations");
  assert.equal(
    both.search("list hunt groups", { limit: 1 }).endpoints[0]?.tool,
    "hunt_group_read_the_list_of_hunt_groups",
  );
});

Deno.test("createSearchIndex() finds features by their other names", async () => {
  const { endpoints } = await parseCollection(PETS, "pets.json", "pets");
  const named = createSearchIndex([{ endpoints, aliases: { Health: ["Veterinarian"] } }]);
  assert.equal(named.search("veterinarian", { limit: 1 }).endpoints[0]?.path, "/vaccinations");
  const odd = createSearchIndex([{ endpoints: [], aliases: {} }]);
  assert.deepEqual(odd.search("pets", { limit: 1 }), { endpoints: [], total: 0 });
});

Deno.test("createSearchIndex() finds endpoints by how people speak of them, and others beside them", async () => {
  const pets = await parseCollection(PETS, "pets.json", "pets");
  const others = await parseCollection(PETS.replaceAll("pets", "beasts").replaceAll("pet", "beast"), "b.json", "b");
  const speech = {
    phrases: ({ method }: { method: string }) => method === "DELETE" ? ["farewell"] : [],
    sayings: ({ method, path }: { method: string; path: string }) =>
      path === "/pets" && method === "POST" ? ["somebody new has moved into the kennel", "who lives here"] : [],
  };
  const spoken = createSearchIndex([{ ...pets, speech }, others]);
  const paths = (query: string) =>
    spoken.search(query, { limit: 5 }).endpoints.map(({ method, path }) => `${method} ${path}`);
  assert.equal(paths("has anybody moved into the kennel")[0], "POST /pets");
  assert.deepEqual(paths("farewell"), ["DELETE /pets/{petId}"]);
  assert.equal(paths("list the beasts")[0], "GET /beasts");
});

Deno.test("createSearchIndex() knows how people speak of a part of a collection, too", () => {
  const people = collection.endpoints.filter(({ feature }) => feature === "People");
  assert.ok(people.length > 0);
  const part = createSearchIndex([{ endpoints: people, speech: collection.speech }]);
  for (const { method, path, tool } of people.slice(0, 3)) {
    const [saying = ""] = collection.speech.sayings({ method, path: path });
    assert.ok(part.search(saying, { limit: 3 }).endpoints.some((endpoint) => endpoint.tool === tool), saying);
  }
});

Deno.test("search() finds what was said of an operation, for nearly every saying", () => {
  const said = collection.endpoints.map((endpoint) => ({
    tool: endpoint.tool,
    saying: collection.speech.sayings(endpoint)[0] ?? "",
  }));
  const lost = said.filter(({ tool, saying }) => !find(saying, 5).includes(tool));
  assert.ok(
    lost.length <= said.length / 50,
    `${lost.length} are lost: ${lost.slice(0, 5).map(({ saying }) => saying)}`,
  );
});

Deno.test("search() shows things to whoever only names them, and deletes nothing unasked", () => {
  const first: [string, string][] = [
    ["hunt groups", "hunt_group_read_the_list_of_hunt_groups"],
    ["call queues at the Austin site", "call_queue_list_call_queues"],
    ["people at the Leeds office", "people_list_people"],
    ["trunks", "call_routing_read_the_list_of_trunks"],
    ["locations", "locations_list_locations"],
  ];
  for (const [query, tool] of first) assert.equal(find(query)[0], tool, query);
  for (const query of ["queues at a location", "auto attendants at a branch", "schedules", "call parks"]) {
    const [best] = index.search(query, { limit: 1 }).endpoints;
    assert.equal(best?.facts.kind, "read", query);
  }
});

Deno.test("search() answers questions with something to read, whatever was done in them", () => {
  for (
    const query of [
      "who changed the configuration last week",
      "who deleted the hunt group yesterday",
      "what changed in the call queue settings",
      "which phones were assigned to users last month",
      "how many numbers are used",
      "show me stuck porting orders",
      "see who answers the calls",
      "is there a schedule that closes the office",
      "find users whose calls are forwarded",
      "check the concurrent calls limits on a route group",
      "list disabled trunks",
      "people without a device",
    ]
  ) {
    const [best] = index.search(query, { limit: 1 }).endpoints;
    assert.equal(best?.facts.kind, "read", `"${query}" finds ${best?.tool}`);
  }
});

Deno.test("search() changes the group that somebody joins or leaves", () => {
  const first: [string, string][] = [
    ["add an agent to a hunt group", "hunt_group_update_a_hunt_group"],
    ["put Priya in the sales hunt group", "hunt_group_update_a_hunt_group"],
    ["how do I add an agent to a call queue", "call_queue_update_a_call_queue"],
    ["remove an agent from the call queue", "call_queue_update_a_call_queue"],
    ["add a user to the pickup group", "call_pickup_update_a_call_pickup"],
    ["drop a member from the paging group", "paging_group_update_a_paging_group"],
    ["remove a user from call park", "call_park_update_a_call_park"],
    ["create a hunt group and add users to it", "hunt_group_create_a_hunt_group"],
    ["delete the call queue", "call_queue_delete_a_call_queue"],
  ];
  for (const [query, tool] of first) assert.equal(find(query)[0], tool, query);
});

Deno.test("search() takes the verb that a request begins with for an order, though a phrase begins there, too", () => {
  const first: [string, string][] = [
    ["forward all calls of a user who is on vacation", "user_update_call_forwarding_settings_person"],
    ["transfer user from Austin to London", "user_validate_or_initiate_move_users_job"],
    ["unassign number from user", "user_assign_or_unassign_numbers_to_a_person"],
  ];
  for (const [query, tool] of first) assert.equal(find(query)[0], tool, query);
});
