import assert from "node:assert/strict";
import { type Finished, MAIN, start } from "../support/process.ts";

/** Runs `token` as README.md says, with the permissions of `-P=auth` only. */
async function token(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished> {
  return await start(["run", "--quiet", "-P=auth", MAIN, "token", ...args], env).finish();
}

async function withState(work: (env: Readonly<Record<string, string>>, path: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await work({ XDG_STATE_HOME: directory }, `${directory}/webex-calling-mcp/callers.json`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

Deno.test("token create, list and revoke work with the permissions of -P=auth", async () => {
  await withState(async (env, path) => {
    const created = await token(["create", "ci", "--features", "People", "--expires", "1d"], env);
    assert.equal(created.code, 0, created.stderr);
    assert.match(created.stdout, /^wxm_[0-9A-Za-z]{8}_[A-Za-z0-9_-]{43}\n$/);
    assert.ok(!created.stderr.includes(created.stdout.trim().slice(13)));
    if (Deno.build.os !== "windows") assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
    const [listed] = JSON.parse((await token(["list", "--json"], env)).stdout);
    assert.deepEqual([listed.name, listed.policy], ["ci", { features: ["People"] }]);
    assert.equal((await token(["revoke", "ci"], env)).code, 0);
    assert.deepEqual(JSON.parse((await token(["list", "--json"], env)).stdout), []);
  });
});

Deno.test("token create finds the file of WEBEX_MCP_CALLERS", async () => {
  await withState(async (env, path) => {
    const named = { ...env, WEBEX_MCP_CALLERS: `${path}.named` };
    assert.equal((await token(["create", "ci"], named)).code, 0);
    assert.match((await token(["list"], named)).stdout, /^ci /m);
    await assert.rejects(Deno.stat(path), Deno.errors.NotFound);
  });
});

Deno.test("token create leaves a link to the file a link", async () => {
  if (Deno.build.os === "windows") return;
  await withState(async (env) => {
    const [real, link] = [`${env["XDG_STATE_HOME"]}/real.json`, `${env["XDG_STATE_HOME"]}/link.json`];
    await Deno.writeTextFile(real, '{"version": 1, "callers": {}}');
    await Deno.symlink(real, link);
    assert.equal((await token(["create", "ci", "--callers", link], env)).code, 0);
    assert.ok((await Deno.lstat(link)).isSymlink);
    assert.match((await token(["list", "--callers", real], env)).stdout, /^ci /m);
  });
});

Deno.test("ten processes of token create at a time lose no caller, and make different tokens", async () => {
  await withState(async (env) => {
    const names = Array.from({ length: 10 }, (_, index) => `caller-${index}`);
    const created = await Promise.all(names.map((name) => token(["create", name], env)));
    for (const { code, stderr } of created) assert.equal(code, 0, stderr);
    assert.equal(new Set(created.map(({ stdout }) => stdout)).size, 10);
    const listed: { name: string }[] = JSON.parse((await token(["list", "--json"], env)).stdout);
    assert.deepEqual(listed.map(({ name }) => name).toSorted(), names);
  });
});

Deno.test("of two processes that create the same caller at a time, one is refused", async () => {
  await withState(async (env) => {
    const codes = (await Promise.all([1, 2].map(() => token(["create", "ci"], env)))).map(({ code }) => code);
    assert.deepEqual(codes.toSorted(), [0, 2]);
  });
});
