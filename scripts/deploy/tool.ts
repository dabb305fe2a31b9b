/**
 * Finds and runs the foreign programs that check the files of `deploy/`.
 *
 * @module
 */

/** What a program said, and how it ended. */
export interface ToolOutcome {
  readonly code: number;
  /** Both of its outputs, standard output first. */
  readonly text: string;
  readonly stdout: string;
}

/** How a program is run. */
export interface ToolOptions {
  /** The directory that it is run in; default the project's. */
  readonly cwd?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

const decoder = new TextDecoder();

/** Where `scripts/deploy_tools.sh` puts what it installs. */
function installedTools(): string {
  const cache = Deno.env.get("XDG_CACHE_HOME") ?? `${Deno.env.get("HOME") ?? ""}/.cache`;
  return `${Deno.env.get("DEPLOY_TOOLS") ?? `${cache}/webex-calling-mcp/deploy-tools`}/bin`;
}

/** The directories that programs are looked for in. Debian keeps nginx where only root looks. */
function searchPath(): string {
  return [installedTools(), Deno.env.get("PATH") ?? "", "/usr/sbin"].join(":");
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw error;
  }
}

/**
 * Finds a program.
 *
 * @param name Its name.
 * @returns Its path, or `undefined` if it isn't there.
 */
export async function findTool(name: string): Promise<string | undefined> {
  for (const directory of searchPath().split(":")) {
    if (directory !== "" && await isFile(`${directory}/${name}`)) return `${directory}/${name}`;
  }
  return undefined;
}

/**
 * Runs a program to its end.
 *
 * @param name Its name.
 * @param args Its arguments.
 * @param options Where, and with which variables.
 * @returns How it ended.
 * @throws {Error} If it isn't there.
 */
export async function runTool(name: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolOutcome> {
  const path = await findTool(name);
  if (path === undefined) throw new Error(`Cannot run "${name}": it isn't installed`);
  const { code, stdout, stderr } = await new Deno.Command(path, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { NO_COLOR: "1", ...options.env },
  }).output();
  const out = decoder.decode(stdout);
  return { code, stdout: out, text: `${out}${decoder.decode(stderr)}`.trim() };
}

/**
 * Takes what a program said as problems, if it ended with anything but 0.
 *
 * @param outcome How it ended.
 * @returns Its words, or nothing.
 */
export function problemsOf({ code, text }: ToolOutcome): string[] {
  return code === 0 ? [] : [text === "" ? `Ended with ${code}` : text];
}
