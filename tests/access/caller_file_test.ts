import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type CallerEntry,
  formatCallers,
  isCallerName,
  parseCallers,
  readCallers,
} from "../../src/access/caller_file.ts";
import { nearestNames } from "../../src/collection/nearest.ts";
import { UsageError } from "../../src/core/errors.ts";

const CONTEXT = { path: "/callers.json", nearest: nearestNames };
const HASH = `sha256:${"h".repeat(43)}`;
const TOKEN = `wxm_Ab3dEf7h_${"s".repeat(43)}`;
const ENTRY = { id: "Ab3dEf7h", hash: HASH, created_at: "2026-01-15T09:00:00Z" };

const withCallers = (callers: unknown) => ({ version: 1, callers });

function refusal(value: unknown): UsageError {
  try {
    readCallers(value, CONTEXT);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  return assert.fail(`expected a UsageError for ${JSON.stringify(value)}`);
}

Deno.test("readCallers() finds callers by the ids of their tokens", () => {
  const callers = readCallers(
    withCallers({
      ci: { ...ENTRY, expires_at: "2026-04-15T09:00:00+02:00", read_only: true, rate_per_minute: 60 },
      alice: { ...ENTRY, id: "00000000" },
    }),
    CONTEXT,
  );
  assert.deepEqual([...callers.keys()], ["Ab3dEf7h", "00000000"]);
  assert.deepEqual(callers.get("Ab3dEf7h"), {
    name: "ci",
    id: "Ab3dEf7h",
    hash: HASH,
    createdAt: Date.UTC(2026, 0, 15, 9),
    expiresAt: Date.UTC(2026, 3, 15, 7),
    policy: { readOnly: true, ratePerMinute: 60 },
  });
  assert.deepEqual(readCallers({ version: 1 }, CONTEXT), new Map());
});

Deno.test("readCallers() refuses what is unknown, wrong or there twice, and repeats nothing that may be a secret", () => {
  const cases: [unknown, RegExp][] = [
    [undefined, /its content: expected a mapping, got nothing/],
    [[], /its content: expected a mapping/],
    [{ callers: {} }, /version: expected 1$/],
    [{ version: 2, callers: {} }, /version: expected 1$/],
    [{ version: 1, users: {} }, /users: expected one of the keys version, callers/],
    [withCallers([ENTRY]), /callers: expected a mapping, got a list/],
    [withCallers({ ci: TOKEN }), /callers\.ci: expected a mapping, got a text/],
    [withCallers({ [TOKEN]: ENTRY }), /callers: expected names of 1 to 64 letters/],
    [withCallers({ "../x": ENTRY }), /callers: expected names of/],
    [withCallers({ ci: { ...ENTRY, [TOKEN]: 1 } }), /callers\.ci\.an unknown key: expected one of the keys id, hash/],
    [withCallers({ ci: { ...ENTRY, token: TOKEN } }), /callers\.ci\.token: expected no secret in this file/],
    [withCallers({ ci: { ...ENTRY, hash: TOKEN } }), /callers\.ci\.hash: expected what "token create" writes/],
    [withCallers({ ci: { ...ENTRY, hash: undefined } }), /callers\.ci\.hash: expected a text, got nothing/],
    [withCallers({ ci: { ...ENTRY, id: TOKEN } }), /callers\.ci\.id: expected what "token create" writes/],
    [withCallers({ ci: { ...ENTRY, created_at: "yesterday" } }), /callers\.ci\.created_at: expected a time such as/],
    [withCallers({ ci: { ...ENTRY, expires_at: 5 } }), /callers\.ci\.expires_at: expected a text, got a number/],
    [withCallers({ ci: { ...ENTRY, readonly: true } }), /callers\.ci\.readonly: .*did you mean "read_only"/],
    [withCallers({ ci: { ...ENTRY, features: "People" } }), /callers\.ci\.features: expected a list of texts/],
    [withCallers({ ci: ENTRY, bob: ENTRY }), /callers\.bob\.id: expected another id than that of ci/],
    [withCallers({ ci: ENTRY, CI: { ...ENTRY, id: "00000000" } }), /callers\.CI: expected names that differ in more/],
  ];
  for (const [value, message] of cases) {
    const error = refusal(value);
    assert.match(error.message, message);
    assert.equal(error.code, "bad_callers_file");
    assert.ok(error.message.startsWith('Cannot use "/callers.json": '));
    assert.ok(!`${error.message}${error.guidance}`.includes("sssss"), error.message);
  }
});

Deno.test("parseCallers() repeats nothing of a text that is no JSON", () => {
  assert.throws(() => parseCallers(`{"version": 1, ${TOKEN}`, CONTEXT), {
    message: 'Cannot use "/callers.json": its content: expected JSON',
  });
});

const NAMES = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/).filter(isCallerName);
const SECONDS = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
const ENTRIES = fc.uniqueArray(
  fc.record<CallerEntry>({
    name: NAMES,
    id: fc.stringMatching(/^[0-9A-Za-z]{8}$/),
    hash: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/).map((text) => `sha256:${text}`),
    createdAt: SECONDS,
    expiresAt: SECONDS,
    policy: fc.record({ readOnly: fc.boolean(), features: fc.constant(["People"]) }, {
      requiredKeys: [],
      noNullPrototype: true,
    }),
  }, { requiredKeys: ["name", "id", "hash", "createdAt", "policy"], noNullPrototype: true }),
  { selector: ({ name }) => name.toLowerCase(), maxLength: 6 },
).filter((entries) => new Set(entries.map(({ id }) => id)).size === entries.length);

Deno.test("formatCallers() loses nothing that parseCallers() reads", () => {
  fc.assert(fc.property(ENTRIES, (entries) => {
    const read = [...parseCallers(formatCallers(entries), CONTEXT).values()];
    const byName = (one: CallerEntry, other: CallerEntry) => one.name < other.name ? -1 : 1;
    assert.deepEqual(read.toSorted(byName), entries.toSorted(byName));
  }));
});

Deno.test("parseCallers() gives callers or a UsageError, whatever the file holds", () => {
  const keys = fc.constantFrom("id", "hash", "created_at", "read_only", "__proto__", "constructor", "x");
  const values = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(HASH, "Ab3dEf7h", "2026-01-15T09:00:00Z"));
  const files = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.dictionary(fc.oneof(NAMES, keys), fc.dictionary(keys, values)).map((file) => JSON.stringify(withCallers(file))),
  );
  fc.assert(fc.property(files, (text) => {
    try {
      parseCallers(text, CONTEXT);
    } catch (error) {
      assert.ok(error instanceof UsageError, String(error));
    }
  }));
});

Deno.test("isCallerName() takes the names of profiles, and no token", () => {
  for (const name of ["ci", "alice.b-2_c", "9"]) assert.ok(isCallerName(name), name);
  for (const name of ["", "environment", "a b", "-x", "oauth:ada", TOKEN, "wxm_x"]) {
    assert.ok(!isCallerName(name), name);
  }
});
