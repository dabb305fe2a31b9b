import assert from "node:assert/strict";
import { guardFiles } from "../../src/cli/file_guard.ts";
import { processSystem } from "../../src/cli/system.ts";

Deno.test("guardFiles() refuses a file that holds a secret by whatever path, and reads others", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/token`, "secret");
    await Deno.writeTextFile(`${folder}/greeting.wav`, "sound");
    await Deno.symlink(`${folder}/token`, `${folder}/link.wav`);
    const read = guardFiles(processSystem.readFile, processSystem.realPath, [`${folder}/token`, `${folder}/missing`]);
    for (const path of [`${folder}/token`, `${folder}/./token`, `${folder}/link.wav`]) {
      await assert.rejects(read(path), /holds a secret/);
    }
    assert.equal(new TextDecoder().decode(await read(`${folder}/greeting.wav`)), "sound");
    await assert.rejects(read(`${folder}/greeting.wav`, 4), RangeError);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
