import { encode } from "gpt-tokenizer/encoding/o200k_base";
import assert from "node:assert/strict";
import { argumentsOf } from "../../../src/collection/arguments.ts";
import { embeddedCollection } from "../../../src/collection/embedded.ts";
import { OPTION_SCHEMAS } from "../../../src/tools/call_options.ts";
import { renderWorkflow } from "../../../src/tools/workflows/render.ts";
import { isPossible, operationOf, stepsOf, type Workflow } from "../../../src/tools/workflows/workflow.ts";
import { WORKFLOWS } from "../../../src/tools/workflows/workflows.ts";

const ENDPOINTS = new Map(
  embeddedCollection().endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]),
);

const find = (operation: string) => ENDPOINTS.get(operation)?.tool;

const READS = new Map([...ENDPOINTS].filter(([, { facts }]) => facts.kind === "read"));

/** The lines of a prompt may cost this much; what the user gives comes to it. */
const MAX_TOKENS = 950;

function everyStep(work: (workflow: Workflow, step: ReturnType<typeof stepsOf>[number]) => void): void {
  for (const workflow of WORKFLOWS) for (const step of stepsOf(workflow)) work(workflow, step);
}

Deno.test("WORKFLOWS hold the tasks of an administrator, each under a name of its own", () => {
  const names = WORKFLOWS.map(({ name }) => name);
  assert.deepEqual(names, [
    "onboard_user",
    "offboard_user",
    "move_users",
    "forward_calls",
    "open_location",
    "set_up_emergency",
    "build_call_queue",
    "build_hunt_group",
    "build_auto_attendant",
    "assign_device",
    "investigate_call_history",
    "check_routing",
    "explore_feature",
  ]);
  for (const { title, description, arguments: known, traps } of WORKFLOWS) {
    assert.ok(title !== "" && description !== "" && traps.length > 0);
    assert.doesNotMatch(description, /\n|\.$/);
    assert.equal(new Set(known.map(({ name }) => name)).size, known.length);
    assert.ok(known.some(({ required }) => required));
    for (const { name } of known) assert.match(name, /^[a-z][a-z_]*$/);
  }
});

Deno.test("WORKFLOWS name operations of the embedded collection, and what to do without any other", () => {
  everyStep(({ name }, step) => {
    const operation = operationOf(step);
    if (operation === undefined) return;
    assert.equal(ENDPOINTS.has(operation), step.otherwise === undefined, `${name}: ${operation}`);
  });
});

Deno.test("WORKFLOWS read with tools that read, and write with those that write", () => {
  everyStep(({ name }, { read, write }) => {
    assert.ok(read === undefined || write === undefined, name);
    if (write !== undefined) assert.equal(ENDPOINTS.get(write)?.facts.kind, "write", `${name}: ${write}`);
    if (read !== undefined && ENDPOINTS.has(read)) assert.ok(READS.has(read), `${name}: ${read}`);
  });
});

Deno.test("WORKFLOWS name arguments that the tools take", () => {
  const seen = new Set<string>();
  everyStep(({ name }, step) => {
    const endpoint = ENDPOINTS.get(operationOf(step) ?? "");
    if (endpoint === undefined) return;
    const known = new Set([...argumentsOf(endpoint).map((argument) => argument.name), ...Object.keys(OPTION_SCHEMAS)]);
    for (const [, argument = ""] of step.does.matchAll(/(?<![\w"])([A-Za-z][\w]*)=(?!=)/g)) {
      seen.add(argument);
      assert.ok(known.has(argument), `${name}: ${endpoint.tool} takes no ${argument}`);
    }
  });
  assert.ok(seen.size > 40);
});

Deno.test("WORKFLOWS make prompts that are short, on both surfaces", () => {
  for (const workflow of WORKFLOWS) {
    for (const surface of ["all", "discover"] as const) {
      const tokens = encode(renderWorkflow(workflow, {}, { surface, find })).length;
      assert.ok(tokens <= MAX_TOKENS, `${workflow.name}: ${tokens}`);
    }
  }
});

Deno.test("WORKFLOWS are all possible with the whole collection, and those that only ask questions without its writes", () => {
  const names = (known: ReadonlyMap<string, unknown>) =>
    WORKFLOWS.filter((one) => isPossible(one, (operation) => known.has(operation) ? "tool" : undefined))
      .map(({ name }) => name);
  assert.equal(names(ENDPOINTS).length, WORKFLOWS.length);
  assert.deepEqual(names(READS), ["investigate_call_history", "check_routing", "explore_feature"]);
});

Deno.test("WORKFLOWS keep what is known to go wrong", () => {
  const text = (name: string) => {
    const workflow = WORKFLOWS.find((one) => one.name === name);
    assert.ok(workflow);
    return renderWorkflow(workflow, {}, { surface: "all", find });
  };
  assert.match(text("onboard_user"), /still have created the person/);
  assert.match(text("onboard_user"), /locationId is taken only together with a calling licence/);
  assert.match(
    text("open_location"),
    /`locations_create_a_location`[^]*`location_enable_a_location_for_webex_calling`/,
  );
  assert.match(text("open_location"), /lower case/);
  assert.match(text("move_users"), /exactly one user[^]*at most 100/);
  assert.match(text("investigate_call_history"), /12 hours/);
  assert.match(text("build_auto_attendant"), /create_a_schedule`[^]*`auto_attendant_create_an_auto_attendant`/);
});
