/**
 * Selections over the real process: what is left out is nowhere, whichever client looks for it.
 *
 * @module
 */

import assert from "node:assert/strict";
import { CLIENTS } from "../support/clients.ts";
import { startUpstream } from "../support/process.ts";

const SELECTED = ["--features", "hunt group", "--tool", "people_list_*", "--exclude-tool", "*_delete_*"];

for (const { name, connect } of CLIENTS) {
  Deno.test(`what is not selected is neither listed, found, described nor called: ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url, ...SELECTED);
    try {
      const names = (await client.list()).map((tool) => tool.name).filter((tool) => !tool.startsWith("webex_"));
      assert.ok(names.includes("hunt_group_create_a_hunt_group") && names.includes("people_list_people"));
      assert.ok(
        names.every((tool) => /^(hunt_group|people_list)_/.test(tool) && !tool.includes("_delete_")),
        `${names}`,
      );
      await assert.rejects(
        client.call("hunt_group_delete_a_hunt_group", {}),
        /a selection of tools that leaves it out/,
      );
      await assert.rejects(client.call("people_create_a_person", {}), /leaves it out/);
      assert.equal((await client.call("people_list_people", {})).isError, false);
      const { tools } = await client.read("webex://catalogue");
      assert.equal(tools, names.length);
      await assert.rejects(client.read("webex://tools/people_create_a_person"), /leaves it out/);
      assert.deepEqual(
        await client.complete({ type: "ref/resource", uri: "webex://tools/{tool}" }, "tool", "people_"),
        ["people_list_people"],
      );
    } finally {
      await client.close();
    }
  });

  Deno.test(`discovery keeps to the selection: ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url, "--tools", "discover", ...SELECTED);
    try {
      const { value } = await client.call("webex_search", { query: "delete a person or a hunt group", limit: 50 });
      const found: { tool: string }[] = value.results;
      assert.ok(found.length > 0);
      assert.ok(found.every(({ tool }) => /^(hunt_group|people_list)_/.test(tool) && !tool.includes("_delete_")));
      for (const [tool, args] of [["webex_describe", {}], ["webex_write", { arguments: {} }]] as const) {
        const { isError, value } = await client.call(tool, { tool: "hunt_group_delete_a_hunt_group", ...args });
        assert.deepEqual([isError, value.error.code], [true, "unknown_tool"]);
        assert.match(value.error.message, /leaves it out/);
      }
      const described = await client.call("webex_describe", { tool: "hunt_group_get_details_for_a_hunt_group" });
      // The list of locations is not selected, so nothing may lead there.
      assert.equal(JSON.stringify(described.value).includes("locations_list_locations"), false);
    } finally {
      await client.close();
    }
  });

  Deno.test(`a preset selects tools for a kind of work: ${name}`, async () => {
    await using upstream = await startUpstream();
    const client = await connect(upstream.url, "--preset", "read-only-audit");
    try {
      assert.ok((await client.list()).every((tool) => tool.annotations?.readOnlyHint === true));
      assert.equal((await client.prompts()).includes("offboard_user"), false);
      await assert.rejects(client.call("people_delete_a_person", {}), /read-only/);
    } finally {
      await client.close();
    }
  });
}
