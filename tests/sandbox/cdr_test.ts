import assert from "node:assert/strict";
import { at, listAt, makeBench, NOW, type Reply } from "./support.ts";

const HOUR = 3_600_000;
const { call } = makeBench();

function feed(from: number, to: number, more = "", endpoint = "cdr_feed"): Promise<Reply> {
  const at = (hours: number) => new Date(NOW - hours * HOUR).toISOString();
  return call("GET", `/${endpoint}?startTime=${at(from)}&endTime=${at(to)}${more}`);
}

Deno.test("listRecords() answers records with human labels, the same each time", async () => {
  const { status, body } = await feed(5, 4);
  const [first] = listAt(body, "items");
  assert.equal(status, 200);
  assert.equal(typeof at(first, "Answer time"), "string");
  assert.equal(typeof at(first, "Calling number"), "string");
  assert.deepEqual(body, (await feed(5, 4)).body);
});

Deno.test("listRecords() pages and raises a small page to its lower bound", async () => {
  const first = await feed(12, 0.1, "&max=1");
  assert.equal(listAt(first.body, "items").length, 500);
  const next = /<([^>]+)>/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  assert.ok(listAt((await call("GET", next)).body, "items").length > 0);
});

Deno.test("listRecords() answers 404 in the flat shape where there is nothing", async () => {
  const { status, body } = await feed(4, 3, "&locations=Atlantis");
  assert.equal(status, 404);
  assert.equal(typeof at(body, "errorCode"), "number");
  assert.equal(at(body, "errors"), undefined);
});

Deno.test("listRecords() keeps to the locations that are named", async () => {
  const { body } = await feed(8, 2, "&locations=London%20Office,Berlin%20Werk");
  const places = new Set(listAt(body, "items").map((record) => at(record, "Location")));
  assert.deepEqual([...places].sort(), ["Berlin Werk", "London Office"]);
});

Deno.test("listRecords() refuses windows that are too long, too new, too old or reversed", async () => {
  for (const [from, to] of [[14, 1], [1, 0], [800, 799], [1, 2]]) {
    assert.equal((await feed(from ?? 0, to ?? 0)).status, 400);
  }
  assert.equal((await feed(5, 2, "", "cdr_stream")).status, 400);
  assert.equal((await feed(3, 2, "", "cdr_stream")).status, 200);
  const sloppy = await call("GET", "/cdr_feed?startTime=2026-06-17T10:00:00Z&endTime=2026-06-17T11:00:00Z");
  assert.equal(sloppy.status, 400);
});
