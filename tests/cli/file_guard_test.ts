import assert from "node:assert/strict";
import { guardFiles, type SecretPlaces } from "../../src/cli/file_guard.ts";
import { processSystem } from "../../src/cli/system.ts";
import { RefusedError } from "../../src/core/errors.ts";
import { Secrets } from "../../src/core/secrets.ts";
import type { ReadFile } from "../../src/webex/requests/upload.ts";

const KNOWN = "a-secret-that-is-known";

/** A directory with a greeting and a few secrets, and its guarded reader. */
async function inFolder(work: (folder: string, read: ReadFile) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const secrets = new Secrets();
  secrets.add(KNOWN);
  const kept: SecretPlaces = {
    files: [`${folder}/token`, `${folder}/missing`],
    directories: [`${folder}/state`, `${folder}/none`, `${folder}/linked`],
  };
  try {
    await Deno.mkdir(`${folder}/state/credentials`, { recursive: true });
    await Deno.mkdir(`${folder}/behind`);
    await Deno.writeTextFile(`${folder}/token`, "secret");
    await Deno.writeTextFile(`${folder}/state/credentials/acme.json`, "{}");
    await Deno.writeTextFile(`${folder}/behind/store`, "{}");
    await Deno.writeTextFile(`${folder}/greeting.wav`, "sound");
    const { readFile, realPath } = processSystem;
    await work(folder, guardFiles({ readFile, realPath, places: () => Promise.resolve(kept), secrets }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refuses(read: ReadFile, path: string): Promise<void> {
  await assert.rejects(read(path), (error) => error instanceof RefusedError && error.code === "secret_file", path);
}

Deno.test("guardFiles() refuses a file that holds a secret by whatever path, and reads others", async () => {
  await inFolder(async (folder, read) => {
    await Deno.symlink(`${folder}/token`, `${folder}/link.wav`);
    for (const path of [`${folder}/token`, `${folder}/./token`, `${folder}/link.wav`]) await refuses(read, path);
    assert.equal(new TextDecoder().decode(await read(`${folder}/greeting.wav`)), "sound");
    await assert.rejects(read(`${folder}/greeting.wav`, 4), RangeError);
  });
});

Deno.test("guardFiles() refuses everything below the directories, through links, too", async () => {
  await inFolder(async (folder, read) => {
    await Deno.symlink(`${folder}/behind`, `${folder}/linked`);
    await Deno.symlink(`${folder}/state`, `${folder}/way`);
    await Deno.writeTextFile(`${folder}/state-of-the-art.wav`, "sound");
    for (const path of ["state/credentials/acme.json", "way/credentials/acme.json", "linked/store", "behind/store"]) {
      await refuses(read, `${folder}/${path}`);
    }
    assert.equal((await read(`${folder}/state-of-the-art.wav`)).length, 5);
  });
});

Deno.test({
  name: "guardFiles() refuses hard links to secret files",
  ignore: Deno.build.os === "windows",
  async fn() {
    await inFolder(async (folder, read) => {
      await Deno.link(`${folder}/token`, `${folder}/hard.wav`);
      await Deno.link(`${folder}/state/credentials/acme.json`, `${folder}/store.wav`);
      await Deno.link(`${folder}/greeting.wav`, `${folder}/copy.wav`);
      await refuses(read, `${folder}/hard.wav`);
      await refuses(read, `${folder}/store.wav`);
      assert.equal((await read(`${folder}/copy.wav`)).length, 5);
    });
  },
});

Deno.test({
  name: "guardFiles() refuses what the system shows of processes and devices",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await inFolder(async (folder, read) => {
      await Deno.symlink("/proc/self/environ", `${folder}/environment.wav`);
      for (const path of ["/proc/self/environ", "/dev/zero", "/sys/kernel/notes", `${folder}/environment.wav`]) {
        await assert.rejects(read(path), RefusedError, path);
      }
      await refuses(read, `/proc/self/root${folder}/token`);
    });
  },
});

Deno.test("guardFiles() refuses a file with a secret that the process knows, wherever it is", async () => {
  await inFolder(async (folder, read) => {
    await Deno.writeTextFile(`${folder}/copy.wav`, `RIFF ${KNOWN} data`);
    await refuses(read, `${folder}/copy.wav`);
  });
});
