import assert from "node:assert/strict";
import { organizationIdOf } from "../../src/config/organization.ts";

const UUID = "11111111-2222-4333-8444-55555555abcd";

function idOf(type: string): string {
  return btoa(`ciscospark://us/${type}/${UUID}`);
}

Deno.test("organizationIdOf() writes a UUID as the encoded id, without padding", () => {
  const expected = idOf("ORGANIZATION").replace(/=+$/, "");
  assert.notEqual(expected, idOf("ORGANIZATION"));
  for (const text of [UUID, ` ${UUID.toUpperCase()} `, idOf("ORGANIZATION"), expected]) {
    assert.equal(organizationIdOf(text), expected, text);
  }
});

Deno.test("organizationIdOf() takes nothing but the id of an organization", () => {
  const others = ["", "notanid", "O", "11111111-2222", idOf("PEOPLE"), btoa("ciscospark://us/ORGANIZATION/")];
  for (const text of [...others, `${idOf("ORGANIZATION")}!`, "A".repeat(10_000)]) {
    assert.equal(organizationIdOf(text), undefined, text);
  }
});
