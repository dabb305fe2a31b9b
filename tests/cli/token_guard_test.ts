import assert from "node:assert/strict";
import { guardTokenFile } from "../../src/cli/token_guard.ts";
import { processSystem } from "../../src/cli/system.ts";

Deno.test("guardTokenFile() refuses the token's file by whatever path, and reads others", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/token`, "secret");
    await Deno.writeTextFile(`${folder}/greeting.wav`, "sound");
    await Deno.symlink(`${folder}/token`, `${folder}/link.wav`);
    const read = guardTokenFile(processSystem.readFile, processSystem.realPath, `${folder}/token`);
    for (const path of [`${folder}/token`, `${folder}/./token`, `${folder}/link.wav`]) {
      await assert.rejects(read(path), /access token's file/);
    }
    assert.equal(new TextDecoder().decode(await read(`${folder}/greeting.wav`)), "sound");
    await assert.rejects(read(`${folder}/greeting.wav`, 4), RangeError);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
