/**
 * Runs programs for the checks.
 *
 * @module
 */

/** What a program left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
}

/**
 * Runs Deno itself.
 *
 * @param args Its arguments.
 * @param options `capture` keeps standard output instead of showing it.
 * @returns The exit code, and the output if it was kept.
 */
export async function deno(args: readonly string[], options: { capture?: boolean } = {}): Promise<Outcome> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    stdin: "null",
    stdout: options.capture === true ? "piped" : "inherit",
    stderr: "inherit",
  });
  const output = await command.output();
  return { code: output.code, stdout: options.capture === true ? new TextDecoder().decode(output.stdout) : "" };
}
