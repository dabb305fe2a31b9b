import assert from "node:assert/strict";
import { LockHeldError, takeLock } from "../../src/audit/lock.ts";
import { verifyTrail } from "../../src/audit/verify.ts";
import { auditFiles } from "../../src/cli/audit_files.ts";
import { systemClock } from "../../src/core/clock.ts";
import { RefusedError } from "../../src/core/errors.ts";
import { makeSite, readEntry, writeEntry } from "./support.ts";

const clock = systemClock;

/** A clock whose waits take no time, and that adds them up; those that can be ended early last until they are. */
function hastyClock(): { clock: typeof systemClock; waited(): number } {
  let total = 0;
  const sleep: typeof systemClock.sleep = (ms, signal) => {
    if (signal !== undefined) return systemClock.sleep(60_000, signal);
    total += ms;
    return Promise.resolve();
  };
  return { clock: { ...systemClock, sleep }, waited: () => total };
}

Deno.test("takeLock() waits for its turn", async () => {
  const path = await Deno.makeTempFile();
  const first = await takeLock(auditFiles, path, { clock });
  const second = takeLock(auditFiles, path, { clock });
  const early = await Promise.race([second.then(() => true), new Promise((resolve) => setTimeout(resolve, 20, false))]);
  assert.equal(early, false);
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  await Deno.remove(path);
});

Deno.test("takeLock() gives up after the time that it names, tells who has the lock, and keeps none that comes too late", async () => {
  const path = await Deno.makeTempFile();
  const held = await takeLock(auditFiles, path, { clock, pid: 4711 });
  const hasty = hastyClock();
  await assert.rejects(takeLock(auditFiles, path, { clock: hasty.clock }), (error) => {
    assert.ok(error instanceof LockHeldError);
    assert.equal(error.pid, 4711);
    assert.equal(error.message, `another process (probably 4711) has held "${path}" for 5 s`);
    return true;
  });
  assert.equal(hasty.waited(), 5_000);
  held[Symbol.dispose]();
  (await takeLock(auditFiles, path, { clock }))[Symbol.dispose]();
  await Deno.remove(path);
});

Deno.test("takeLock() names no process that had the lock before", async () => {
  const path = await Deno.makeTempFile();
  (await takeLock(auditFiles, path, { clock, pid: 4711 }))[Symbol.dispose]();
  using _held = await takeLock(auditFiles, path, { clock });
  await assert.rejects(takeLock(auditFiles, path, { clock, waitMs: 20 }), /^LockHeldError: another process has held/);
  await Deno.remove(path);
});

Deno.test("announce() names the process that has the lock, and all together waits once as long as it says", async () => {
  await using site = await makeSite();
  await Deno.mkdir(`${site.directory}/state`);
  const hasty = hastyClock();
  const trail = site.trail({ clock: hasty.clock, pid: 2 });
  const held = await takeLock(auditFiles, `${site.path}.lock`, { clock, pid: 4711 });
  await assert.rejects(trail.announce(writeEntry()), (error: RefusedError) => {
    assert.match(error.message, /another process \(probably 4711\) has held ".*\.lock" for 5 s$/);
    assert.match(
      error.guidance ?? "",
      /To go on, end the other process \(probably 4711\) or answer what it asks at its terminal, name/,
    );
    return true;
  });
  const warning = await trail.record(writeEntry({ outcome: "refused", attempts: 0 }));
  assert.match(warning ?? "", /another process \(probably 4711\)/);
  assert.equal(hasty.waited(), 5_000);
  held[Symbol.dispose]();
  await trail.close();
  assert.equal((await site.verify()).lines, 1);
});

Deno.test("close() does not wait long for a process that has kept it waiting", async () => {
  await using site = await makeSite();
  await Deno.mkdir(`${site.directory}/state`);
  const hasty = hastyClock();
  const trail = site.trail({ clock: hasty.clock });
  using _held = await takeLock(auditFiles, `${site.path}.lock`, { clock });
  assert.match(await trail.record(readEntry()) ?? "", /could not be recorded/);
  await trail.close();
  assert.equal(hasty.waited(), 5_500);
});

Deno.test("record() and announce() neither take a lock nor open a file without the permission for all of them", async () => {
  for (const lacking of ["read", "write"]) {
    await using site = await makeSite();
    const asked: string[] = [];
    const files: typeof auditFiles = {
      ...auditFiles,
      require(access, directory) {
        asked.push(directory);
        return access === lacking ? Promise.reject(new Deno.errors.NotCapable("Requires access")) : Promise.resolve();
      },
      open: (path) => Promise.reject(new Error(`opened ${path}`)),
    };
    const trail = site.trail({ files });
    await assert.rejects(trail.announce(writeEntry()), { code: "audit_unavailable", message: /without permission/ });
    assert.match(await trail.record(readEntry()) ?? "", /without permission/);
    await trail.close();
    assert.deepEqual(new Set(asked), new Set([`${site.directory}/state`]));
  }
});

Deno.test("verifyTrail() takes no lock without the permission for it", async () => {
  await using site = await makeSite();
  const trail = site.trail();
  await trail.record(readEntry());
  await trail.close();
  const files: typeof auditFiles = {
    ...auditFiles,
    require: () => Promise.reject(new Deno.errors.NotCapable("Requires write access")),
    open: (path, mode) => mode === "read" ? auditFiles.open(path, mode) : Promise.reject(new Error("asked")),
  };
  assert.equal((await verifyTrail({ path: site.path, files, clock })).ok, true);
});
