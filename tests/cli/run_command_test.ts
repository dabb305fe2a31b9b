import assert from "node:assert/strict";
import { runCommand } from "../../src/cli/run_command.ts";
import { UpstreamError } from "../../src/core/errors.ts";

const DENO = Deno.execPath();

/** Deno itself is the one program that is surely there. */
function script(code: string): string[] {
  return [DENO, "eval", "--quiet", code];
}

Deno.test("runCommand() gives exit code and output, and no input", async () => {
  const ran = await runCommand(script(
    'await Deno.stdout.write(new TextEncoder().encode("token\\n")); await Deno.stderr.write(new TextEncoder().encode("why"));' +
      "Deno.exit(await Deno.stdin.read(new Uint8Array(1)) === null ? 3 : 4)",
  ));
  assert.deepEqual(ran, { code: 3, stdout: "token\n", stderr: "why" });
});

Deno.test("runCommand() uses no shell", async () => {
  const { stdout } = await runCommand([
    ...script("Deno.stdout.writeSync(new TextEncoder().encode(Deno.args.join()))"),
    "$(id); *",
  ]);
  assert.equal(stdout, "$(id); *");
});

Deno.test("runCommand() keeps the beginning of endless output", async () => {
  const { code, stdout } = await runCommand(script(
    'for (let n = 0; n < 40; n++) await Deno.stdout.write(new TextEncoder().encode("x".repeat(10_000)))',
  ));
  assert.deepEqual([code, stdout.length], [0, 65_536]);
});

Deno.test({
  name: "runCommand() kills a program that has to end, and waits for no grandchild",
  ignore: Deno.build.os === "windows",
  async fn() {
    const abort = new AbortController();
    const running = runCommand(["sh", "-c", "sleep 5 & sleep 5"], abort.signal);
    const ended = assert.rejects(running, /too late/);
    setTimeout(() => abort.abort(new Error("too late")), 100);
    await ended;
    await assert.rejects(runCommand(["sh", "-c", "true"], abort.signal), /too late/);
  },
});

/** A process that nobody has waited for yet is as good as gone. */
async function isRunning(pid: string): Promise<boolean> {
  const { code } = await runCommand(["sh", "-c", `kill -0 ${pid} && ! grep -q "^State:.Z" /proc/${pid}/status`]);
  return code === 0;
}

Deno.test({
  name: "runCommand() leaves no program behind when this one ends",
  ignore: Deno.build.os === "windows",
  async fn() {
    const directory = await Deno.makeTempDir();
    try {
      const note = `${directory}/pid`;
      const { href } = new URL("../../src/cli/run_command.ts", import.meta.url);
      const { code, stderr } = await runCommand(script(
        `import { runCommand } from ${JSON.stringify(href)};
        runCommand(["sh", "-c", 'echo $$ > "$0.new"; mv "$0.new" "$0"; exec sleep 60', ${JSON.stringify(note)}]);
        setInterval(() => { try { Deno.statSync(${JSON.stringify(note)}); } catch { return; } Deno.exit(7); }, 10);`,
      ));
      assert.deepEqual([code, stderr], [7, ""]);
      const pid = (await Deno.readTextFile(note)).trim();
      assert.match(pid, /^\d+$/);
      for (let look = 0; await isRunning(pid); look++) assert.ok(look < 100, "Expected the program to be gone");
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  },
});

Deno.test("runCommand() says that there is no such program, without its arguments", async () => {
  await assert.rejects(runCommand(["/no/such/program", "planted-secret"]), (error: unknown) => {
    assert.ok(error instanceof UpstreamError);
    assert.deepEqual([error.code, error.message], [
      "token_command_failed",
      'Cannot run command "/no/such/program": there is no such program',
    ]);
    assert.doesNotMatch(`${error.stack} ${error.guidance} ${error.cause}`, /planted/);
    return true;
  });
});

Deno.test({
  name: "runCommand() names the flag that lets the program run",
  permissions: { run: false },
  async fn() {
    await assert.rejects(runCommand(["/usr/bin/vault", "planted-secret"]), {
      code: "missing_permission",
      guidance: "Start the server with --allow-run=/usr/bin/vault.",
    });
  },
});
