import assert from "node:assert/strict";
import { readTextFile } from "../../src/cli/text_file.ts";
import { UsageError } from "../../src/core/errors.ts";

async function refusal(cause: unknown): Promise<UsageError> {
  try {
    await readTextFile("x y.json", () => Promise.reject(cause));
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail("expected a UsageError");
}

Deno.test("readTextFile() answers the file's text", async () => {
  assert.equal(await readTextFile("x", (path) => Promise.resolve(`text of ${path}`)), "text of x");
});

Deno.test("readTextFile() says why a file cannot be read", async () => {
  const reasons = new Map<Error, RegExp>([
    [new Deno.errors.NotFound("os error 2"), /^Cannot read "x y\.json": there is no such file$/],
    [new Deno.errors.PermissionDenied("os error 13"), /: the system denies access$/],
    [new Deno.errors.IsADirectory("os error 21"), /: it is a directory$/],
    [new Error("device is on fire"), /: device is on fire$/],
  ]);
  for (const [cause, message] of reasons) assert.match((await refusal(cause)).message, message);
});

Deno.test("readTextFile() names the flag that grants a missing permission", async () => {
  const error = await refusal(new Deno.errors.NotCapable("Requires read access"));
  assert.match(error.message, /started without the permission to read it$/);
  assert.equal(error.guidance, 'Add "--allow-read=x y.json" to the deno command.');
});
