import assert from "node:assert/strict";
import { CLIENTS } from "../support/clients.ts";
import { startUpstream } from "../support/process.ts";

for (const { name, revision, connect } of CLIENTS) {
  Deno.test(`the server serves the client of ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url);
    try {
      assert.equal(client.revision, revision);
      assert.match(client.instructions ?? "", /Webex Calling/);

      const tools = await client.list();
      assert.equal(tools.length, 1180);
      assert.equal(tools.find((tool) => tool.name === "people_list_people")?.annotations?.readOnlyHint, true);

      const people = await client.call("people_list_people", { max: "2" });
      assert.equal(people.isError, false);
      assert.equal(people.value.status_code, 200);
      assert.equal(people.value.items_returned, 2);
      assert.equal(people.value.complete, false);

      const created = await client.call("people_create_a_person", {
        emails: ["ada@example.com"],
        firstName: "Ada",
        lastName: "Lovelace",
      });
      assert.equal(created.isError, false);
      const personId = created.value.body.id;
      const read = await client.call("people_get_person_details", { personId });
      assert.equal(read.value.body.firstName, "Ada");

      const refused = await client.call("people_get_person_details", { personID: personId });
      assert.equal(refused.isError, true);
      assert.equal(refused.value.status_code, undefined);
      assert.match(JSON.stringify(refused.value), /did you mean \\?\\"personId/);

      const deleted = await client.call("people_delete_a_person", { personId });
      assert.deepEqual([deleted.isError, deleted.value.status_code, deleted.value.body], [false, 204, null]);
      const gone = await client.call("people_get_person_details", { personId });
      assert.equal(gone.isError, true);
      assert.equal(gone.value.status_code, 404);
      assert.ok(gone.value.error.message.length > 0);
      assert.ok(gone.value.guidance.length > 0);
      assert.ok(gone.value.tracking_id.length > 0);

      await assert.rejects(client.call("people_list_peple", {}), /people_list_people/);
    } finally {
      await client.close();
    }
    const sent = upstream.sandbox.requests.entries.map(({ method, path }) => `${method} ${path.split("/")[1]}`);
    assert.deepEqual(sent, ["GET people", "POST people", "GET people", "DELETE people", "GET people"]);
  });
}
