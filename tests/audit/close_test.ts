import assert from "node:assert/strict";
import { auditFiles } from "../../src/cli/audit_files.ts";
import type { AuditFiles } from "../../src/audit/files.ts";
import { makeSite, writeEntry } from "./support.ts";

/** A disk that takes its time. */
const slowFiles: AuditFiles = {
  ...auditFiles,
  async open(path, mode) {
    const file = await auditFiles.open(path, mode);
    const sync = async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      await file.sync();
    };
    return { ...file, sync };
  },
};

Deno.test("AuditTrail.close() does not take a line that is being written for one that is missing", async () => {
  await using site = await makeSite();
  const trail = site.trail({ files: slowFiles });
  const { time, profile, client, tool, ids, argumentNames, kind } = writeEntry();
  const announcement = await trail.announce({ time, profile, client, tool, ids, argumentNames, kind });
  const recording = trail.record(writeEntry({ outcome: "cancelled" }), announcement);
  await new Promise((resolve) => setTimeout(resolve, 15));
  await trail.close();
  assert.equal(await recording, undefined);
  assert.deepEqual((await site.lines()).map(({ outcome }) => outcome), ["cancelled"]);
});
