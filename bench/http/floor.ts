/**
 * The least that a server over HTTP can do: a Hono handler that answers the same bytes to everything.
 *
 * Arguments: the file of the bytes, and their type.
 *
 * @module
 */

import { Hono } from "hono";
import { listen } from "../../src/transport/http/listener.ts";

const [file = "", type = ""] = Deno.args;
const body = await Deno.readTextFile(file);
const app = new Hono();
app.all("*", async (c) => {
  await c.req.text();
  return c.body(body, 200, { "content-type": type });
});
const { address } = await listen({
  address: { hostname: "127.0.0.1", port: 0 },
  fetch: (request) => app.fetch(request),
});
await Deno.stderr.write(new TextEncoder().encode(`Serving MCP at http://127.0.0.1:${address.port}/mcp\n`));
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
