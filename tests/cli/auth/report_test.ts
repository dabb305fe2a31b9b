import assert from "node:assert/strict";
import { licenceText, ownerOf, plainText, whenText } from "../../../src/cli/auth/report.ts";

const NOON = Date.parse("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;

Deno.test("whenText() gives the date and the distance in the largest whole unit", () => {
  assert.equal(whenText(NOON + 14 * 24 * HOUR - 1, NOON), "2026-03-15T11:59Z (in 13 days)");
  assert.equal(whenText(NOON + HOUR, NOON), "2026-03-01T13:00Z (in 1 hour)");
  assert.equal(whenText(NOON - 90_000, NOON), "2026-03-01T11:58Z (1 minute ago)");
  assert.equal(whenText(NOON, NOON), "2026-03-01T12:00Z (in less than a minute)");
  assert.equal(whenText(1e20, NOON), "an unknown time");
});

Deno.test("ownerOf() names what is known", () => {
  const emails = ["ada@example.com", "a@example.com"];
  assert.equal(
    ownerOf({ displayName: "Ada", emails, organizationName: "Example", organizationId: "O" }),
    "Ada <ada@example.com>, Example",
  );
  assert.equal(ownerOf({ emails, organizationId: "O" }), "<ada@example.com>, O");
  assert.equal(ownerOf({ emails: [] }), undefined);
});

Deno.test("plainText() leaves a terminal alone", () => {
  assert.equal(plainText("Ada\u001b[31m\r\nAdmin\u009b"), "Ada [31m  Admin ");
  assert.equal(ownerOf({ displayName: "\u001b]0;x\u0007", emails: [] }), " ]0;x ");
});

Deno.test("licenceText() tells how many are in use, as far as it is known", () => {
  assert.equal(licenceText({ name: "Calling", total: 50, consumed: 12 }), "Calling (12 of 50)");
  assert.equal(licenceText({ name: "Calling", consumed: 12 }), "Calling (12 of ?)");
  assert.equal(licenceText({ name: "Calling" }), "Calling");
});
