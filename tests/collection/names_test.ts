import assert from "node:assert/strict";
import fc from "fast-check";
import { MAX_NAME_LENGTH, type Nameable, nameEndpoints, nameTools, slug } from "../../src/collection/names.ts";

const NAME_REGEXP = /^[a-z][a-z0-9_]*$/;

function item(title: string, parts: Partial<Nameable> = {}): Nameable {
  return { feature: "People", title, method: "GET", path: "/people", ...parts };
}

function nameOf(title: string, feature = "People", namespace = ""): string {
  return nameEndpoints([item(title, { feature })], namespace)[0] ?? "";
}

/** Texts that are no good names: long, foreign, empty, odd, or an inherited member of an object. */
const hostile = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "constructor",
    "__proto__",
    "toString",
    "名前",
    "0",
    "9 lives",
    "_",
    "a".repeat(200),
    "List",
    "List of",
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.constantFrom("constructor", "list", "the", "configuration", "settings", "x", "Überblick"), {
    maxLength: 40,
  })
    .map((words) => words.join(" ")),
);
const items = fc.array(
  fc.record({
    feature: hostile,
    title: hostile,
    method: fc.constantFrom("GET", "POST"),
    path: fc.oneof(hostile, fc.constantFrom("/a/{id}", "/b/{id}", "/a")),
  }),
  { maxLength: 12 },
);
const namespaces = fc.constantFrom("", "n", "webex_admin", "a".repeat(16));

Deno.test("nameEndpoints() makes unique, legal, short names of anything, the same each time", () => {
  fc.assert(
    fc.property(items, namespaces, (list, namespace) => {
      const names = nameEndpoints(list, namespace);
      assert.equal(names.length, list.length);
      assert.equal(new Set(names).size, names.length, names.join(" "));
      for (const name of names) {
        assert.match(name, NAME_REGEXP);
        assert.ok(name.length <= MAX_NAME_LENGTH, name);
        assert.ok(namespace === "" || name.startsWith(namespace), name);
      }
      assert.deepEqual(nameEndpoints(list, namespace), names);
    }),
    { numRuns: 500 },
  );
});

Deno.test("nameTools() keeps to the limit whatever the features' short forms are", () => {
  fc.assert(fc.property(items, fc.stringMatching(/^[a-z_]{1,60}$/), (list, prefix) => {
    const prefixes = Object.fromEntries(list.map(({ feature }) => [feature, prefix]));
    const names = nameTools(list, { prefixes });
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.ok(name.length <= MAX_NAME_LENGTH && /^[a-z_][a-z0-9_]*$/.test(name), name);
  }));
});

Deno.test("nameTools() joins feature and title as they are while they fit", () => {
  assert.equal(nameOf("Create a Person"), "people_create_a_person");
  assert.equal(nameOf("Get User's Details"), "people_get_users_details");
  assert.equal(nameOf("Überprüfen"), "people_uberprufen");
});

Deno.test("nameTools() takes the short form of a feature, and inherits none", () => {
  const prefixes = { "Features: Hunt Group": "hunt_group" };
  assert.deepEqual(nameTools([item("List", { feature: "Features: Hunt Group" })], { prefixes }), ["hunt_group_list"]);
  assert.deepEqual(nameTools([item("List", { feature: "constructor" })], { prefixes }), ["constructor_list"]);
  assert.deepEqual(nameTools([item("List", { feature: "toString" })], { prefixes }), ["to_string_list"]);
});

Deno.test("nameTools() shortens a long title by words and never within them", () => {
  const title = "Retrieve the List of Configuration Settings for the Constructor of a Location";
  const name = nameOf(title);
  assert.match(name, /^people_list_config(_[a-z]+)*$/);
  assert.match(nameOf("Read the constructor of a long long long long title with words"), /constructor/);
});

Deno.test("nameTools() falls back to method and path where the title has no Latin letter", () => {
  assert.equal(nameOf("名前"), "people_get_people");
  assert.equal(nameEndpoints([item("", { feature: "", path: "/" })], "")[0], "get");
});

Deno.test("nameTools() lets no name begin with a digit", () => {
  assert.equal(nameOf("Call", "911 Service"), "x_911_service_call");
});

Deno.test("nameTools() tells equal titles apart by what only their paths say", () => {
  const names = nameTools([
    item("Update Settings", { path: "/people/{id}/voicemail" }),
    item("Update Settings", { path: "/people/{id}/intercept" }),
  ]);
  assert.deepEqual(names, ["people_update_settings_voicemail", "people_update_settings_intercept"]);
});

Deno.test("nameTools() tells equal titles of one path apart by the method", () => {
  const names = nameTools([item("Person", { method: "PUT" }), item("Person", { method: "PATCH" })]);
  assert.deepEqual(names, ["people_person_put", "people_person_patch"]);
});

Deno.test("nameTools() takes no name that another operation has by right", () => {
  const names = nameTools([
    item("Update", { path: "/a" }),
    item("Update", { path: "/b" }),
    item("Update A", { path: "/c" }),
  ]);
  assert.equal(names[2], "people_update_a");
  assert.equal(new Set(names).size, 3);
});

Deno.test("nameTools() names many operations of one title in little time", () => {
  const list = Array.from({ length: 600 }, (_, index) => item("Get", { path: `/a/b${index}/{id}` }));
  const start = performance.now();
  assert.equal(new Set(nameTools(list)).size, 600);
  assert.ok(performance.now() - start < 1_500);
});

Deno.test("slug() writes words with underscores", () => {
  assert.equal(slug("  Call Queue's: DNIS/numbers (v2) — Ünïcode "), "call_queues_dnis_numbers_v2_unicode");
  assert.equal(slug("getUserSettings"), "get_user_settings");
  assert.equal(slug("日本"), "");
});
