/**
 * The floor: the least that an SDK server can do. It lists an array that it reads from a file and answers every call with
 * the body of a bare `fetch`.
 *
 * @module
 */

import { Server } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

const [toolsFile = "", upstream = ""] = Deno.args;
const tools = JSON.parse(await Deno.readTextFile(toolsFile));

serveStdio(() => {
  const server = new Server({ name: "floor", version: "0" }, { capabilities: { tools: {} } });
  server.setRequestHandler("tools/list", () => ({ tools }));
  server.setRequestHandler("tools/call", async () => {
    const response = await fetch(upstream, { headers: { authorization: "Bearer bench" } });
    return { content: [{ type: "text", text: await response.text() }] };
  });
  return server;
});
