import assert from "node:assert/strict";
import { createWorkflowBook } from "../../../src/tools/workflows/workflow_book.ts";

function bookOf(knows: (operation: string) => boolean) {
  const find = (operation: string) => knows(operation) ? "some_tool" : undefined;
  return createWorkflowBook({ operations: () => Promise.resolve(find) }, "discover");
}

Deno.test("createWorkflowBook() lists what is possible, and says why something is not", async () => {
  const book = bookOf((operation) => operation.startsWith("GET "));
  const names = (await book.list()).map(({ name }) => name);
  assert.deepEqual(names, ["investigate_call_history", "explore_feature"]);
  assert.equal(
    await book.absence("onboard_user"),
    "it needs tools that this server was started without (read-only, or a selection)",
  );
  assert.equal(await book.absence("onboard_everybody"), undefined);
});

Deno.test("createWorkflowBook() says of what others can do here that the caller's own access leaves it out", async () => {
  const none = { operations: () => Promise.resolve(() => undefined) };
  const reads = bookOf((operation) => operation.startsWith("GET "));
  const book = createWorkflowBook(none, "discover", () => Promise.resolve(reads));
  assert.match(
    await book.absence("investigate_call_history") ?? "",
    /^it needs tools that your access here leaves out; whoever runs the server can change that by your policy, in/,
  );
  assert.match(await book.absence("onboard_user") ?? "", /tools that this server was started without/);
  assert.equal(await book.absence("onboard_everybody"), undefined);
});

Deno.test("createWorkflowBook() writes a workflow for its surface", async () => {
  const book = bookOf(() => true);
  const [first] = await book.list();
  assert.ok(first);
  assert.match(
    await book.render(first, { email: "ada@example.com" }),
    /ada@example\.com[^]*webex_write with tool `some_tool`/,
  );
});
