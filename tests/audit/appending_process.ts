/**
 * A program that does nothing but record calls; started by tests, and killed by them.
 *
 * Arguments: the trail's path, a name, the number of calls. For each write whose `record` resolved it prints a line.
 *
 * @module
 */

import { createAuditTrail } from "../../src/audit/trail.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import { systemClock } from "../../src/core/clock.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { readEntry, writeEntry } from "./support.ts";

const [path = "", name = "", count = "0"] = Deno.args;
const silent = () => {};
const trail = createAuditTrail({
  path,
  files: auditFiles,
  clock: systemClock,
  secrets: new Secrets(),
  pid: Deno.pid,
  randomId: () => crypto.randomUUID(),
  limits: { maxBytes: 50_000 },
  log: { debug: silent, info: silent, warning: silent, error: silent },
});
const say = (text: string) => Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
for (let index = 0; index < Number(count); index++) {
  const tool = `${name}_${index}`;
  if (index % 5 > 0) {
    await trail.record(readEntry({ tool }));
    continue;
  }
  const announcement = await trail.announce(writeEntry({ tool }));
  await say(`begun ${tool}`);
  await trail.record(writeEntry({ tool }), announcement);
  await say(`done ${tool}`);
}
await trail.close();
