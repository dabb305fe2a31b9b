import assert from "node:assert/strict";
import { createLog, type LogOptions, type ProgramLog, quietLog } from "../../src/core/log.ts";
import { Secrets } from "../../src/core/secrets.ts";

interface Recording {
  readonly lines: string[];
  readonly log: ProgramLog;
  readonly secrets: Secrets;
}

function recording(options: Partial<LogOptions> = {}): Recording {
  const lines: string[] = [];
  const secrets = new Secrets();
  return { lines, secrets, log: createLog({ write: (line) => lines.push(line), secrets, ...options }) };
}

/** What a log writes until it is closed. */
async function written(options: Partial<LogOptions>, work: (log: ProgramLog) => void): Promise<string[]> {
  const { lines, log } = recording(options);
  work(log);
  await log.close();
  return lines;
}

Deno.test("createLog() writes one line for each message, with its level in front", async () => {
  const lines = await written({ level: "debug" }, (log) => {
    log.debug("looking");
    log.info("Loaded 1177 API endpoints", { endpoints: 1177 });
    log.warning("slow");
    log.error("gone");
  });
  assert.deepEqual(lines, [
    "DEBUG: looking\n",
    "INFO: Loaded 1177 API endpoints\n",
    "WARNING: slow\n",
    "ERROR: gone\n",
  ]);
});

Deno.test("createLog() writes nothing below its level, which is info by default", async () => {
  const sayAll = (log: ProgramLog) => {
    log.debug("a");
    log.info("b");
    log.warning("c");
    log.error("d");
  };
  assert.deepEqual(await written({}, sayAll), ["INFO: b\n", "WARNING: c\n", "ERROR: d\n"]);
  assert.deepEqual(await written({ level: "warning" }, sayAll), ["WARNING: c\n", "ERROR: d\n"]);
  assert.deepEqual(await written({ level: "error" }, sayAll), ["ERROR: d\n"]);
});

Deno.test("createLog() holds the first lines back for a moment, then writes at once and in order", async () => {
  const lines: string[] = [];
  const { promise: wrote, resolve } = Promise.withResolvers<void>();
  const { log } = recording({ write: (line) => lines.push(line) === 2 && resolve() });
  log.info("a");
  log.info("b");
  assert.deepEqual(lines, []);
  await wrote;
  log.info("c");
  assert.deepEqual(lines, ["INFO: a\n", "INFO: b\n", "INFO: c\n"]);
  await log.close();
});

Deno.test("createLog() keeps the order when something fails while lines are held back", async () => {
  const lines = await written({}, (log) => {
    log.info("a");
    log.error("b");
    log.info("c");
  });
  assert.deepEqual(lines, ["INFO: a\n", "ERROR: b\n", "INFO: c\n"]);
});

Deno.test("createLog() writes nothing after it was closed, and can be closed twice", async () => {
  const { lines, log } = recording();
  log.info("a");
  await Promise.all([log.close(), log.close()]);
  log.info("b");
  await log.close();
  assert.deepEqual(lines, ["INFO: a\n"]);
});

Deno.test("createLog() makes logs that know nothing of each other", async () => {
  const [one, two] = [recording(), recording({ level: "error", format: "json" })];
  one.log.info("a");
  two.log.info("b");
  await one.log.close();
  two.log.error("c");
  await two.log.close();
  assert.deepEqual(one.lines, ["INFO: a\n"]);
  assert.deepEqual(two.lines.map((line) => JSON.parse(line).message), ["c"]);
});

Deno.test("createLog() writes no secret, not even one that it learns of after the message", async () => {
  const { lines, log, secrets } = recording();
  log.error("s3cret-token, Bearer other-token");
  secrets.add("s3cret-token");
  await log.close();
  assert.deepEqual(lines, ["ERROR: [redacted], Bearer [redacted]\n"]);
});

Deno.test("createLog() lets no message forge a line or steer a terminal", async () => {
  const lines = await written({}, (log) => log.info("a\nERROR: b\r\u001b[2J\u2028"));
  assert.deepEqual(lines, ["INFO: a\\nERROR: b\\u000d\\u001b[2J\\u2028\n"]);
});

Deno.test("createLog() takes braces in a message for what they are", async () => {
  const lines = await written({}, (log) => log.info("GET /people/{personId} {{x}}", { personId: "P" }));
  assert.deepEqual(lines, ["INFO: GET /people/{personId} {{x}}\n"]);
});

Deno.test("createLog() writes JSON with the time of the message and its facts", async () => {
  const before = Date.now();
  const [line = ""] = await written({ format: "json" }, (log) => {
    log.warning("Waiting", { tool: "people_list_people", status: 429, again: true, level: "none" });
  });
  const { time, ...rest } = JSON.parse(line);
  assert.deepEqual(rest, {
    level: "warning",
    message: "Waiting",
    tool: "people_list_people",
    status: 429,
    again: true,
  });
  assert.deepEqual(Object.keys(JSON.parse(line)).slice(0, 3), ["time", "level", "message"]);
  assert.ok(Date.parse(time) >= before && Date.parse(time) <= Date.now());
});

Deno.test("createLog() writes JSON that stays one valid line whatever is redacted or escaped", async () => {
  const { lines, log, secrets } = recording({ format: "json" });
  secrets.add('quoted"secret');
  log.info('{"password":"x"} quoted"secret\n\u009b2J\u2028', {
    accessToken: "short",
    pin: 4711,
    host: 'a quoted"secret b',
  });
  await log.close();
  const [line = ""] = lines;
  assert.match(line, /^[\x20-\x7e]+\n$/);
  const { time: _, ...rest } = JSON.parse(line);
  assert.deepEqual(rest, {
    level: "info",
    message: '{"password":[redacted]} [redacted]\n\u009b2J\u2028',
    accessToken: "[redacted]",
    pin: "[redacted]",
    host: "a [redacted] b",
  });
});

Deno.test("createLog() makes a log that goes on when its line cannot be written", async () => {
  let tries = 0;
  await written({
    write: () => {
      tries++;
      throw new Error("The pipe is broken");
    },
  }, (log) => {
    log.error("a");
    log.error("b");
  });
  assert.equal(tries, 2);
});

Deno.test("quietLog() keeps warnings and errors only", async () => {
  const lines = await written({ level: "debug" }, (log) => {
    const quiet = quietLog(log);
    quiet.debug("z");
    quiet.info("a");
    quiet.warning("b");
    quiet.error("c");
  });
  assert.deepEqual(lines, ["WARNING: b\n", "ERROR: c\n"]);
});
