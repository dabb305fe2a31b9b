/**
 * A check of files in `deploy/` by a foreign program.
 *
 * @module
 */

/** A check, and the programs that it needs. */
export interface DeployCheck {
  /** What is checked, as it is shown. */
  readonly name: string;
  /** The programs that all must be there; of an inner list, one. */
  readonly tools: readonly (string | readonly string[])[];
  /** With `--all` too, it is left out where a program is missing: another check sees what matters most. */
  readonly isExtra?: true;
  /** Checks, and returns one text for each problem. */
  run(): Promise<readonly string[]>;
}

/**
 * Gives a directory for the time of some work.
 *
 * @param work What is done with the path of the directory.
 * @returns What the work returns.
 */
export async function withPlace<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await Deno.makeTempDir({ prefix: "deploy-check-" });
  try {
    return await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
