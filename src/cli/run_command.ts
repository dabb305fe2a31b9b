/**
 * Runs the program that prints a token.
 *
 * @module
 */

import { UpstreamError } from "../core/errors.ts";
import type { Ran } from "../webex/credential/credential.ts";

/** A token is far shorter; a program that prints without end must not fill the memory. */
const MAX_OUTPUT_BYTES = 64 * 1024;

/** Reads a stream to its end, and keeps its beginning; a signal ends it, whoever else still holds the other end. */
async function beginningOf(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): Promise<string> {
  const reader = stream.getReader();
  const stop = () => void reader.cancel();
  signal?.addEventListener("abort", stop, { once: true });
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const room = Math.max(0, MAX_OUTPUT_BYTES - bytes);
    text += decoder.decode(part.value.subarray(0, room), { stream: true });
    bytes += part.value.length;
  }
  signal?.removeEventListener("abort", stop);
  return text;
}

function failure(program: string, cause: unknown): Error {
  if (cause instanceof Deno.errors.NotCapable) {
    return new UpstreamError(`Cannot run command "${program}": the program was started without permission for it`, {
      code: "missing_permission",
      guidance: `Start the server with --allow-run=${program}.`,
      cause,
    });
  }
  const reason = cause instanceof Deno.errors.NotFound ? "there is no such program" : "the system refuses";
  return new UpstreamError(`Cannot run command "${program}": ${reason}`, {
    code: "token_command_failed",
    guidance: "Check the program's name and the PATH of the server; give the absolute path if in doubt.",
    cause,
  });
}

/**
 * Runs a program without a shell and without input, and waits for its end. It is killed when this program ends before it.
 *
 * @param command The program and its arguments.
 * @param signal Ends the program.
 * @returns Its exit code and the beginning of what it printed.
 * @throws {UpstreamError} If it cannot be started; neither its arguments nor its output are in the message.
 */
export async function runCommand([program = "", ...args]: readonly string[], signal?: AbortSignal): Promise<Ran> {
  signal?.throwIfAborted();
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(program, { args, stdin: "null", stdout: "piped", stderr: "piped" }).spawn();
  } catch (cause) {
    throw failure(program, cause);
  }
  const stop = () => {
    try {
      // A program that hangs may well not listen to anything gentler.
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  signal?.addEventListener("abort", stop, { once: true });
  // Nobody is there for its answer any more when this program ends before it.
  globalThis.addEventListener("unload", stop);
  try {
    const [stdout, stderr, { code }] = await Promise.all([
      beginningOf(child.stdout, signal),
      beginningOf(child.stderr, signal),
      child.status,
    ]);
    signal?.throwIfAborted();
    return { code, stdout, stderr };
  } finally {
    signal?.removeEventListener("abort", stop);
    globalThis.removeEventListener("unload", stop);
  }
}
