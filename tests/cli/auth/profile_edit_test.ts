import assert from "node:assert/strict";
import { parse } from "yaml";
import { addToProfile } from "../../../src/cli/auth/profile_edit.ts";

const ADDITION = { credential: { type: "integration", client_id: "C1" }, partner: true };

Deno.test("addToProfile() makes a file", async () => {
  assert.equal(
    await addToProfile(undefined, "acme", ADDITION),
    "profiles:\n  acme:\n    credential:\n      type: integration\n      client_id: C1\n    partner: true\n",
  );
});

Deno.test("addToProfile() keeps comments, order and what it doesn't add", async () => {
  const text = `# Ours
default_profile: old # the usual one

profiles:
  # Do not touch
  old:
    credential: { type: token_file, path: "a # b" } # kept
`;
  const added = await addToProfile(text, "acme", ADDITION);
  assert.ok(added.startsWith(text), added);
  assert.deepEqual(parse(added).profiles.acme, ADDITION);
});

Deno.test("addToProfile() adds only what a profile lacks", async () => {
  const text = "profiles:\n  acme:\n    partner: false # no\n    read_only: true\n";
  const added = await addToProfile(text, "acme", ADDITION);
  assert.deepEqual(parse(added).profiles.acme, { partner: false, read_only: true, credential: ADDITION.credential });
  assert.match(added, /partner: false # no/);
});

Deno.test("addToProfile() fills in what is empty", async () => {
  for (
    const text of [
      "",
      "# nothing yet\n",
      "profiles:\n",
      "profiles: {}\n",
      "profiles:\n  acme:\n",
      "default_profile: a\n",
    ]
  ) {
    const added = await addToProfile(text, "acme", ADDITION);
    assert.deepEqual(parse(added).profiles, { acme: ADDITION }, text);
    assert.equal(added.includes("# nothing yet"), text.includes("# nothing yet"));
  }
});

Deno.test("addToProfile() leaves JSON JSON", async () => {
  const text = JSON.stringify({ profiles: { old: { read_only: true } } });
  assert.deepEqual(JSON.parse(await addToProfile(text, "acme", ADDITION)), {
    profiles: { old: { read_only: true }, acme: ADDITION },
  });
});

Deno.test("addToProfile() writes names and paths that look like something else", async () => {
  const credential = { type: "integration", client_id: "0123", client_secret_file: `/a/${"long ".repeat(40)}: #x` };
  assert.deepEqual(parse(await addToProfile("", "1.0", { credential })), { profiles: { "1.0": { credential } } });
});
