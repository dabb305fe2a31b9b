import assert from "node:assert/strict";
import { takeLock } from "../../src/audit/lock.ts";
import type { AuditFiles } from "../../src/audit/files.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import { systemClock } from "../../src/core/clock.ts";
import { until } from "../support/process.ts";

/** A clock whose waits end when the test says so. */
function stoppedClock(): { clock: typeof systemClock; ring(): void } {
  const alarm = Promise.withResolvers<void>();
  return { clock: { ...systemClock, sleep: () => alarm.promise }, ring: alarm.resolve };
}

Deno.test("takeLock() waits for its turn", async () => {
  const path = await Deno.makeTempFile();
  const first = await takeLock(auditFiles, path, systemClock);
  const second = takeLock(auditFiles, path, systemClock);
  const early = await Promise.race([second.then(() => true), new Promise((resolve) => setTimeout(resolve, 20, false))]);
  assert.equal(early, false);
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  await Deno.remove(path);
});

Deno.test("takeLock() gives up after a while, and keeps no lock that comes too late", async () => {
  const path = await Deno.makeTempFile();
  const held = await takeLock(auditFiles, path, systemClock);
  const { clock, ring } = stoppedClock();
  let closed = false;
  const open: AuditFiles["open"] = async (name, mode) => {
    const file = await auditFiles.open(name, mode);
    return {
      ...file,
      close() {
        closed = true;
        file.close();
      },
    };
  };
  const late = takeLock({ ...auditFiles, open }, path, clock);
  ring();
  await assert.rejects(late, /another process has held .* for 5 s/);
  assert.equal(closed, false, "still waiting for the lock");
  held[Symbol.dispose]();
  await until(() => closed);
  (await takeLock(auditFiles, path, systemClock))[Symbol.dispose]();
  await Deno.remove(path);
});
