import assert from "node:assert/strict";
import { type ByteSource, createInput } from "../../src/cli/input.ts";
import { RefusedError } from "../../src/core/errors.ts";

/** A source that gives these chunks, and notes the mode of its terminal. */
function source(chunks: readonly string[], isTerminal: boolean): ByteSource & { readonly modes: boolean[] } {
  const rest = chunks.map((chunk) => new TextEncoder().encode(chunk));
  const modes: boolean[] = [];
  return {
    modes,
    read(buffer) {
      const chunk = rest.shift();
      if (chunk !== undefined) buffer.set(chunk);
      return Promise.resolve(chunk?.length ?? null);
    },
    isTerminal: () => isTerminal,
    setRaw: (mode) => void modes.push(mode),
  };
}

Deno.test("createInput() reads lines however they are cut, with either line end", async () => {
  const input = createInput(source(["fir", "st\r\nsec", "ond\n\nlä", "st"], false));
  const lines = [];
  for (let line = await input.readLine(true); line !== undefined; line = await input.readLine(false)) lines.push(line);
  assert.deepEqual(lines, ["first", "second", "", "läst"]);
});

Deno.test("createInput() hides what is typed at a terminal, and puts the terminal right again", async () => {
  const terminal = source(["sec", "rets\u007f\r", "visible\n"], true);
  const input = createInput(terminal);
  assert.equal(await input.readLine(true), "secret");
  assert.deepEqual(terminal.modes, [true, false]);
  assert.equal(await input.readLine(false), "visible");
  assert.deepEqual(terminal.modes, [true, false]);
});

Deno.test("createInput() ends at Ctrl-C, and puts the terminal right again", async () => {
  const terminal = source(["sec\u0003"], true);
  await assert.rejects(createInput(terminal).readLine(true), (error) => {
    return error instanceof RefusedError && error.code === "cancelled";
  });
  assert.deepEqual(terminal.modes, [true, false]);
});

Deno.test("createInput() keeps a pasted second line for the next question", async () => {
  const input = createInput(source(["one\rtwo\r"], true));
  assert.deepEqual([await input.readLine(true), await input.readLine(true)], ["one", "two"]);
});

Deno.test("createInput() refuses a line without end", async () => {
  const chunk = "x".repeat(1000);
  await assert.rejects(createInput(source(Array(20).fill(chunk), false)).readLine(false), RefusedError);
});
