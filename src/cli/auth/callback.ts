/**
 * Waits on loopback for the browser to come back from Webex's authorization page (RFC 8252, section 7.3).
 *
 * @module
 */

import { UpstreamError, UsageError } from "../../core/errors.ts";

const HOSTNAME = "127.0.0.1";
const PATH = "/callback";

/** Nothing of the request is repeated in a page, and nothing in it may be loaded. */
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
  "connection": "close",
};

function page(status: number, text: string): Response {
  const body =
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Webex Calling</title><p>${text}</p></html>\n`;
  return new Response(body, { status, headers: HEADERS });
}

/** What comes back with the browser. */
export interface Callback extends AsyncDisposable {
  /** The address that Webex sends the browser to. */
  readonly redirectUri: string;
  /** The code; rejects when the person refuses. */
  readonly code: Promise<string>;
}

/** How to wait. */
export interface CallbackOptions {
  readonly port: number;
  /** Whoever doesn't bring it was sent by somebody else. */
  readonly state: string;
  /** Tells of a browser that was sent by somebody else. */
  readonly onStranger: () => void;
}

function refusal(reason: string): UpstreamError {
  const said = /^[\w.-]{1,40}$/.test(reason) ? `: Webex answered "${reason}"` : "";
  const isScope = reason === "invalid_scope";
  return new UpstreamError(`Cannot log in${said}`, {
    code: reason === "access_denied" ? "login_denied" : "login_refused",
    guidance: isScope
      ? "Ask only for scopes that the integration is registered with, by --scopes."
      : "Log in again, and accept what the page asks for.",
  });
}

/** Another name for this address would be a foreign page's attempt to talk to it. */
function isForeign(request: Request, port: number): boolean {
  const { host } = new URL(request.url);
  return request.method !== "GET" || (host !== `${HOSTNAME}:${port}` && host !== `localhost:${port}`);
}

/**
 * Listens for the browser.
 *
 * @param options Where, and for whom.
 * @returns What comes back; dispose of it to stop listening.
 * @throws {UsageError} If the port is taken.
 */
export function listenForCallback({ port, state, onStranger }: CallbackOptions): Callback {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>();
  // Whoever waits finds out; before that, it is nobody's failure.
  code.catch(() => {});
  const handle = (request: Request): Response => {
    const { pathname, searchParams } = new URL(request.url);
    if (isForeign(request, port) || pathname !== PATH) return page(404, "There is nothing here.");
    if (searchParams.get("state") !== state) {
      onStranger();
      return page(400, "This login was not started here, or it is an old one. Open the newest link.");
    }
    const brought = searchParams.get("code");
    if (brought !== null && brought !== "") {
      resolve(brought);
      return page(200, "Webex has let you in. You can close this page and go back to the terminal.");
    }
    reject(refusal(searchParams.get("error") ?? ""));
    return page(200, "The login was not completed. The terminal says more.");
  };
  let server: Deno.HttpServer;
  try {
    server = Deno.serve({ hostname: HOSTNAME, port, onListen: () => {} }, handle);
  } catch (cause) {
    throw new UsageError(`Cannot wait for the browser on ${HOSTNAME}:${port}: ${reasonOf(cause)}`, {
      code: "address_unavailable",
      guidance: "Choose another port with --port; the integration must have its redirect address registered.",
      cause,
    });
  }
  return { redirectUri: `http://${HOSTNAME}:${port}${PATH}`, code, [Symbol.asyncDispose]: () => server.shutdown() };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Deno.errors.AddrInUse) return "another program uses it";
  return cause instanceof Error ? cause.message : String(cause);
}
