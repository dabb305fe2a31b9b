import assert from "node:assert/strict";
import { credentialFiles } from "../../src/cli/credential_files.ts";
import { Secrets } from "../../src/core/secrets.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { serveSandbox } from "../../src/sandbox/serve.ts";
import { createTokenStore } from "../../src/webex/credential/token_store.ts";

const WORKER = new URL("../fixtures/refresh_once.ts", import.meta.url).pathname;
const isWindows = Deno.build.os === "windows";

async function inDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function namesIn(directory: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(directory), ({ name }) => name)).sort();
}

Deno.test("credentialFiles writes for the user alone, in a directory for the user alone", async () => {
  await inDirectory(async (directory) => {
    const path = `${directory}/state/credentials/acme.json`;
    assert.equal(await credentialFiles.stat(path), undefined);
    await credentialFiles.writeAtomically(path, "one");
    await credentialFiles.writeAtomically(path, "two");
    assert.equal(await credentialFiles.readTextFile(path), "two");
    assert.deepEqual(await namesIn(`${directory}/state/credentials`), ["acme.json"]);
    if (isWindows) return;
    const { mode, isFile } = await credentialFiles.stat(path) ?? {};
    assert.deepEqual([mode, isFile], [0o600, true]);
    assert.equal(((await Deno.stat(`${directory}/state/credentials`)).mode ?? 0) & 0o777, 0o700);
  });
});

Deno.test("credentialFiles leaves the old text whole when a process dies between write and rename", async () => {
  await inDirectory(async (directory) => {
    const path = `${directory}/acme.json`;
    await credentialFiles.writeAtomically(path, "old");
    const rename = Deno.rename;
    Deno.rename = () => Promise.reject(new Error("killed"));
    try {
      await assert.rejects(credentialFiles.writeAtomically(path, "new, and longer"), /killed/);
    } finally {
      Deno.rename = rename;
    }
    assert.equal(await credentialFiles.readTextFile(path), "old");
    // What was left behind is open to nobody else, and in nobody's way.
    if (!isWindows) assert.equal(((await Deno.stat(`${path}.tmp`)).mode ?? 0) & 0o777, 0o600);
    await credentialFiles.writeAtomically(path, "new");
    assert.equal(await credentialFiles.readTextFile(path), "new");
    assert.deepEqual(await namesIn(directory), ["acme.json"]);
  });
});

Deno.test("credentialFiles does one thing at a time with a file, and frees it after a failure", async () => {
  await inDirectory(async (directory) => {
    const path = `${directory}/acme.json`;
    const order: string[] = [];
    const task = (name: string) =>
      credentialFiles.withLock(path, async () => {
        order.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push(`${name} ends`);
        if (name === "a") throw new Error("failed");
      });
    const ended = await Promise.allSettled([task("a"), task("b"), task("c")]);
    assert.deepEqual(ended.map(({ status }) => status), ["rejected", "fulfilled", "fulfilled"]);
    assert.equal(order.length, 6);
    for (let index = 0; index < 6; index += 2) assert.equal(order[index]?.[0], order[index + 1]?.[0]);
  });
});

Deno.test("credentialFiles stops waiting for a lock when told to", async () => {
  await inDirectory(async (directory) => {
    const path = `${directory}/acme.json`;
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const holding = credentialFiles.withLock(path, () => (begun.resolve(), promise));
    await begun.promise;
    const abort = new AbortController();
    const waiting = credentialFiles.withLock(path, () => assert.fail("begun"), abort.signal);
    abort.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
    resolve();
    await holding;
  });
});

Deno.test("credentialFiles removes a file with everything that a killed process left", async () => {
  await inDirectory(async (directory) => {
    const path = `${directory}/acme.json`;
    await credentialFiles.writeAtomically(path, "secret");
    await Deno.writeTextFile(`${path}.tmp`, "secret");
    assert.equal(await credentialFiles.remove(path), true);
    assert.equal(await credentialFiles.remove(path), false);
    assert.deepEqual(await namesIn(directory), []);
  });
});

Deno.test({
  name: "credentialFiles finds out on the disk itself that others may read the store",
  ignore: isWindows,
  async fn() {
    await inDirectory(async (directory) => {
      const path = `${directory}/acme.json`;
      await Deno.writeTextFile(path, "{}");
      await Deno.chmod(path, 0o644);
      const store = createTokenStore(path, { files: credentialFiles, secrets: new Secrets() });
      await assert.rejects(store.read(), { code: "token_store_exposed" });
      await Deno.chmod(path, 0o600);
      await assert.rejects(store.read(), { code: "token_store_broken" });
    });
  },
});

Deno.test("credentialFiles lets four processes with one store refresh once", async () => {
  const sandbox = createSandbox([], { grants: { clientSecret: "S1" } });
  const served = await serveSandbox(sandbox);
  // The slower the answer, the surer that all processes want to refresh at the same time.
  sandbox.faults.add({ path: "/access_token", delayMs: 300 });
  await inDirectory(async (directory) => {
    const store = `${directory}/acme.json`;
    const parts = { files: credentialFiles, secrets: new Secrets() };
    const { refreshToken } = sandbox.grants.issue("C1");
    const old = { kind: "integration", clientId: "C1", clientSecret: "S1", accessToken: "old", refreshToken } as const;
    await createTokenStore(store, parts).write({ ...old, issuedAt: 0, expiresAt: 1 });
    const outputs = await Promise.all(Array.from({ length: 4 }, async () => {
      const args = ["run", "--quiet", "--no-lock", "-A", WORKER, store, served.url];
      const { code, stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" }).output();
      return `${code} ${new TextDecoder().decode(stdout)}`;
    }));
    const stored = await createTokenStore(store, parts).read();
    assert.deepEqual(new Set(outputs), new Set([`0 ${stored?.accessToken}`]));
    assert.equal(sandbox.requests.entries.length, 1);
  });
  await served.close();
});
