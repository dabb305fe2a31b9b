import assert from "node:assert/strict";
import { type CallerEntry, formatCallers } from "../../src/access/caller_file.ts";
import { type CallerFiles, createCallerStore } from "../../src/access/caller_store.ts";
import { credentialFiles } from "../../src/cli/credential_files.ts";
import { nearestNames } from "../../src/collection/nearest.ts";

function entry(name: string, id = name.padEnd(8, "0")): CallerEntry {
  return { name, id, hash: `sha256:${"h".repeat(43)}`, createdAt: 0, policy: {} };
}

async function withStore(
  work: (path: string, open: (files?: CallerFiles) => ReturnType<typeof createCallerStore>) => Promise<void>,
) {
  const directory = await Deno.makeTempDir();
  const path = `${directory}/state/callers.json`;
  try {
    await work(path, (files = credentialFiles) => createCallerStore({ path, nearest: nearestNames }, files));
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("createCallerStore() reads no callers where there is no file, and keeps those that are added for the user only", async () => {
  await withStore(async (path, open) => {
    const store = open();
    assert.equal((await store.read()).size, 0);
    assert.equal(await store.exists(), false);
    assert.equal(await store.exposure(), undefined);
    await store.change((callers) => [...callers, entry("ci")]);
    assert.equal(await store.exists(), true);
    await store.change((callers) => [...callers, entry("bob")]);
    assert.deepEqual([...(await open().read()).values()].map(({ name }) => name), ["ci", "bob"]);
    if (Deno.build.os !== "windows") assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
  });
});

Deno.test("createCallerStore() leaves the file as it is when a change fails, or when the file is wrong", async () => {
  await withStore(async (path, open) => {
    const store = open();
    await store.change(() => [entry("ci")]);
    const before = await Deno.readTextFile(path);
    await assert.rejects(store.change(() => assert.fail("no")));
    assert.equal(await Deno.readTextFile(path), before);
    await Deno.writeTextFile(path, "{");
    await assert.rejects(store.change(() => []), /its content: expected JSON/);
    assert.equal(await Deno.readTextFile(path), "{");
  });
});

Deno.test("createCallerStore() loses no change of many at a time", async () => {
  await withStore(async (_path, open) => {
    const names = Array.from({ length: 20 }, (_, index) => `caller${index}`);
    await Promise.all(
      names.map((name, index) => open().change((all) => [...all, entry(name, `${index}`.padStart(8, "0"))])),
    );
    assert.deepEqual([...(await open().read()).values()].map(({ name }) => name).toSorted(), names.toSorted());
  });
});

Deno.test("createCallerStore() says that others may read the file", async () => {
  if (Deno.build.os === "windows") return;
  await withStore(async (path, open) => {
    await open().change(() => []);
    await Deno.chmod(path, 0o640);
    assert.equal(
      await open().exposure(),
      `Others may read or change the file of callers "${path}" (mode 0640, expected 0600)`,
    );
  });
});

Deno.test("createCallerStore() names the permission that is missing, or what the system says", async () => {
  const failing = (error: Error): CallerFiles => ({
    readTextFile: () => Promise.reject(error),
    stat: () => Promise.reject(error),
    writeAtomically: () => Promise.reject(error),
    withLock: (_path, work) => work(),
  });
  await withStore(async (path, open) => {
    const forbidden = open(failing(new Deno.errors.NotCapable("planted")));
    await assert.rejects(forbidden.read(), {
      message: `Cannot read file of callers "${path}": the permission is missing`,
      guidance: `Add --allow-read=${path} to the deno command.`,
    });
    const denied = open({
      ...failing(new Deno.errors.PermissionDenied("planted")),
      readTextFile: () => Promise.resolve(formatCallers([])),
      stat: () => Promise.resolve({}),
    });
    await assert.rejects(denied.change(() => []), {
      message: `Cannot write file of callers "${path}": the system denies access`,
      code: "unwritable_file",
    });
    for (
      const [error, reason] of [[new Deno.errors.IsADirectory(""), "it is a directory"], [
        new TypeError("planted"),
        "TypeError",
      ]] as const
    ) {
      await assert.rejects(open(failing(error)).read(), {
        message: `Cannot read file of callers "${path}": ${reason}`,
      });
    }
    const locked = { ...failing(new Error("")), withLock: () => Promise.reject(new Deno.errors.TimedOut("")) };
    await assert.rejects(open(locked).change(() => []), /another process keeps it locked/);
  });
});

Deno.test("createCallerStore() reads no device and nothing endless", async () => {
  await withStore(async (path, open) => {
    const facts = [{ isFile: false }, { isFile: true, size: 5 * 1024 * 1024 }];
    const reasons = ["it is no regular file", "it is too large"];
    for (const [index, found] of facts.entries()) {
      const readTextFile = () => assert.fail("It was read");
      const store = open({ ...credentialFiles, readTextFile, stat: () => Promise.resolve(found) });
      await assert.rejects(store.read(), {
        message: `Cannot read file of callers "${path}": ${reasons[index]}`,
        code: "unreadable_file",
      });
    }
  });
});
