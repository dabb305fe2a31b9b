import assert from "node:assert/strict";
import { instructionsFor, type InstructionsOptions } from "../../src/server/instructions.ts";

const MODES: readonly InstructionsOptions[] = [true, false].flatMap((readOnly) =>
  [true, false].flatMap((sandbox) =>
    (["never", "destructive", "writes"] as const).flatMap((confirm) =>
      (["all", "discover"] as const).map((surface) => ({ size: 1177, surface, readOnly, confirm, sandbox }))
    )
  )
);

Deno.test("instructionsFor() stays below what clients cut, in every mode", () => {
  for (const mode of MODES) {
    const text = instructionsFor(mode);
    assert.ok(new TextEncoder().encode(text).length < 2048, `${text.length}`);
    assert.equal(/Read-only/.test(text), mode.readOnly);
    assert.equal(/simulated/.test(text), mode.sandbox);
    assert.equal(/live phone system/.test(text), !mode.readOnly);
    assert.match(text, /1177 operations/);
    assert.match(text, /en_us\)\.$/);
  }
});

Deno.test("instructionsFor() names the tools that are there", () => {
  for (const mode of MODES) {
    const text = instructionsFor(mode);
    const discovers = mode.surface === "discover";
    assert.equal(/webex_search.*webex_describe.*webex_read/.test(text), discovers);
    assert.equal(/one tool each/.test(text), !discovers);
    assert.equal(/webex_write/.test(text), discovers && !mode.readOnly);
  }
});

Deno.test("instructionsFor() says how changes are confirmed", () => {
  for (const mode of MODES) {
    const text = instructionsFor(mode);
    assert.equal(/dry_run=true/.test(text), !mode.readOnly);
    assert.equal(/plan_id/.test(text), !mode.readOnly && mode.confirm !== "never");
    assert.equal(/Every change is asked about/.test(text), !mode.readOnly && mode.confirm === "writes");
  }
});
