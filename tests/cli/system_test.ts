import assert from "node:assert/strict";
import { processSystem } from "../../src/cli/system.ts";

// What sends changes is made at the first one, and lives as long as the process: no test is to answer for it.
await (await processSystem.fetch(new Request("data:,", { method: "POST" }))).text();

/** Answers the first request of each connection, and breaks the connection at every later one. */
function fickleHost(): { readonly url: string; readonly requests: string[]; close(): Promise<void> } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: string[] = [];
  const open = new Set<Deno.Conn>();
  async function talk(connection: Deno.Conn): Promise<void> {
    const buffer = new Uint8Array(65_536);
    for (let turn = 0; await connection.read(buffer).catch(() => null) !== null; turn++) {
      requests.push(new TextDecoder().decode(buffer).split(" ", 1)[0] ?? "");
      if (turn > 0) break;
      const answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\n{}";
      await connection.write(new TextEncoder().encode(answer));
    }
    if (open.delete(connection)) connection.close();
  }
  const accepting = (async () => {
    const talks: Promise<void>[] = [];
    for await (const connection of listener) {
      open.add(connection);
      talks.push(talk(connection));
    }
    await Promise.all(talks);
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}/`,
    requests,
    close: async () => {
      listener.close();
      // The connections that Deno keeps for reads stay open otherwise.
      for (const connection of open) connection.close();
      open.clear();
      await accepting;
    },
  };
}

Deno.test("processSystem.fetch() sends no change over a connection that was used before, so none goes out twice", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const host = fickleHost();
    await (await processSystem.fetch(new Request(host.url))).text();
    const answer = await processSystem.fetch(new Request(host.url, { method }));
    await answer.text();
    assert.deepEqual([answer.status, host.requests], [200, ["GET", method]]);
    await host.close();
  }
});

Deno.test("processSystem.readFile() reads files up to a size, and nothing that has no end", async () => {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, "sound");
    assert.equal(new TextDecoder().decode(await processSystem.readFile(path)), "sound");
    await assert.rejects(processSystem.readFile(path, 4), RangeError);
    for (const other of ["/dev/zero", "/"]) await assert.rejects(processSystem.readFile(other), /not a regular file/);
  } finally {
    await Deno.remove(path);
  }
});
