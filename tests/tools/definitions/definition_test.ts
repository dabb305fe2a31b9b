import assert from "node:assert/strict";
import fc from "fast-check";
import { annotationsOf, defineTool, describe, withPlanId } from "../../../src/tools/definitions/definition.ts";
import { endpointOf, parameterOf, writerOf } from "../../support/endpoints.ts";

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

Deno.test("describe() begins with feature and title", () => {
  assert.equal(describe(endpointOf({ description: "Returns a list." })), "[Things] List Things: Returns a list.");
  assert.equal(describe(endpointOf()), "[Things] List Things");
});

Deno.test("describe() keeps whole sentences of a long description", () => {
  const text = describe(endpointOf({ description: "One sentence. ".repeat(300) }));
  assert.ok(bytes(text) <= 2_000 && bytes(text) > 1_900);
  assert.match(text, /One sentence\.$/);
});

Deno.test("describe() stays below 2 KB and whole Unicode for any text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 3_000, size: "max" }),
    fc.tuple(fc.nat(25), fc.constantFrom("😀", "é", "x", "a. ")).map(([n, piece]) =>
      "x".repeat(n) + piece.repeat(1_500)
    ),
  );
  fc.assert(
    fc.property(text, text, (title, description) => {
      const described = describe(endpointOf({ title, description }));
      assert.ok(bytes(described) < 2_048);
      assert.ok(described.isWellFormed());
      assert.ok(described.startsWith("[Things] "));
    }),
    { numRuns: 30 },
  );
});

Deno.test("annotationsOf() tells the effects of reading, changing and destroying", () => {
  const hints = (kind: "read" | "write", destructive: boolean, idempotent: boolean) => {
    const { readOnlyHint, destructiveHint, idempotentHint } = annotationsOf(
      endpointOf({}, { kind, destructive, idempotent }),
    );
    return [readOnlyHint, destructiveHint, idempotentHint];
  };
  assert.deepEqual(hints("read", false, true), [true, false, true]);
  assert.deepEqual(hints("read", true, false), [true, false, true]);
  assert.deepEqual(hints("write", false, false), [false, false, false]);
  assert.deepEqual(hints("write", true, true), [false, true, true]);
});

Deno.test("annotationsOf() goes by the facts and not by the method", () => {
  const validate = endpointOf({ method: "POST", title: "Validate" }, { kind: "read" });
  assert.deepEqual(annotationsOf(validate), {
    title: "Validate",
    readOnlyHint: true,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: true,
  });
  const wipe = endpointOf({ method: "PUT" }, { kind: "write", destructive: true });
  assert.equal(annotationsOf(wipe).destructiveHint, true);
  const org = endpointOf({ method: "PUT", path: "/telephony/config/settings" }, { kind: "write" });
  assert.equal(annotationsOf(org).destructiveHint, true, "what is asked about is not called harmless");
});

Deno.test("defineTool() puts name, description, schema and annotations together", () => {
  const tool = defineTool(endpointOf({ parameters: [parameterOf("max", { schema: { type: "integer" } })] }));
  assert.equal(tool.name, "things_list");
  assert.equal(tool.description, "[Things] List Things");
  assert.deepEqual(tool.inputSchema.properties, { max: { type: "integer" } });
  assert.equal(tool.annotations.title, "List Things");
});

Deno.test("withPlanId() adds the plan to what changes something, once", () => {
  const names = (definition: ReturnType<typeof withPlanId>) => Object.keys(definition.inputSchema.properties);
  assert.deepEqual(names(withPlanId(defineTool(writerOf({ name: { type: "string" } })))), [
    "name",
    "dry_run",
    "plan_id",
  ]);
  const [read, risky] = [
    defineTool(endpointOf()),
    defineTool(endpointOf({ method: "DELETE", path: "/things/{id}" }, { kind: "write" })),
  ];
  assert.equal(withPlanId(read), read);
  assert.equal(withPlanId(risky), risky);
});
