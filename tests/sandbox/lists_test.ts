import assert from "node:assert/strict";
import type { Paging, Parameter } from "../../src/collection/endpoint.ts";
import { filterItems, pageOf } from "../../src/sandbox/lists.ts";
import { makeEndpoint } from "./endpoints.ts";

function query(name: string, type = "string"): Parameter {
  return { name, in: "query", required: false, explode: true, schema: { type } };
}

const PEOPLE = [
  { id: "1", name: "Anna", enabled: true, location: { id: "L1", name: "Berlin" }, emails: ["anna@example.com"] },
  { id: "2", name: "Joanna", enabled: false, location: { id: "L2", name: "London" }, emails: ["jo@example.com"] },
];

function ids(search: string, ...names: readonly string[]): unknown[] {
  return filterItems(PEOPLE, names.map((name) => query(name)), new URLSearchParams(search))
    .map((item) => typeof item === "object" && item !== null && !Array.isArray(item) ? item.id : undefined);
}

Deno.test("filterItems() looks for a part of a text, in any case", () => {
  assert.deepEqual(ids("name=ANNA", "name"), ["1", "2"]);
  assert.deepEqual(ids("name=joa", "name"), ["2"]);
});

Deno.test("filterItems() wants identifiers and booleans to be equal", () => {
  assert.deepEqual(ids("id=1,9", "id"), ["1"]);
  assert.deepEqual(ids("enabled=false", "enabled"), ["2"]);
});

Deno.test("filterItems() looks into nested objects and plurals", () => {
  assert.deepEqual(ids("locationName=lon", "locationName"), ["2"]);
  assert.deepEqual(ids("locationId=L1", "locationId"), ["1"]);
  assert.deepEqual(ids("email=jo@", "email"), ["2"]);
});

Deno.test("filterItems() ignores parameters that no item knows", () => {
  assert.deepEqual(ids("callingData=true", "callingData"), ["1", "2"]);
});

Deno.test("filterItems() sorts as the parameter order says", () => {
  assert.deepEqual(ids("order=name-desc", "order"), ["2", "1"]);
});

function page(paging: Paging, search: string): { items: unknown[]; next: string | undefined } {
  const endpoint = makeEndpoint("GET", "/list", {
    facts: { paging, kind: "read", destructive: false, idempotent: true, scopes: [], roles: [] },
  });
  const { items, headers } = pageOf([1, 2, 3, 4, 5], endpoint, new URL(`http://127.0.0.1:1/v1/list${search}`));
  return { items, next: /<(.*)>; rel="next"/.exec(headers.link ?? "")?.[1] };
}

Deno.test("pageOf() pages by offset and keeps the other parameters", () => {
  const { items, next } = page({ style: "offset" }, "?max=2&start=2&name=x");
  assert.deepEqual(items, [3, 4]);
  assert.equal(next, "http://127.0.0.1:1/v1/list?max=2&start=4&name=x");
  assert.equal(page({ style: "offset" }, "?max=2&start=4").next, undefined);
});

Deno.test("pageOf() pages by cursor to the end", () => {
  const seen: unknown[] = [];
  let search: string | undefined = "?max=2";
  while (search !== undefined) {
    const { items, next } = page({ style: "cursor" }, search);
    seen.push(...items);
    search = next === undefined ? undefined : new URL(next).search;
  }
  assert.deepEqual(seen, [1, 2, 3, 4, 5]);
});

Deno.test("pageOf() clamps a size above the limit silently", () => {
  assert.deepEqual(page({ style: "offset", max: 3 }, "?max=1000").items, [1, 2, 3]);
  assert.deepEqual(page({ style: "offset", default: 1 }, "").items, [1]);
});
