import assert from "node:assert/strict";
import type { ProfileFile } from "../../src/config/profile.ts";
import { readProfileFile } from "../../src/config/profile_file.ts";
import { nearestNames } from "../../src/collection/nearest.ts";
import { UsageError } from "../../src/core/errors.ts";

function read(value: unknown): ProfileFile {
  return readProfileFile(value, { path: "/c.yaml", resolve: (path) => `/dir/${path}`, nearest: nearestNames });
}

function refusal(value: unknown): UsageError {
  try {
    read(value);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail("expected a UsageError");
}

const ORGANIZATION = "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8xMTExMTExMS0yMjIyLTQzMzMtODQ0NC01NTU1NTU1NTU1NTU";
/** The same of a person. */
const PERSON = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8xMTExMTExMS0yMjIyLTQzMzMtODQ0NC01NTU1NTU1NTU1NTU";

const inProfile = (profile: unknown) => ({ profiles: { acme: profile } });
const inCredential = (credential: unknown) => inProfile({ credential });

Deno.test("readProfileFile() reads all kinds of profiles", () => {
  const file = read({
    default_profile: "acme",
    profiles: {
      acme: {
        credential: { type: "integration", client_id: "C1", client_secret_file: "secret" },
        organization: "11111111-2222-4333-8444-555555555555",
        read_only: true,
        partner: false,
        base_url: "https://x/v1/",
        features: ["People", "Numbers"],
      },
      files: { credential: { type: "token_file", path: "token" } },
      words: { credential: { type: "token_command", command: ["op", "read"] } },
      text: { credential: { type: "token_command", command: "op read 'a b'" } },
      app: { credential: { type: "service_app" } },
      plain: { credential: { type: "environment" } },
      empty: null,
    },
  });
  assert.equal(file.defaultProfile, "acme");
  assert.deepEqual(file.profiles.get("acme"), {
    credential: { type: "integration", clientId: "C1", clientSecretFile: "/dir/secret" },
    organization: ORGANIZATION,
    readOnly: true,
    partner: false,
    baseUrl: "https://x/v1",
    features: ["People", "Numbers"],
  });
  assert.deepEqual(file.profiles.get("files"), { credential: { type: "token_file", path: "/dir/token" } });
  assert.deepEqual(file.profiles.get("words"), { credential: { type: "token_command", command: ["op", "read"] } });
  assert.deepEqual(file.profiles.get("text"), {
    credential: { type: "token_command", command: ["op", "read", "a b"] },
  });
  assert.deepEqual(file.profiles.get("app"), { credential: { type: "service_app" } });
  assert.deepEqual(file.profiles.get("empty"), {});
});

Deno.test("readProfileFile() takes an empty file for one without profiles", () => {
  for (const value of [null, {}, { profiles: null }]) assert.equal(read(value).profiles.size, 0);
});

Deno.test("readProfileFile() names the file, the key, what was expected and the nearest name", () => {
  assert.equal(
    refusal(inProfile({ credental: {} })).message,
    'Cannot use "/c.yaml": profiles.acme.credental: expected one of the keys credential, organization, read_only, ' +
      'partner, base_url, tools, confirm, preset, features, exclude_features, tool, exclude_tool; did you mean "credential"?',
  );
  const cases: [unknown, RegExp][] = [
    [[], /its content: expected a mapping, got an empty list$/],
    [{ profile: {} }, /: profile: expected one of the keys default_profile, http, profiles; did you mean .*"profiles"/],
    [{ profiles: [] }, /: profiles: expected a mapping, got an empty list$/],
    [inProfile("x"), /: profiles\.acme: expected a mapping, got a text$/],
    [inProfile({ read_only: "yes" }), /: profiles\.acme\.read_only: expected true or false, got a text$/],
    [inProfile({ organization: 1 }), /: profiles\.acme\.organization: expected a text, got a number$/],
    [inProfile({ organization: "" }), /got an empty text$/],
    [inProfile({ organization: "notanid" }), /: profiles\.acme\.organization: expected the id of an organization, /],
    [inProfile({ organization: PERSON }), /expected the id of an organization, or its UUID, got something else$/],
    [inProfile({ features: "People" }), /: profiles\.acme\.features: expected a list of texts, got a text$/],
    [inProfile({ features: [] }), /: profiles\.acme\.features: expected a list of texts, got an empty list$/],
    [inProfile({ features: [1] }), /: profiles\.acme\.features\[0\]: expected a text, got a number$/],
    [inProfile({ base_url: "x" }), /^Cannot use profiles\.acme\.base_url of "\/c\.yaml" "x": expected an https/],
    [inCredential({}), /: profiles\.acme\.credential\.type: expected environment, token_file, token_command, /],
    [inCredential({ type: "token-file" }), /did you mean "token_file"/],
    [inCredential({ type: "token_file" }), /: profiles\.acme\.credential\.path: expected a text, got nothing$/],
    [
      inCredential({ type: "environment", path: "x" }),
      /: profiles\.acme\.credential\.path: expected one of the keys type$/,
    ],
    [
      inCredential({ type: "token_command", command: [] }),
      /credential\.command: expected a list of texts, got an empty list$/,
    ],
    [inCredential({ type: "token_command", command: "'x" }), /every quotation mark/],
    [{ profiles: { "a/b": {} } }, /: profiles\."a\/b": expected a name of /],
    [{ profiles: { environment: {} } }, /: profiles\."environment": expected a name of /],
    [{ profiles: { Acme: {}, acme: {} } }, /: profiles\.acme: expected names that differ in more than case$/],
    [{ default_profile: "b", profiles: { a: {} } }, /: default_profile: expected the name of a profile: a$/],
    [{ default_profile: "b" }, /no profile yet$/],
  ];
  for (const [value, message] of cases) assert.match(refusal(value).message, message);
});

Deno.test("readProfileFile() says where to look what a profile can hold, and where an organization's id comes from", () => {
  assert.equal(refusal([]).guidance, 'See "Profiles" in README.md.');
  assert.match(
    refusal(inProfile({ organization: "notanid" })).guidance ?? "",
    /"deno run -P=auth main\.ts auth status"/,
  );
});

Deno.test("readProfileFile() refuses secrets with advice, and repeats none", () => {
  const secrets = [
    inProfile({ access_token: "planted" }),
    inCredential({ type: "integration", client_secret: "planted" }),
    inCredential({ type: "service_app", refresh_token: "planted" }),
    inCredential({ type: "environment", token: "planted" }),
    { access_token: "planted" },
  ];
  for (const value of secrets) {
    const error = refusal(value);
    assert.match(error.message, /: expected no secret in this file$/);
    assert.ok(!`${error.message}${error.guidance}`.includes("planted"));
    assert.match(error.guidance ?? "", /auth login|token_file/);
  }
});
