/**
 * A replica that stands in for the server behind nginx: it remembers what it was asked, and answers or fails on demand.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** What a replica does with a request. */
export type Behaviour = "answer" | "stream" | "drop";

/** A replica, and what became of it. */
export interface FakeReplica extends AsyncDisposable {
  /** As `127.0.0.1:8081`. */
  readonly address: string;
  behaviour: Behaviour;
  /** The headers of the requests that came, bodies read. */
  readonly requests: readonly Readonly<Record<string, string | string[] | undefined>>[];
  /** How many answers were given up because nginx closed the connection. */
  readonly givenUp: number;
  /** Ends the stream of an answer. */
  finish(): void;
}

const FIRST = "data: first\n\n";
const LAST = "data: last\n\n";

/**
 * Starts a replica on a free port of loopback.
 *
 * @returns The replica; disposing of it frees the port.
 */
export async function startFakeReplica(): Promise<FakeReplica> {
  const requests: IncomingMessage["headers"][] = [];
  const open = new Set<ServerResponse>();
  let givenUp = 0;

  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      requests.push(request.headers);
      if (replica.behaviour === "drop") {
        request.socket.destroy();
      } else if (replica.behaviour === "answer") {
        response.end(replica.address);
      } else {
        open.add(response);
        response.on("close", () => {
          open.delete(response);
          if (!response.writableFinished) givenUp += 1;
        });
        response.writeHead(200, { "content-type": "text/event-stream" }).write(FIRST);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("Cannot find the port of the replica");

  const replica: FakeReplica = {
    address: `127.0.0.1:${bound.port}`,
    behaviour: "answer",
    requests,
    get givenUp() {
      return givenUp;
    },
    finish() {
      for (const response of open) response.end(LAST);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return replica;
}
