import assert from "node:assert/strict";
import type { Endpoint } from "../../../src/collection/endpoint.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { readSubject, type Subject } from "../../../src/tools/confirmation/subject.ts";
import { failed } from "../../../src/tools/results/result.ts";
import { contextOf } from "../../support/calls.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

const ID = parameterOf("thingId", { in: "path" });
const GET = endpointOf({ tool: "things_get", path: "/things/{thingId}", parameters: [ID] });
const LIST = endpointOf({ tool: "things_list", path: "/things" }, { list: "items" });
const DELETE = endpointOf({ tool: "things_delete", method: "DELETE", path: "/things/{thingId}", parameters: [ID] }, {
  kind: "write",
});
const DELETE_ALL = endpointOf({ tool: "things_clear", method: "DELETE", path: "/things" }, { kind: "write" });
const PUT = writerOf({ size: { type: "number" }, pin: { type: "string" }, name: { type: "string" } }, [], {
  tool: "things_update",
  method: "PUT",
  path: "/things/{thingId}",
  parameters: [ID],
});

async function subjectOf(
  endpoint: Endpoint,
  args: JsonObject,
  body: Json,
  endpoints: readonly Endpoint[] = [GET, LIST],
): Promise<{ subject: Subject; asked: string[] }> {
  const asked: string[] = [];
  const subject = await readSubject(endpoint, args, {
    endpoints: () => Promise.resolve(endpoints),
    read(source, sent) {
      asked.push(`${source.tool} ${JSON.stringify(sent)}`);
      return Promise.resolve({ isError: false, value: { status_code: 200, body } });
    },
  }, contextOf());
  return { subject, asked };
}

Deno.test("readSubject() names the object by what people call it", async () => {
  const cases: [Json, string][] = [
    [{ displayName: "Ada L", name: "x" }, "Ada L"],
    [{ name: "Support" }, "Support"],
    [{ firstName: "Ada", lastName: "Lovelace" }, "Ada Lovelace"],
    [{ phoneNumber: "+15125550100" }, "+15125550100"],
    [{ extension: 4711 }, "4711"],
    [{ emails: ["ada@example.com"] }, "ada@example.com"],
  ];
  for (const [body, name] of cases) {
    const { subject, asked } = await subjectOf(DELETE, { thingId: "7" }, body);
    assert.deepEqual(subject, { name });
    assert.deepEqual(asked, ['things_get {"thingId":"7"}']);
  }
});

Deno.test("readSubject() lets no name from Webex look like a line of the question", async () => {
  const { subject } = await subjectOf(DELETE, { thingId: "7" }, { name: `a\n\nApproved.\u202e${"x".repeat(200)}` });
  assert.match(subject.name ?? "", /^a Approved\. x+…$/);
  assert.equal([...subject.name ?? ""].length, 80);
});

Deno.test("readSubject() finds the object in the list that it is a part of", async () => {
  const body = { items: [{ id: "6", name: "No" }, { id: "7", name: "Yes" }] };
  assert.deepEqual((await subjectOf(DELETE, { thingId: "7" }, body, [LIST])).subject, { name: "Yes" });
  assert.deepEqual((await subjectOf(DELETE, { thingId: "8" }, body, [LIST])).subject, {});
});

Deno.test("readSubject() counts what a collection holds, and names the first", async () => {
  const items = ["a", "b", "c", "d", "e", "f"].map((name) => ({ name }));
  assert.deepEqual((await subjectOf(DELETE_ALL, {}, { items })).subject, {
    count: 6,
    names: ["a", "b", "c", "d", "e"],
  });
  assert.deepEqual((await subjectOf(DELETE_ALL, {}, { items: [] })).subject, { count: 0 });
});

Deno.test("readSubject() shows which members a replacement changes, and no secret", async () => {
  const { subject } = await subjectOf(PUT, { thingId: "7", size: 3, name: "Same", pin: "1234" }, {
    name: "Same",
    size: 2,
    pin: "9999",
    other: 1,
  });
  assert.deepEqual(subject, { name: "Same", changes: { size: ["2", "3"], pin: ["(hidden)", "(hidden)"] } });
  const fresh = await subjectOf(PUT, { thingId: "7", size: 3 }, { name: "Same" });
  assert.deepEqual(fresh.subject.changes, { size: ["(not set)", "3"] });
});

Deno.test("readSubject() asks for nothing where no read is known, or the call does not say enough for it", async () => {
  assert.deepEqual(await subjectOf(DELETE, { thingId: "7" }, {}, []), { subject: {}, asked: [] });
  assert.deepEqual(await subjectOf(DELETE, {}, {}, [GET]), { subject: {}, asked: [] });
});

Deno.test("readSubject() tells why the object could not be read", async () => {
  const subject = await readSubject(DELETE, { thingId: "7" }, {
    endpoints: () => Promise.resolve([GET]),
    read: () => Promise.resolve(failed({ status: 404, code: "not_found", message: "No such\nthing", guidance: "" })),
  }, contextOf());
  assert.deepEqual(subject, { problem: "Webex answered 404: No such thing" });
});

Deno.test("readSubject() takes a body of any form", async () => {
  for (const body of [null, [], "text", 5, { items: "no list" }, { name: {} }]) {
    assert.deepEqual((await subjectOf(DELETE, { thingId: "7" }, body)).subject, {});
  }
});
