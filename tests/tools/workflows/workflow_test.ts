import assert from "node:assert/strict";
import { isPossible, operationOf, type Step, stepsOf, type Workflow } from "../../../src/tools/workflows/workflow.ts";

function workflowOf(...steps: Step[]): Workflow {
  const [first = { does: "" }, ...rest] = steps;
  return {
    name: "do_it",
    title: "Do it",
    description: "Do",
    arguments: [],
    ask: "",
    before: [first],
    steps: rest,
    after: [],
    traps: [],
  };
}

Deno.test("stepsOf() lists all steps in their order", () => {
  const steps = [{ does: "a" }, { does: "b" }, { does: "c" }];
  assert.deepEqual(stepsOf({ ...workflowOf(...steps), after: [{ does: "d" }] }), [...steps, { does: "d" }]);
});

Deno.test("operationOf() names what is read or written", () => {
  assert.equal(operationOf({ does: "", read: "GET /a" }), "GET /a");
  assert.equal(operationOf({ does: "", write: "PUT /a" }), "PUT /a");
  assert.equal(operationOf({ does: "" }), undefined);
});

Deno.test("isPossible() asks for writes, and for reads only where they are essential", () => {
  const find = (operation: string) => operation === "GET /here" ? "here" : undefined;
  const possible = (...steps: Step[]) => isPossible(workflowOf(...steps), find);
  assert.ok(possible({ does: "" }, { read: "GET /here", does: "" }, { read: "GET /gone", does: "" }));
  assert.ok(possible({ write: "PUT /gone", does: "", essential: false }));
  assert.ok(!possible({ does: "" }, { write: "PUT /gone", does: "" }));
  assert.ok(!possible({ read: "GET /gone", does: "", essential: true }));
});
