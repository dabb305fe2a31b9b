import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCommandLine } from "../../../src/cli/grammar/command_line.ts";
import { readPlainServe } from "../../../src/cli/grammar/plain_serve.ts";
import { FLAGS } from "../../../src/config/flags.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { fakeSystem } from "../../support/fake_system.ts";

/** What the full parser makes of a command line; flags that are absent there are left out. */
function parsed(args: readonly string[]): unknown {
  const { stdout } = fakeSystem();
  const command = parseCommandLine(args, stdout, false);
  if (command?.command !== "serve") return undefined;
  const given = Object.entries(command.flags).filter(([, value]) =>
    value !== undefined && !(Array.isArray(value) && value.length === 0)
  );
  return Object.fromEntries(given);
}

Deno.test("readPlainServe() reads the usual starts", () => {
  assert.deepEqual(readPlainServe([]), {});
  assert.deepEqual(readPlainServe(["serve"]), {});
  assert.deepEqual(readPlainServe(["--read-only", "--features", "A,B", "--features=C=D", "--sandbox"]), {
    readOnly: true,
    features: ["A,B", "C=D"],
    sandbox: true,
  });
  assert.deepEqual(readPlainServe(["serve", "--schema", "compact", "--collection", "x.json"]), {
    schema: "compact",
    collections: ["x.json"],
  });
  const numbers = ["--deadline", "5", "--concurrency=2", "--max-result", "x", "--id-check", "warn"];
  assert.deepEqual(readPlainServe([...numbers, "--profile", "acme", "--config", "c.yaml"]), {
    deadline: "5",
    concurrency: "2",
    maxResult: "x",
    idCheck: "warn",
    profile: "acme",
    config: "c.yaml",
  });
  assert.deepEqual(readPlainServe(["--audit=a", "--audit-values", "--log-level", "error", "--log-format", "json"]), {
    audit: "a",
    auditValues: true,
    logLevel: "error",
    logFormat: "json",
  });
  assert.deepEqual(readPlainServe(["--no-audit"]), { noAudit: true });
});

Deno.test("readPlainServe() leaves everything else to the full parser", () => {
  const others = [
    ["tools"],
    ["--help"],
    ["--nope"],
    ["serve", "extra"],
    ["--features"],
    ["--features="],
    ["--features", "--read-only"],
    ["--read-only=true"],
    ["--read-only", "--read-only"],
    ["--schema", "half"],
    ["--schema", "full", "--schema", "full"],
    ["--http", "80"],
    ["--log-level", "loud"],
    ["--no-audit=1"],
    ["__proto__"],
    ["constructor=1"],
  ];
  for (const args of others) assert.equal(readPlainServe(args), undefined, args.join(" "));
});

Deno.test("readPlainServe() reads nothing differently from the full parser", () => {
  const word = fc.constantFrom(
    ...Object.values(FLAGS).map(({ name }) => name),
    ...["serve", "all", "full", "compact", "lenient", "People", "A,B", "https://x", "--", "-x", "", "--schema=full"],
    ...["--features=A", "--base-url=https://x?a=b", "--read-only=1", "--collection=x.json", "--no-audit=1"],
    ...["warn", "debug", "json", "12", "--log-level=loud", "--deadline=1"],
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (args) => {
      const plain = readPlainServe(args);
      if (plain !== undefined) assert.deepEqual({ ...plain }, parsed(args));
    }),
    { numRuns: 300 },
  );
});

Deno.test("readPlainServe() and the full parser agree that a value cannot be missing", () => {
  assert.throws(() => parsed(["--schema"]), UsageError);
});
