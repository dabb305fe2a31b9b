import assert from "node:assert/strict";
import { runSandbox } from "../../src/cli/sandbox.ts";
import { fakeSystem } from "../support/fake_system.ts";

Deno.test("runSandbox() prints its address first, serves, and ends when it is asked to", async () => {
  const base = fakeSystem();
  const started = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<() => void>();
  const system = {
    ...base,
    stdout: {
      isTerminal: false,
      write(text: string) {
        base.stdout.write(text);
        started.resolve();
      },
    },
    onInterrupt(stop: () => void) {
      stopped.resolve(stop);
      return () => {};
    },
  };
  const running = runSandbox({ command: "sandbox", port: 0, token: "the-token" }, system);
  await started.promise;
  const url = base.out().trim();
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  const statusWith = async (token: string) => {
    const response = await fetch(`${url}/people?max=1`, { headers: { authorization: `Bearer ${token}` } });
    await response.body?.cancel();
    return response.status;
  };
  assert.deepEqual([await statusWith("the-token"), await statusWith("another")], [200, 401]);
  (await stopped.promise)();
  assert.equal(await running, 0);
});

Deno.test("runSandbox() says that the port is taken", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  try {
    await assert.rejects(runSandbox({ command: "sandbox", port }, fakeSystem()), (error) => {
      return error instanceof Error && error.message.startsWith(`Cannot serve on 127.0.0.1:${port}: `);
    });
  } finally {
    listener.close();
  }
});

Deno.test("runSandbox() names the flag that grants a missing permission", async () => {
  const system = { ...fakeSystem(), mayUse: () => Promise.resolve(false) };
  await assert.rejects(runSandbox({ command: "sandbox", port: 8787 }, system), {
    message: "Cannot serve on 127.0.0.1:8787: the program was started without the permission to use it",
    guidance: "Add --allow-net=127.0.0.1 to the deno command.",
  });
});
