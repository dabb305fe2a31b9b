import assert from "node:assert/strict";
import { createLog, quietLog } from "../../src/core/log.ts";

function recording(secrets: readonly string[] = []) {
  const lines: string[] = [];
  return { lines, log: createLog((line) => lines.push(line), secrets) };
}

Deno.test("createLog() writes one line for each message, with its level in front", () => {
  const { lines, log } = recording();
  log.info("Loaded 1177 API endpoints");
  log.warning("slow");
  log.error("gone");
  assert.deepEqual(lines, ["INFO: Loaded 1177 API endpoints\n", "WARNING: slow\n", "ERROR: gone\n"]);
});

Deno.test("createLog() writes no secret", () => {
  const { lines, log } = recording(["s3cret-token"]);
  log.error("s3cret-token, Bearer other-token");
  assert.deepEqual(lines, ["ERROR: [redacted], Bearer [redacted]\n"]);
});

Deno.test("createLog() lets no message forge a line or steer a terminal", () => {
  const { lines, log } = recording();
  log.info("a\nERROR: b\r\u001b[2J\u2028");
  assert.deepEqual(lines, ["INFO: a\\nERROR: b\\u000d\\u001b[2J\\u2028\n"]);
});

Deno.test("quietLog() keeps warnings and errors only", () => {
  const { lines, log } = recording();
  const quiet = quietLog(log);
  quiet.info("a");
  quiet.warning("b");
  quiet.error("c");
  assert.deepEqual(lines, ["WARNING: b\n", "ERROR: c\n"]);
});
