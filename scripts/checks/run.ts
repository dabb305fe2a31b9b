/**
 * Runs programs for the checks.
 *
 * @module
 */

/** What a program left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs Deno itself.
 *
 * @param args Its arguments.
 * @param options `capture` keeps what it writes instead of showing it.
 * @returns The exit code, and what it wrote if that was kept.
 */
export async function deno(args: readonly string[], options: { capture?: boolean } = {}): Promise<Outcome> {
  const capture = options.capture === true;
  const stream = capture ? "piped" : "inherit";
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: capture ? { NO_COLOR: "1" } : {},
    stdin: "null",
    stdout: stream,
    stderr: stream,
  });
  const output = await command.output();
  if (!capture) return { code: output.code, stdout: "", stderr: "" };
  const decoder = new TextDecoder();
  return { code: output.code, stdout: decoder.decode(output.stdout), stderr: decoder.decode(output.stderr) };
}
