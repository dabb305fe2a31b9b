import assert from "node:assert/strict";
import fc from "fast-check";
import { isProfileName } from "../../src/config/profile_name.ts";

Deno.test("isProfileName() takes plain names", () => {
  for (const name of ["a", "Acme-EU_2.test", "0", "x".repeat(64)]) assert.equal(isProfileName(name), true, name);
});

Deno.test("isProfileName() refuses what could leave its directory or be taken for something else", () => {
  const names = ["", ".", "..", "../x", "a/b", "a\\b", "-x", "_x", "a b", "é", "x".repeat(65), "a\n", "Environment"];
  for (const name of names) assert.equal(isProfileName(name), false, JSON.stringify(name));
});

Deno.test("isProfileName() lets no separator through", () => {
  fc.assert(fc.property(fc.string(), (name) => {
    if (isProfileName(name)) assert.doesNotMatch(name, /[^\w.-]|^[.-]/);
  }));
});
