import assert from "node:assert/strict";
import fc from "fast-check";
import { isSecretArgument, isSecretName, redact, redactTokens } from "../../src/core/redaction.ts";

const TOKEN = "NmQyYzQ1_PF84_1eb65fdf";

Deno.test("redact() replaces every occurrence of a known secret", () => {
  assert.equal(redact(`a ${TOKEN} b ${TOKEN}`, [TOKEN]), "a [redacted] b [redacted]");
});

Deno.test("redact() ignores a known secret that is too short to tell from other text", () => {
  assert.equal(redact("an example", ["", "ex"]), "an example");
});

Deno.test("redact() replaces credentials that nobody told it of", () => {
  assert.equal(redact("Authorization: Bearer abc.def-123", []), "Authorization: Bearer [redacted]");
  assert.equal(redact("sent bearer abcdefgh, then stopped", []), "sent bearer [redacted], then stopped");
  assert.equal(redact('{"authorization":"Basic dXNlcjpwYXNz"}', []), '{"authorization":[redacted]}');
});

Deno.test("redact() replaces the values of fields that are named like secrets", () => {
  const cases: [string, string][] = [
    ['{"sipPassword":"hunter2","name":"x"}', '{"sipPassword":[redacted],"name":"x"}'],
    ['{\\"passcode\\":\\"1234\\",\\"a\\":1}', '{\\"passcode\\":[redacted],\\"a\\":1}'],
    ["?access_token=abc&max=3", "?access_token=[redacted]&max=3"],
    ["client-secret: abc", "client-secret: [redacted]"],
    ["pin=4711 spin=4711", "pin=[redacted] spin=4711"],
    ["password='a b' c", "password=[redacted] c"],
    [
      '{"defaultVoicemailPin":"123456","hostPIN":1,"spin":2}',
      '{"defaultVoicemailPin":[redacted],"hostPIN":[redacted],"spin":2}',
    ],
    ["accessCode: expected 2 digits", "accessCode: expected 2 digits"],
  ];
  for (const [text, safe] of cases) assert.equal(redact(text, []), safe);
});

Deno.test("redact() replaces JSON Web Tokens wherever they stand", () => {
  const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln";
  assert.equal(redact(`a ${jwt} b "${jwt}" ${jwt.slice(0, -4)}`, []), 'a [redacted] b "[redacted]" [redacted]');
  assert.equal(redact("a beyJ.x.y eyJ", []), "a beyJ.x.y eyJ");
  assert.equal(
    redact(`caller wxm_Ab3dEf7h_${"x-_9".repeat(11).slice(0, 43)}, and wxm_x`, []),
    "caller [redacted], and wxm_x",
  );
});

Deno.test("redactTokens() replaces tokens by their form, whole or cut, and leaves JSON and its fields as they are", () => {
  const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.c2ln";
  const own = `wxm_Ab3dEf7h_${"x-_9".repeat(11).slice(0, 43)}`;
  assert.equal(redactTokens(`Unknown tool "list_${own}"`), 'Unknown tool "list_[redacted]"');
  for (const token of [jwt, jwt.slice(0, 30), own, own.slice(0, 20)]) {
    assert.equal(redactTokens(`Unknown tool "x ${token}…"`), 'Unknown tool "x [redacted]…"');
    const value = { error: { message: `a ${token}`, token: "kind" }, [token]: "Bearer abcdefghijklmnopqrstuvwxyz" };
    assert.deepEqual(JSON.parse(redactTokens(JSON.stringify(value))), {
      error: { message: "a [redacted]", token: "kind" },
      "[redacted]": "Bearer [redacted]",
    });
  }
  const words = "bearer tokens, basic licences, wxm_x, eyJ, eyJhbGciOiJub25lIn0, password=1";
  assert.equal(redactTokens(words), words);
});

Deno.test("redact() replaces what a sign-in exchanges", () => {
  const body = "device_code=abc&code_verifier=def&client_secret=ghi&refresh_token=jkl&interval=5";
  assert.equal(
    redact(body, []),
    "device_code=[redacted]&code_verifier=[redacted]&client_secret=[redacted]&refresh_token=[redacted]&interval=5",
  );
});

Deno.test("isSecretName() knows fields that hold secrets by the end of their name", () => {
  for (const name of ["token", "accessToken", "client_secret", "sipPassword", "passwords", "api-key", "PIN"]) {
    assert.ok(isSecretName(name), name);
  }
  for (const name of ["tool", "tokenKind", "spin", "status", "passwordless", ""]) {
    assert.ok(!isSecretName(name), name);
  }
});

Deno.test("isSecretArgument() knows what is secret only where it is sent", () => {
  for (const name of ["code", "dtmf", "getCommunity", "pin"]) assert.ok(isSecretArgument(name), name);
  for (const name of ["codes", "countryCode", "error_code", "communityName"]) assert.ok(!isSecretArgument(name), name);
  assert.ok(!isSecretName("code"), "an error's code is none");
});

Deno.test("isSecretName() knows a PIN as a word of its own", () => {
  const pins = [
    "pin",
    "Pin",
    "PIN",
    "pins",
    "defaultVoicemailPin",
    "hostPIN",
    "host_pin",
    "HOST_PIN",
    "host-pin",
    "sip2Pin",
  ];
  for (const name of pins) assert.ok(isSecretName(name), name);
  for (const name of ["spin", "Spin", "SPIN", "shopping", "topspin", "pinned", "voicemailPinEnabled", "shippin"]) {
    assert.ok(!isSecretName(name), name);
  }
});

Deno.test("isSecretName() knows codes that let somebody call out, and none that everybody dials", () => {
  for (const name of ["accessCode", "accessCodes", "access_code", "defaultAccessCode", "deleteCodes", "DELETE_CODES"]) {
    assert.ok(isSecretName(name), name);
  }
  const open = [
    "outsideAccessCode",
    "featureAccessCode",
    "feature_access_codes",
    "countryCode",
    "code",
    "inaccesscode",
  ];
  for (const name of open) assert.ok(!isSecretName(name), name);
});

Deno.test("redact() leaves text without secrets alone", () => {
  const text = "Action: PUT /people/{personId}/features/voicemail | Status: 204";
  assert.equal(redact(text, [TOKEN]), text);
});

Deno.test("redact() lets no known secret through, whatever stands around it", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
    assert.ok(!redact(before + TOKEN + after, [TOKEN]).includes(TOKEN));
  }));
});

Deno.test("redact() is fast on long hostile text", () => {
  const start = performance.now();
  for (
    const part of ["a-", "token", '"\\', "pin=", "Bearer ", "eyJ", "eyJ-", "eyJa.", "eyJ.eyJ-", "Pin", "aPin=", "PIN"]
  ) {
    redact(part.repeat(20_000), []);
  }
  assert.ok(performance.now() - start < 2000);
});
