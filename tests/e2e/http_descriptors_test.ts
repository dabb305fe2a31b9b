import assert from "node:assert/strict";
import { freePort } from "../support/free_port.ts";
import { startHttp } from "../support/http_process.ts";

const DESCRIPTORS = 64;

async function status(url: URL): Promise<number | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}

Deno.test({
  name: "--http takes connections again after the system had no file descriptor left for them, and tells of it",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const operators = `127.0.0.1:${freePort()}`;
    await using server = await startHttp({ descriptors: DESCRIPTORS, flags: ["--metrics", operators] });
    const { hostname, port } = new URL(server.url);
    const crowd = await Promise.all(
      Array.from({ length: DESCRIPTORS * 2 }, () => Deno.connect({ hostname, port: Number(port) })),
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const metrics = new URL(`http://${operators}/metrics`);
    assert.equal(await status(metrics), undefined, "there is a descriptor left");
    for (const connection of crowd) connection.close();

    await server.logged("Listens anew");
    const health = new URL("/healthz", server.url);
    for (let tries = 0; tries < 5 && await status(health) !== 200; tries++);
    assert.equal(await status(health), 200);
    for (let tries = 0; tries < 20 && await status(metrics) !== 200; tries++);
    assert.equal(await status(metrics), 200);
    assert.equal(await server.end(), 0);
  },
});
