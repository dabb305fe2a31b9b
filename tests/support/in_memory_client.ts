/**
 * A real client and a server in one process, for what needs no process of its own.
 *
 * @module
 */

import { Client } from "@modelcontextprotocol/client";
import { InMemoryTransport, type Server } from "@modelcontextprotocol/server";

/**
 * Connects a client to a server and closes both when the work is done.
 *
 * @param server The server, not connected yet.
 * @param work What the client does.
 */
export async function withInMemoryClient(
  server: Pick<Server, "connect" | "close">,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "0" });
  await server.connect(far);
  await client.connect(near);
  try {
    await work(client);
  } finally {
    await client.close();
    await server.close();
  }
}
