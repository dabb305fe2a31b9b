import assert from "node:assert/strict";
import { namedBase, usualBase, withCheckOut } from "../../scripts/surface/base.ts";

/** A repository of its own, and how Git is asked to work in it. */
interface Repository extends AsyncDisposable {
  readonly directory: string;
  git(...args: string[]): Promise<string>;
  /** Writes a file and commits it. */
  commit(text: string): Promise<string>;
}

async function run(cwd: string, ...args: readonly string[]): Promise<string> {
  const settings = [
    "user.name=Test",
    "user.email=test@example.com",
    "commit.gpgsign=false",
    "protocol.file.allow=always",
  ];
  const command = new Deno.Command("git", {
    args: [...settings.flatMap((setting) => ["-c", setting]), ...args],
    cwd,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { success, stdout, stderr } = await command.output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim();
}

async function repository(): Promise<Repository> {
  const directory = await Deno.makeTempDir({ prefix: "surface-test-" });
  const git = (...args: string[]) => run(directory, ...args);
  await git("init", "--quiet", "--initial-branch=main");
  return {
    directory,
    git,
    async commit(text) {
      await Deno.writeTextFile(`${directory}/file.txt`, text);
      await git("add", ".");
      await git("commit", "--quiet", "-m", text);
      return await git("rev-parse", "HEAD");
    },
    [Symbol.asyncDispose]: () => Deno.remove(directory, { recursive: true }),
  };
}

async function isMissing(program: string): Promise<boolean> {
  try {
    await new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).output();
    return false;
  } catch {
    return true;
  }
}

const ignore = await isMissing("git") || await isMissing("tar");

Deno.test("usualBase() is the commit before on main, and where a branch left main", { ignore }, async () => {
  await using repo = await repository();
  const { directory, git } = repo;
  const first = await repo.commit("one");
  assert.equal(await usualBase(directory), undefined);
  const second = await repo.commit("two");
  assert.equal((await usualBase(directory))?.revision, first);
  await git("checkout", "--quiet", "-b", "branch");
  assert.equal((await usualBase(directory))?.revision, second, "what is not committed yet is compared, too");
  await repo.commit("three");
  assert.equal((await usualBase(directory))?.revision, second);
  await git("checkout", "--quiet", "--detach", "main");
  assert.equal((await usualBase(directory))?.revision, first);
});

Deno.test("usualBase() finds nothing in a shallow clone, nor where there is no repository", { ignore }, async () => {
  await using repo = await repository();
  await repo.commit("one");
  await repo.commit("two");
  const place = await Deno.makeTempDir({ prefix: "surface-test-" });
  try {
    assert.equal(await usualBase(place), undefined);
    await run(place, "clone", "--quiet", "--depth=1", `file://${repo.directory}`, "clone");
    assert.equal(await usualBase(`${place}/clone`), undefined);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
});

Deno.test("namedBase() takes the name of a commit, and no flag of Git", { ignore }, async () => {
  await using repo = await repository();
  const first = await repo.commit("one");
  await repo.commit("two");
  assert.equal((await namedBase(repo.directory, "HEAD~1"))?.revision, first);
  for (const name of ["nothing", "--all", "", "HEAD:file.txt"]) {
    assert.equal(await namedBase(repo.directory, name), undefined, name);
  }
});

Deno.test("withCheckOut() gives the files as they were, and leaves nothing behind", { ignore }, async () => {
  await using repo = await repository();
  const revision = await repo.commit("one");
  await repo.commit("two");
  let place = "";
  const text = await withCheckOut(repo.directory, { revision, reason: "" }, async (directory) => {
    place = directory;
    return await Deno.readTextFile(`${directory}/file.txt`);
  });
  assert.equal(text, "one");
  await assert.rejects(Deno.stat(place), Deno.errors.NotFound);
  assert.equal(await repo.git("worktree", "list", "--porcelain").then((list) => list.match(/^worktree/gm)?.length), 1);
  const missing = { revision: "0".repeat(40), reason: "" };
  assert.equal(await withCheckOut(repo.directory, missing, () => Promise.resolve("there")), undefined);
});
