/**
 * Finds the revision that a surface is compared with, and checks it out beside the working tree.
 *
 * @module
 */

/** A revision. */
export interface Base {
  readonly revision: string;
  /** Why it is this one, for people. */
  readonly reason: string;
}

/** Runs a program; gives what it wrote, or nothing if it failed or isn't there. */
async function run(cwd: string, program: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const command = new Deno.Command(program, { args: [...args], cwd, stdin: "null", stdout: "piped", stderr: "null" });
    const { success, stdout } = await command.output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function commitOf(directory: string, name: string): Promise<string | undefined> {
  return await run(directory, "git", "rev-parse", "--verify", "--quiet", `${name}^{commit}`);
}

/**
 * Resolves a revision that somebody named.
 *
 * @param directory The working tree.
 * @param name The name, such as `HEAD~3`.
 * @returns The commit; nothing if there is none of this name.
 */
export async function namedBase(directory: string, name: string): Promise<Base | undefined> {
  const revision = name.startsWith("-") ? undefined : await commitOf(directory, name);
  return revision === undefined ? undefined : { revision, reason: name };
}

/**
 * Finds the revision that a change is usually compared with.
 *
 * @param directory The working tree.
 * @returns Where the branch left `main`, or on `main` itself the commit before; nothing where Git or that commit is not
 *   there, as in a shallow clone.
 */
export async function usualBase(directory: string): Promise<Base | undefined> {
  const head = await commitOf(directory, "HEAD");
  const branch = await run(directory, "git", "symbolic-ref", "--quiet", "--short", "HEAD");
  const main = await commitOf(directory, "main") ?? await commitOf(directory, "origin/main");
  if (branch !== "main" && main !== undefined && (branch !== undefined || main !== head)) {
    const revision = await run(directory, "git", "merge-base", "HEAD", main);
    if (revision !== undefined) return { revision, reason: "where this branch left main" };
  }
  const revision = await commitOf(directory, "HEAD~1");
  return revision === undefined ? undefined : { revision, reason: "the commit before" };
}

/**
 * Works with a revision that is checked out in a directory of its own; the repository stays as it is.
 *
 * @param directory The working tree.
 * @param base The revision.
 * @param work Gets the directory, which is removed afterwards.
 * @returns What the work gives; nothing if the revision can't be checked out.
 */
export async function withCheckOut<T>(
  directory: string,
  { revision }: Base,
  work: (checkedOut: string) => Promise<T>,
): Promise<T | undefined> {
  const place = await Deno.makeTempDir({ prefix: "surface-base-" });
  const [archive, tree] = [`${place}/tree.tar`, `${place}/tree`];
  try {
    await Deno.mkdir(tree);
    const packed = await run(directory, "git", "archive", "--format=tar", `--output=${archive}`, revision);
    if (packed === undefined) return undefined;
    return await run(directory, "tar", "-xf", archive, "-C", tree) === undefined ? undefined : await work(tree);
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}
